import { get, may, post, type Route } from '#platform/web/index.ts'
import * as permissions from '../permissions.ts'
import * as letters from './pages/letters.tsx'

const to = permissions.may

/** What is handed out on paper. */
export const letterRoutes: readonly Route[] = [
  get('/:town/faelle/:case/schreiben', may(...to.note), letters.get),
  post('/:town/faelle/:case/schreiben', may(...to.note), letters.post, { files: true, limit: letters.largest }),
  get('/:town/faelle/:case/schreiben/:kind', may(...to.note), letters.sheet),
]
