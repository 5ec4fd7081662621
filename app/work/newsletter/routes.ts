import { get, open, post, type Route } from '#platform/web/index.ts'
import * as confirm from './pages/public/confirm.tsx'
import * as leave from './pages/public/leave.tsx'
import * as own from './pages/public/own.tsx'
import * as subscribe from './pages/public/subscribe.tsx'

const small = { limit: 16 * 1024 }

export const routes: readonly Route[] = [
  get('/:town/newsletter', open, subscribe.get),
  post('/:town/newsletter', open, subscribe.post, small),
  get('/:town/newsletter/bestaetigen/:token', open, confirm.get),
  post('/:town/newsletter/bestaetigen/:token', open, confirm.post, small),
  get('/:town/newsletter/einstellungen/:token', open, own.get),
  post('/:town/newsletter/einstellungen/:token', open, own.post, small),
  get('/:town/newsletter/abmelden/:token', open, leave.get),
  post('/:town/newsletter/abmelden/:token', open, leave.post, { ...small, tokenFree: true }),
]
