import { get, may, post, type Route } from '#platform/web/index.ts'
import * as permissions from '../permissions.ts'
import * as map from './pages/map.tsx'
import * as mapCompare from './pages/mapCompare.tsx'
import * as parties from './pages/parties.tsx'
import * as second from './pages/second.tsx'
import * as sheet from './pages/sheet.tsx'
import * as timeline from './pages/timeline.tsx'
import * as versions from './pages/versions.tsx'

const to = permissions.may

/** What helps to think about a case; everybody who sees a case may look at it. */
export const thinkRoutes: readonly Route[] = [
  get('/:town/faelle/:case/beteiligte', may(...to.read), parties.get),
  post('/:town/faelle/:case/beteiligte', may(...to.note), parties.post),
  get('/:town/faelle/:case/einschaetzung/fassungen', may(...to.read), versions.get),
  get('/:town/faelle/:case/einschaetzung/zweite', may(...to.assess), second.get),
  post('/:town/faelle/:case/einschaetzung/zweite', may(...to.assess), second.post, { limit: 1024 * 1024 }),
  get('/:town/faelle/:case/landkarte', may(...to.read), map.get),
  post('/:town/faelle/:case/landkarte', may(...to.note), map.post),
  get('/:town/faelle/:case/landkarte/vergleich', may(...to.read), mapCompare.get),
  get('/:town/faelle/:case/zeitstrahl', may(...to.read), timeline.get),
  get('/:town/faelle/:case/arbeitsblatt', may(...to.read), sheet.get),
]
