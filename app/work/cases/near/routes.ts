import { get, may, post, type Route } from '#platform/web/index.ts'
import * as permissions from '../permissions.ts'
import * as links from './pages/links.tsx'

const to = permissions.may

/** Cases that hang together. */
export const nearRoutes: readonly Route[] = [
  get('/:town/faelle/:case/verbunden', may(...to.assess), links.get),
  post('/:town/faelle/:case/verbunden', may(...to.assess), links.post),
]
