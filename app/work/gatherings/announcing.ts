import { berlinDay } from '#platform/kernel/index.ts'
import type { GatheringRow } from './commands/store.ts'

/** What stands between a draft and its announcement: a key of the words. */
export type Missing = 'past' | 'deadline' | 'room'

/** Drafts lie around: their days may have passed meanwhile. */
export function whatIsMissing(
  row: Pick<GatheringRow, 'on_day' | 'deadline' | 'online' | 'room'>,
  now: Date,
): Missing[] {
  const today = berlinDay(now)
  const missing: Missing[] = []
  if (row.on_day < today) missing.push('past')
  if (row.deadline < today) missing.push('deadline')
  if (row.online === 'fixed' && !row.room) missing.push('room')
  return missing
}
