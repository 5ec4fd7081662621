import { get, may, open, post, type Route } from '#platform/web/index.ts'
import * as permissions from '../permissions.ts'
import * as agreement from './pages/agreement.tsx'
import * as ask from './pages/ask.tsx'
import * as publish from './pages/publish.tsx'
import * as translate from './pages/translate.tsx'
import * as looks from './pages/public/looks.tsx'
import * as promised from './pages/public/promised.tsx'

const to = permissions.may

/** What was agreed, whether it holds, and what of it everybody may read. */
export const agreeRoutes: readonly Route[] = [
  get('/:town/faelle/:case/vereinbarung', may(...to.read), agreement.get),
  post('/:town/faelle/:case/vereinbarung', may(...to.note, ...to.follow), agreement.post),
  get('/:town/faelle/:case/vereinbarung/blatt', may(...to.read), agreement.paper),
  get('/:town/faelle/:case/vereinbarung/oeffentlich', may(...to.assign), publish.get),
  post('/:town/faelle/:case/vereinbarung/oeffentlich', may(...to.assign), publish.post),
  get('/:town/faelle/:case/vereinbarung/nachfrage', may(...to.handle, ...to.follow), ask.get),
  post('/:town/faelle/:case/vereinbarung/nachfrage', may(...to.handle, ...to.follow), ask.post),
  get('/:town/faelle/:case/vereinbarung/uebersetzung', may(...to.handle, ...to.follow), translate.get),
  post('/:town/faelle/:case/vereinbarung/uebersetzung', may(...to.handle, ...to.follow), translate.post),
  get('/:town/zusagen', open, promised.get),
  get('/:town/nachfrage/:token', open, looks.get),
  post('/:town/nachfrage/:token', open, looks.post),
]
