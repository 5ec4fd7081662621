import './tables.ts'
import type { Slice } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { routes } from './routes.ts'
import { words } from './words.ts'

export { addFromCommandLine, appointFirst, personAppointed } from './commands/appoint.ts'
export { endAbsence, personAbsent, setAbsence } from './commands/absence.ts'
export { confirmProxy, saveDates, saveOffice, saveTimes } from './commands/settings.ts'
export { FirstStart } from './setup/first-start.ts'
export { setupRoutes } from './setup/page.tsx'
export { newPerson, type NewPerson } from './schema.ts'

export const peopleSlice: Slice = {
  name: 'people',
  routes,
  navigation: [
    {
      group: 'set-up',
      order: 90,
      label: words('de')('nav.people'),
      href: (slug) => addresses.people(slug),
      verbs: ['people.manage'],
    },
  ],
}
