import { get, may, post, type Route } from '#platform/web/index.ts'
import * as checkPage from './pages/staff/check.tsx'
import * as contactsPage from './pages/staff/contacts.tsx'
import * as interpretingPage from './pages/staff/interpreting.tsx'
import { sheet, text } from './pages/staff/letter.ts'
import { post as outgoing } from './pages/staff/outgoing.ts'
import * as referralPage from './pages/staff/referral.tsx'
import * as secondPage from './pages/staff/second.tsx'
import * as translationPage from './pages/staff/translation.tsx'
import * as urgentPage from './pages/staff/urgent.tsx'

/** Reading one report with care: checking, contact sheets, translation. */
/** Whoever may decide, and the substitute while a report is held for her. */
const deciders = ['intake.decide', 'intake.substitute']

export const careRoutes: readonly Route[] = [
  get('/:town/eingang/zweite-person', may('second.decide'), secondPage.get),
  post('/:town/eingang/zweite-person', may('second.decide'), secondPage.post),
  get('/:town/eingang/:report/sofort', may('intake.urgent', 'intake.substitute'), urgentPage.get),
  post('/:town/eingang/:report/sofort', may('intake.urgent', 'intake.substitute'), urgentPage.post),
  get('/:town/eingang/:report/verweisung', may(...deciders), referralPage.get),
  post('/:town/eingang/:report/verweisung', may(...deciders), referralPage.post),
  get('/:town/eingang/:report/verweisung/brief', may(...deciders), sheet),
  get('/:town/eingang/:report/verweisung/text', may(...deciders), text),
  get('/:town/eingang/:report/uebersetzung', may('intake.read', 'intake.substitute'), translationPage.get),
  post('/:town/eingang/:report/uebersetzung', may('intake.read', 'intake.substitute'), translationPage.post),
  post('/:town/eingang/:report/antwort/:translation', may('intake.read', 'intake.substitute'), outgoing),
  get('/:town/uebersetzungen', may('intake.interpret'), interpretingPage.list),
  get('/:town/uebersetzungen/:translation', may('intake.interpret'), interpretingPage.get),
  post('/:town/uebersetzungen/:translation', may('intake.interpret'), interpretingPage.post),
  get('/:town/eingang/:report/pruefen', may('intake.check'), checkPage.get),
  post('/:town/eingang/:report/pruefen', may('intake.check'), checkPage.post),
  ...['/:town/eingang/:report/kontaktblatt', '/:town/faelle/:case/kontaktblatt'].flatMap((path) => [
    get(path, may('intake.contacts'), contactsPage.get),
    post(path, may('intake.contacts'), contactsPage.post),
  ]),
]
