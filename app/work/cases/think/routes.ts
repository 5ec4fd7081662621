import { get, may, post, type Route } from '#platform/web/index.ts'
import * as permissions from '../permissions.ts'
import * as parties from './pages/parties.tsx'

const to = permissions.may

/** What helps to think about a case; everybody who sees a case may look at it. */
export const thinkRoutes: readonly Route[] = [
  get('/:town/faelle/:case/beteiligte', may(...to.read), parties.get),
  post('/:town/faelle/:case/beteiligte', may(...to.note), parties.post),
]
