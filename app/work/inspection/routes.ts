import { get, may, post, signedIn, type Route } from '#platform/web/index.ts'
import * as extract from './pages/extract.tsx'
import * as file from './pages/file.tsx'
import * as letter from './pages/letter.ts'
import * as list from './pages/list.tsx'
import * as create from './pages/new.tsx'
import * as places from './pages/places.tsx'
import * as request from './pages/request.tsx'
import * as substitute from './pages/substitute.tsx'
import * as permissions from './permissions.ts'

const to = permissions.may

export const routes: readonly Route[] = [
  get('/:town/faelle/:case/akte', may(...to.prepare), file.get),
  post('/:town/faelle/:case/akte', may(...to.prepare), file.post),
  get('/:town/einsicht', may(...to.read), list.get),
  get('/:town/einsicht/neu', may(...to.prepare), create.get),
  post('/:town/einsicht/neu', may(...to.prepare), create.post),
  // Whom the substitute asks to decide with her may hold no right of this field of work: the page asks.
  get('/:town/einsicht/:request', signedIn, request.get),
  post('/:town/einsicht/:request', signedIn, request.post),
  get('/:town/einsicht/:request/auszug', may(...to.extract), extract.get),
  post('/:town/einsicht/:request/auszug', may(...to.extract), extract.post, { limit: 2 * 1024 * 1024 }),
  get('/:town/einsicht/:request/fundstellen', may(...to.prepare), places.get),
  post('/:town/einsicht/:request/fundstellen', may(...to.prepare), places.post),
  get('/:town/einsicht/:request/vertretung', may(...to.substitute), substitute.get),
  post('/:town/einsicht/:request/vertretung', may(...to.substitute), substitute.post),
  get('/:town/einsicht/:request/schreiben', signedIn, letter.get),
]
