import { get, may, post, type Route } from '#platform/web/index.ts'
import * as permissions from '../permissions.ts'
import * as guests from './pages/guests.tsx'
import * as links from './pages/links.tsx'
import * as visit from './pages/visit.tsx'
import * as visits from './pages/visits.tsx'

const to = permissions.may

/** Cases that hang together. */
export const nearRoutes: readonly Route[] = [
  get('/:town/faelle/:case/verbunden', may(...to.assess), links.get),
  post('/:town/faelle/:case/verbunden', may(...to.assess), links.post),
  get('/:town/faelle/:case/gast', may(...to.assign), guests.get),
  post('/:town/faelle/:case/gast', may(...to.assign), guests.post),
  get('/:town/gastfaelle', may(...to.read), visits.get),
  post('/:town/gastfaelle', may(...to.assign), visits.post),
  get('/:town/gastfaelle/:guest', may(...to.read), visit.get),
  post('/:town/gastfaelle/:guest', may(...to.read), visit.post),
]
