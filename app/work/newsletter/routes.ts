import { get, may, open, post, type Route } from '#platform/web/index.ts'
import * as confirm from './pages/public/confirm.tsx'
import * as feed from './pages/public/feed.ts'
import * as issue from './pages/public/issue.tsx'
import * as leave from './pages/public/leave.tsx'
import * as own from './pages/public/own.tsx'
import * as subscribe from './pages/public/subscribe.tsx'
import * as check from './pages/staff/check.tsx'
import * as consents from './pages/staff/consents.tsx'
import * as desk from './pages/staff/desk.tsx'
import * as draft from './pages/staff/draft.tsx'
import * as mailProbe from './pages/staff/mailProbe.tsx'
import * as picture from './pages/staff/picture.tsx'
import * as preview from './pages/staff/preview.ts'
import * as sending from './pages/staff/sending.tsx'
import * as takeOver from './pages/staff/takeOver.tsx'
import * as topics from './pages/staff/topics.tsx'

const staff = may('newsletter.send')
const small = { limit: 16 * 1024 }

export const routes: readonly Route[] = [
  get('/:town/newsletter', open, subscribe.get),
  post('/:town/newsletter', open, subscribe.post, small),
  get('/:town/newsletter/bestaetigen/:token', open, confirm.get),
  post('/:town/newsletter/bestaetigen/:token', open, confirm.post, small),
  get('/:town/newsletter/einstellungen/:token', open, own.get),
  post('/:town/newsletter/einstellungen/:token', open, own.post, small),
  get('/:town/newsletter/abmelden/:token', open, leave.get),
  post('/:town/newsletter/abmelden/:token/beenden', open, leave.done, small),
  post('/:town/newsletter/abmelden/:token', open, leave.post, { ...small, tokenFree: true }),
  get('/:town/newsletter/bilder/:picture', open, picture.picture),
  get('/:town/newsletter/ausgaben/:number', open, issue.get),
  get('/:town/newsletter/feed.atom', open, feed.get),
  get('/:town/newsletter/verwalten', staff, desk.get),
  post('/:town/newsletter/verwalten', staff, desk.post),
  get('/:town/newsletter/verwalten/themen', staff, topics.get),
  post('/:town/newsletter/verwalten/themen', staff, topics.post),
  get('/:town/newsletter/verwalten/einwilligungen', staff, consents.get),
  post('/:town/newsletter/verwalten/einwilligungen', staff, consents.post),
  get('/:town/newsletter/verwalten/einwilligungen/:subscriber', staff, consents.proof),
  post('/:town/newsletter/verwalten/einwilligungen/:subscriber', staff, consents.end),
  get('/:town/newsletter/verwalten/uebernahme', staff, takeOver.get),
  post('/:town/newsletter/verwalten/uebernahme', staff, takeOver.post, { limit: 6 * 1024 * 1024 }),
  get('/:town/newsletter/entwuerfe/:issue', staff, draft.get),
  post('/:town/newsletter/entwuerfe/:issue', staff, draft.post, { limit: 6 * 1024 * 1024 }),
  get('/:town/newsletter/entwuerfe/:issue/pruefen', staff, check.get),
  post('/:town/newsletter/entwuerfe/:issue/pruefen', staff, check.post),
  get('/:town/newsletter/entwuerfe/:issue/bild', staff, picture.get),
  post('/:town/newsletter/entwuerfe/:issue/bild', staff, picture.post, { files: true, limit: picture.largest }),
  get('/:town/newsletter/entwuerfe/:issue/ansicht', staff, preview.html),
  get('/:town/newsletter/entwuerfe/:issue/text', staff, preview.text),
  get('/:town/newsletter/entwuerfe/:issue/versand', staff, sending.get),
  post('/:town/newsletter/entwuerfe/:issue/versand', staff, sending.post),
  get('/:town/verwaltung/mailprobe', may('town.settings'), mailProbe.get),
  post('/:town/verwaltung/mailprobe', may('town.settings'), mailProbe.post),
]
