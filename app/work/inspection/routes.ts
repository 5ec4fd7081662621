import { get, may, post, type Route } from '#platform/web/index.ts'
import * as file from './pages/file.tsx'
import * as permissions from './permissions.ts'

const to = permissions.may

export const routes: readonly Route[] = [
  get('/:town/faelle/:case/akte', may(...to.prepare), file.get),
  post('/:town/faelle/:case/akte', may(...to.prepare), file.post),
]
