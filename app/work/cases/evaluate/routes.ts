import { get, may, open, post, type Route, type Slice } from '#platform/web/index.ts'
import * as permissions from '../permissions.ts'
import * as ask from './pages/ask.tsx'
import * as back from './pages/back.tsx'
import * as pool from './pages/pool.tsx'
import * as said from './pages/public.tsx'
import * as year from './pages/year.tsx'

const to = permissions.may

/** How it was for those concerned. */
export const evaluateRoutes = (about: readonly Slice[]): readonly Route[] => [
  get('/:town/faelle/auswertung', may(...to.evaluate, ...to.figures), pool.get),
  get('/:town/faelle/zahlen', may(...to.figures), year.get(about)),
  get('/:town/faelle/:case/auswertung', may(...to.evaluate), ask.get),
  post('/:town/faelle/:case/auswertung', may(...to.evaluate), ask.post),
  get('/:town/faelle/:case/rueckblick', may(...to.note), back.get),
  post('/:town/faelle/:case/rueckblick', may(...to.note), back.post),
  get('/:town/wie-war-es/:token', open, said.get),
  post('/:town/wie-war-es/:token', open, said.post),
]
