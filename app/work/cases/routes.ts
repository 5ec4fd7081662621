import { get, may, post, type Route, type Slice } from '#platform/web/index.ts'
import * as assess from './pages/assess.tsx'
import * as assign from './pages/assign.tsx'
import * as casePage from './pages/case.tsx'
import * as choose from './pages/choose.tsx'
import * as close from './pages/close.tsx'
import * as followUp from './pages/followUp.tsx'
import * as go from './pages/go.tsx'
import * as impartial from './pages/impartial.tsx'
import * as note from './pages/note.tsx'
import * as readiness from './pages/readiness.tsx'
import * as keeping from './pages/keeping.tsx'
import * as list from './pages/list.tsx'
import * as measures from './pages/measures.tsx'
import * as release from './pages/release.tsx'
import * as register from './pages/register.tsx'
import * as second from './pages/second.tsx'
import * as session from './pages/session.tsx'
import * as permissions from './permissions.ts'
import { agreeRoutes } from './agree/routes.ts'
import { evaluateRoutes } from './evaluate/routes.ts'
import { lessonRoutes } from './lessons/routes.ts'
import { letterRoutes } from './letters/routes.ts'
import { nearRoutes } from './near/routes.ts'
import { thinkRoutes } from './think/routes.ts'

const to = permissions.may

export const routes = (about: readonly Slice[]): readonly Route[] => [
  get('/:town/faelle', may(...to.read), list.get),
  get('/:town/faelle/bereitschaft', may(...to.handle), readiness.get),
  post('/:town/faelle/bereitschaft', may(...to.handle), readiness.post),
  get('/:town/faelle/register', may(...to.export), register.get),
  post('/:town/faelle/register', may(...to.export), register.post),
  ...evaluateRoutes(about),
  ...lessonRoutes,
  get('/:town/faelle/:case', may(...to.read), casePage.get(about)),
  get('/:town/faelle/:case/einschaetzung', may(...to.assess), assess.get),
  post('/:town/faelle/:case/einschaetzung', may(...to.assess), assess.post, { limit: 1024 * 1024 }),
  get('/:town/faelle/:case/schritt', may(...to.read), go.get),
  post('/:town/faelle/:case/schritt', may(...to.read), go.post),
  get('/:town/faelle/:case/verfahren', may(...to.choose), choose.get),
  post('/:town/faelle/:case/verfahren', may(...to.choose), choose.post),
  get('/:town/faelle/:case/freigabe', may(...to.release), release.get),
  post('/:town/faelle/:case/freigabe', may(...to.release), release.post),
  get('/:town/faelle/:case/unparteilichkeit', may(...to.read), impartial.get),
  post('/:town/faelle/:case/unparteilichkeit', may(...to.read), impartial.post),
  get('/:town/faelle/:case/zuweisung', may(...to.assign), assign.get),
  post('/:town/faelle/:case/zuweisung', may(...to.assign), assign.post),
  get('/:town/faelle/:case/gespraech', may(...to.note), session.get),
  post('/:town/faelle/:case/gespraech', may(...to.note), session.post),
  get('/:town/faelle/:case/notiz', may(...to.note), note.get),
  post('/:town/faelle/:case/notiz', may(...to.note), note.post),
  get('/:town/faelle/:case/massnahmen', may(...to.note), measures.get),
  post('/:town/faelle/:case/massnahmen', may(...to.note), measures.post),
  get('/:town/faelle/:case/abschluss', may(...to.close), close.get),
  post('/:town/faelle/:case/abschluss', may(...to.close), close.post),
  get('/:town/faelle/:case/nachhalten', may(...to.follow), followUp.get),
  post('/:town/faelle/:case/nachhalten', may(...to.follow), followUp.post),
  get('/:town/faelle/:case/aufbewahrung', may(...to.hold), keeping.get),
  post('/:town/faelle/:case/aufbewahrung', may(...to.hold), keeping.post),
  ...thinkRoutes,
  ...agreeRoutes,
  ...letterRoutes,
  ...nearRoutes,
  get('/:town/zweite-person', may(...to.second), second.get),
  post('/:town/zweite-person', may(...to.second), second.post),
]
