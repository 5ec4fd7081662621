import './tables.ts'
import { every } from '#platform/jobs/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import type { Slice } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { retained } from './commands/forget.ts'
import { runLists } from './commands/list.ts'
import { makeRoom, owed } from './commands/room.ts'
import { sendReminders } from './commands/reminders.ts'
import { letters } from './letters.tsx'
import { routes } from './routes.ts'
import { words } from './words.ts'

export { announce, changeParts, planGathering } from './commands/plan.ts'

export { calendarWasAnswered } from './commands/answered.ts'
export { checkIn } from './commands/attendance.ts'
export { registerAll } from './commands/register.ts'
export { publicGatherings } from './queries.ts'
export { announcedAs } from './sentences.ts'

export type { Basics, NewRegistration } from './schema.ts'

/** Reminders first: an offer that lapses now must not take a mail with it. */
export async function round(tx: TenantTx): Promise<void> {
  await sendReminders(tx)
  await runLists(tx)
}

export const gatheringsSlice: Slice = {
  name: 'gatherings',
  routes,
  letters,
  jobs: { 'gatherings.room': makeRoom },
  timed: [every('gatherings.round', 5, round)],
  retained,
  owed,
  navigation: [
    {
      group: 'learn',
      order: 60,
      label: words('de')('nav'),
      href: (slug) => addresses.manageGatherings(slug),
      verbs: ['gatherings.manage'],
    },
    {
      group: 'set-up',
      order: 95,
      label: words('de')('services.title'),
      href: (slug) => addresses.videoServices(slug),
      verbs: ['town.settings'],
    },
  ],
}
