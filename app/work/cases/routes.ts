import { get, may, post, type Route } from '#platform/web/index.ts'
import * as casePage from './pages/case.tsx'
import * as close from './pages/close.tsx'
import * as list from './pages/list.tsx'

export const routes: readonly Route[] = [
  get('/:town/faelle', may('cases.read', 'cases.handle'), list.get),
  get('/:town/faelle/:case', may('cases.read', 'cases.handle'), casePage.get),
  get('/:town/faelle/:case/abschluss', may('cases.close'), close.get),
  post('/:town/faelle/:case/abschluss', may('cases.close'), close.post),
]
