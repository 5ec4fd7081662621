import { get, may, post, type Route } from '#platform/web/index.ts'
import * as permissions from '../permissions.ts'
import * as agreement from './pages/agreement.tsx'

const to = permissions.may

/** What was agreed, and whether it holds. */
export const agreeRoutes: readonly Route[] = [
  get('/:town/faelle/:case/vereinbarung', may(...to.read), agreement.get),
  post('/:town/faelle/:case/vereinbarung', may(...to.note, ...to.follow), agreement.post),
  get('/:town/faelle/:case/vereinbarung/blatt', may(...to.read), agreement.paper),
]
