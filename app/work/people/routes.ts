import { get, may, open, post, signedIn, type Route } from '#platform/web/index.ts'
import * as access from './pages/access.tsx'
import * as absence from './pages/absence.tsx'
import * as legal from './pages/legal.tsx'
import * as invitation from './pages/invitation.tsx'
import * as persons from './pages/persons.tsx'
import * as signIn from './pages/sign-in.tsx'
import * as signOut from './pages/sign-out.ts'

export const routes: readonly Route[] = [
  get('/:town/impressum', open, legal.imprint),
  get('/:town/datenschutz', open, legal.privacy),
  get('/:town/barrierefreiheit', open, legal.accessibility),
  get('/:town/leichte-sprache', open, legal.easyLanguage),
  get('/:town/anmelden', open, signIn.get),
  post('/:town/anmelden', open, signIn.post),
  post('/:town/anmelden/passkey', open, signIn.passkey),
  post('/:town/abmelden', open, signOut.post),
  get('/:town/einladung/:token', open, invitation.get),
  post('/:town/einladung/:token', open, invitation.post),
  get('/:town/heute/abwesenheit', signedIn, absence.get),
  post('/:town/heute/abwesenheit', signedIn, absence.post),
  post('/:town/heute/abwesenheit/:absence', signedIn, absence.end),
  get('/:town/heute/zugang', signedIn, access.get),
  post('/:town/heute/zugang/sitzungen', signedIn, access.endSessions),
  post('/:town/heute/zugang/sitzungen/:session', signedIn, access.endSessions),
  post('/:town/heute/zugang/passkeys', signedIn, access.add),
  post('/:town/heute/zugang/passkeys/:passkey', signedIn, access.remove),
  post('/:town/heute/zugang/codes', signedIn, access.codes),
  post('/:town/heute/zugang/neu', signedIn, access.anew),
  get('/:town/verwaltung/personen', may('people.manage'), persons.get),
  post('/:town/verwaltung/personen', may('people.manage'), persons.post),
  post('/:town/verwaltung/personen/:proposal', may('people.manage', 'second.decide'), persons.confirm),
]
