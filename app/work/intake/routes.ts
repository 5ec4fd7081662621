import { get, may, open, post, redirect, type Handler, type Route } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { getMailbox, postMailbox } from './api/mailbox.ts'
import { getDescription } from './api/openapi.ts'
import { getChoices, postReport } from './api/reports.ts'
import * as callbackPage from './pages/public/callback.tsx'
import * as checkPage from './pages/public/check.tsx'
import * as closingPage from './pages/public/closing.tsx'
import * as codePage from './pages/public/code.tsx'
import * as consentPage from './pages/public/consent.tsx'
import * as contactPage from './pages/public/contact.tsx'
import * as howPage from './pages/public/how.tsx'
import { farewell, leave } from './pages/public/leave.tsx'
import * as mailboxPage from './pages/public/mailbox.tsx'
import * as receiptPage from './pages/public/receipt.tsx'
import { careRoutes } from './careRoutes.ts'
import * as townPage from './pages/public/town.tsx'
import * as whatPage from './pages/public/what.tsx'
import * as wherePage from './pages/public/where.tsx'
import * as bundlePage from './pages/staff/bundle.tsx'
import * as cardsPage from './pages/staff/cards.tsx'
import * as consultationPage from './pages/staff/consultation.tsx'
import * as consultationsPage from './pages/staff/consultations.tsx'
import * as inboxPage from './pages/staff/inbox.tsx'
import * as keepingPage from './pages/staff/keeping.tsx'
import * as mailPage from './pages/staff/mail.tsx'
import * as mergePage from './pages/staff/merge.tsx'
import * as newPage from './pages/staff/new.tsx'
import * as pilePage from './pages/staff/pile.tsx'
import * as insidePage from './pages/staff/inside.tsx'
import * as releasePage from './pages/staff/release.tsx'
import { post as replyPost } from './pages/staff/reply.ts'
import * as reportPage from './pages/staff/report.tsx'
import * as takeoverPage from './pages/staff/takeover.tsx'
import * as takeoversPage from './pages/staff/takeovers.tsx'
import * as veilPage from './pages/staff/veil.ts'

const free = { tokenFree: true, limit: 128 * 1024 }

/** Until the municipality has gone public its page says so; nothing can be handed in before. */
const whenOpen =
  (handle: Handler): Handler =>
  (visit) =>
    visit.town.opened_at ? handle(visit) : redirect(addresses.town(visit.town))

/** What residents meet. */
const doors: readonly Route[] = [
  get('/:town', open, townPage.get),
  get('/:town/melden', open, whenOpen(whatPage.get)),
  post('/:town/melden', open, whenOpen(whatPage.post), { outdated: whatPage.outdated }),
  get('/:town/melden/wo', open, whenOpen(wherePage.get)),
  post('/:town/melden/wo', open, whenOpen(wherePage.post)),
  get('/:town/melden/kontakt', open, whenOpen(contactPage.get)),
  post('/:town/melden/kontakt', open, whenOpen(contactPage.post)),
  get('/:town/melden/pruefen', open, whenOpen(checkPage.get)),
  post('/:town/melden/pruefen', open, whenOpen(checkPage.post)),
  get('/:town/melden/code', open, receiptPage.get),
  post('/:town/melden/code', open, receiptPage.post),
  get('/:town/melden/code/text', open, receiptPage.text),
  get('/:town/rueckruf', open, whenOpen(callbackPage.get)),
  post('/:town/rueckruf', open, whenOpen(callbackPage.post)),
  get('/:town/rueckmeldung', open, codePage.get),
  post('/:town/rueckmeldung', open, codePage.post),
  get('/:town/rueckmeldung/antwort', open, codePage.get),
  post('/:town/rueckmeldung/antwort', open, mailboxPage.answer, { outdated: mailboxPage.answerLate }),
  get('/:town/rueckmeldung/zustimmung', open, codePage.get),
  post('/:town/rueckmeldung/zustimmung', open, consentPage.post),
  get('/:town/rueckmeldung/nachweis', open, mailboxPage.proof),
  post('/:town/rueckmeldung/nachweis', open, mailboxPage.proof),
  get('/:town/rueckmeldung/schliessen', open, closingPage.get),
  post('/:town/rueckmeldung/schliessen', open, closingPage.post),
  get('/:town/so-arbeiten-wir', open, howPage.get),
  get('/:town/verlassen', open, leave),
  post('/:town/verlassen', open, leave, { tokenFree: true }),
  get('/auf-wiedersehen', open, farewell),
]

/** Whoever may write a report down may read her own again; the row decides which those are. */
const readers = ['intake.read', 'intake.substitute', 'intake.urgent', 'intake.enter']

export const routes: readonly Route[] = [
  ...doors,
  get('/api/v1/openapi.json', open, getDescription),
  get('/api/v1/:town/choices', open, getChoices),
  post('/api/v1/:town/reports', open, postReport, free),
  get('/api/v1/:town/mailbox', open, getMailbox),
  post('/api/v1/:town/mailbox', open, postMailbox, free),
  get('/:town/eingang', may(...readers), inboxPage.get),
  get('/:town/eingang/neu', may('intake.enter'), newPage.get),
  post('/:town/eingang/neu', may('intake.enter'), newPage.post),
  get('/:town/eingang/neu/mail', may('intake.enter'), mailPage.get),
  post('/:town/eingang/neu/mail', may('intake.enter'), mailPage.post, { files: true, limit: mailPage.largest }),
  get('/:town/eingang/uebernahme', may('intake.import'), takeoversPage.get),
  post('/:town/eingang/uebernahme', may('intake.import'), takeoversPage.post, {
    files: true,
    limit: takeoversPage.largest,
  }),
  get('/:town/eingang/uebernahme/:import', may('intake.import'), takeoverPage.get),
  post('/:town/eingang/uebernahme/:import', may('intake.import'), takeoverPage.post),
  get('/:town/eingang/fachfragen', may('intake.advise', 'intake.decide'), consultationsPage.get),
  post('/:town/eingang/fachfragen', may('intake.advise'), consultationsPage.post),
  get('/:town/eingang/fachfragen/:consultation', may('intake.advise', 'intake.decide'), consultationPage.get),
  post('/:town/eingang/fachfragen/:consultation', may('intake.advise', 'intake.decide'), consultationPage.post),
  get('/:town/eingang/codekarten', may('intake.decide'), cardsPage.get),
  post('/:town/eingang/codekarten', may('intake.decide'), cardsPage.post),
  get('/:town/eingang/buendeln', may('intake.decide'), bundlePage.get),
  post('/:town/eingang/buendeln', may('intake.decide'), bundlePage.post),
  ...careRoutes,
  get('/:town/eingang/:report', may(...readers), reportPage.get),
  post('/:town/eingang/:report', may(...readers), reportPage.post),
  post('/:town/eingang/:report/nachricht', may('intake.read', 'intake.substitute'), replyPost),
  post('/:town/eingang/:report/verdecken', may('intake.read', 'intake.substitute'), veilPage.post),
  get('/:town/eingang/:report/aufbewahrung', may('retention.hold'), keepingPage.get),
  post('/:town/eingang/:report/aufbewahrung', may('retention.hold'), keepingPage.post),
  post('/:town/eingang/:report/verwaltung', may('intake.decide'), insidePage.post),
  get('/:town/eingang/:report/lesesperre', may('intake.substitute'), releasePage.get),
  post('/:town/eingang/:report/lesesperre', may('intake.substitute'), releasePage.post),
  get('/:town/eingang/:report/zusammenfuehren', may('intake.decide'), mergePage.get),
  post('/:town/eingang/:report/zusammenfuehren', may('intake.decide'), mergePage.post),
  post('/:town/eingang/:report/trennen', may('intake.decide'), mergePage.part),
  get('/:town/eingang/:report/stapel', may('intake.read'), pilePage.get),
]
