import './tables.ts'
import type { Slice } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { heldRequests } from './commands/handOver.ts'
import { retained } from './commands/retain.ts'
import { routes } from './routes.ts'
import { aboutCase, deadlines, waiting } from './waiting.ts'
import { words } from './words.ts'

export { followEnd } from './commands/end.ts'
export { requestEnded, requestMoved } from './facts.ts'
export { followDue } from './commands/note.ts'
export { takeBackExtracts } from './commands/takeBack.ts'
export { letGoOfRequests, letGoOfRequestsWithRole } from './commands/handOver.ts'

export const inspectionSlice: Slice = {
  name: 'inspection',
  routes,
  waiting,
  deadlines,
  aboutCase,
  held: heldRequests,
  retained,
  navigation: [
    {
      group: 'work',
      order: 36,
      label: words('de')('nav'),
      href: (slug) => addresses.inspections(slug),
      verbs: ['cases.export', 'intake.substitute'],
    },
  ],
}
