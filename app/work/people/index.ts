import './tables.ts'
import type { Slice } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { heldIn } from './held.ts'
import { letters } from './letters.ts'
import { retained } from './commands/retain.ts'
import { routes } from './routes.ts'
import { waiting } from './waiting.ts'
import { words } from './words.ts'

export { addFromCommandLine } from './commands/appoint.ts'
export { confirmFromCommandLine } from './commands/recover.ts'

export { roleEnded } from './commands/roles.ts'
export { personAppointed } from './commands/appoint.ts'
export { personLeft } from './commands/leave.ts'
export { endAbsence, setAbsence } from './commands/absence.ts'
export { confirmProxy, saveDates, saveOffice, saveTimes } from './commands/settings.ts'
export { FirstStart } from './setup/first-start.ts'
export { setupRoutes } from './setup/page.tsx'
export { firstTown, seatOfNetwork, settle } from './setup/settle.ts'
export { newPerson, type NewPerson } from './schema.ts'

/** When somebody leaves, or a role of hers ends, these fields of work are asked what she holds. */
export const peopleSlice = (fields: readonly Slice[]): Slice => ({
  name: 'people',
  routes: routes(heldIn(fields)),
  letters,
  retained,
  waiting,
  navigation: [
    {
      group: 'set-up',
      order: 90,
      label: words('de')('nav.people'),
      href: (slug) => addresses.people(slug),
      verbs: ['people.manage'],
    },
  ],
})
