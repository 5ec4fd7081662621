import { get, may, post, type Route } from '#platform/web/index.ts'
import * as permissions from '../permissions.ts'
import * as draft from './pages/draft.tsx'
import * as list from './pages/list.tsx'

const to = permissions.may

/** What cases taught; nothing is released by one person alone. */
export const lessonRoutes: readonly Route[] = [
  get('/:town/faelle/lehren', may(...to.read, ...to.second), list.get),
  post('/:town/faelle/lehren', may(...to.second), list.post),
  get('/:town/faelle/:case/lehre', may(...to.evaluate), draft.get),
  post('/:town/faelle/:case/lehre', may(...to.evaluate), draft.post),
]
