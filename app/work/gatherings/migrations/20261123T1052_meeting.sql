-- Why the video service gave no room, so that somebody can mend it; gone once there is one.
alter table gatherings.gathering
  add column room_trouble text check (room_trouble in ('policy', 'sign-in', 'busy', 'refused', 'unreachable', 'not-set-up'));
