import { get, may, open, post, signedIn, type Route } from '#platform/web/index.ts'
import type { HeldBy } from './held.ts'
import * as access from './pages/access.tsx'
import * as absence from './pages/absence.tsx'
import * as legal from './pages/legal.tsx'
import * as invitation from './pages/invitation.tsx'
import { leaving } from './pages/leave.tsx'
import * as lostAccess from './pages/lost-access.tsx'
import * as proof from './pages/proof.ts'
import * as person from './pages/person.tsx'
import { changingRoles } from './pages/changeRole.tsx'
import * as persons from './pages/persons.tsx'
import * as about from './office/pages/about.tsx'
import * as arms from './office/pages/arms.tsx'
import * as inside from './office/pages/inside.tsx'
import * as goingPublic from './office/pages/public.tsx'
import * as recovery from './office/pages/recovery.tsx'
import * as times from './office/pages/times.tsx'
import * as paper from './paper/page.tsx'
import * as releases from './pages/releases.tsx'
import * as service from './pages/service.tsx'
import * as signIn from './pages/sign-in.tsx'
import * as signOut from './pages/sign-out.ts'
import { releasing } from './rules.ts'

const settings = may('town.settings')

const release = may(...releasing)

export const routes = (heldBy: HeldBy): readonly Route[] => [
  get('/:town/impressum', open, legal.imprint),
  get('/:town/datenschutz', open, legal.privacy),
  get('/:town/barrierefreiheit', open, legal.accessibility),
  get('/:town/leichte-sprache', open, legal.easyLanguage),
  get('/:town/wappen/:file', open, arms.picture),
  get('/:town/farben/:file', open, arms.colours),
  get('/:town/anmelden', open, signIn.get),
  post('/:town/anmelden', open, signIn.post),
  post('/:town/anmelden/passkey', open, signIn.passkey),
  get('/:town/anmelden/dienst', open, service.begin),
  get('/:town/anmelden/dienst/zurueck', open, service.back),
  get('/:town/anmelden/kein-zugang', open, lostAccess.get),
  post('/:town/anmelden/kein-zugang', open, lostAccess.post),
  get('/:town/anmelden/kein-zugang/:token', open, lostAccess.stopPage),
  post('/:town/anmelden/kein-zugang/:token', open, lostAccess.stop),
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
  post('/:town/heute/zugang/stopp', signedIn, access.stopRecoveries),
  get('/:town/verwaltung/personen', may('people.manage'), persons.get),
  post('/:town/verwaltung/personen', may('people.manage'), persons.post),
  get('/:town/verwaltung/kommune', settings, about.get),
  post('/:town/verwaltung/kommune', settings, about.post),
  get('/:town/verwaltung/wappen', settings, arms.get),
  post('/:town/verwaltung/wappen', settings, arms.post, { files: true, limit: arms.largest }),
  get('/:town/verwaltung/zeiten', settings, times.get),
  post('/:town/verwaltung/zeiten', settings, times.post),
  get('/:town/verwaltung/intern', settings, inside.get),
  post('/:town/verwaltung/intern', settings, inside.post),
  get('/:town/verwaltung/oeffentlich', settings, goingPublic.get),
  post('/:town/verwaltung/oeffentlich', settings, goingPublic.post),
  get('/:town/verwaltung/wiederherstellung', settings, recovery.get),
  post('/:town/verwaltung/wiederherstellung', settings, recovery.post),
  get('/:town/verwaltung/papier', may('intake.enter', 'town.settings'), paper.get),
  get('/:town/verwaltung/papier/:file', may('intake.enter', 'town.settings'), paper.sheet),
  get('/:town/verwaltung/personen/:person', may('people.manage'), person.get),
  post('/:town/verwaltung/personen/:person/angaben', may('people.manage'), person.post),
  post('/:town/verwaltung/personen/:person/nachweise', may('people.manage'), proof.post),
  post('/:town/verwaltung/personen/:proposal', release, releases.decide(heldBy)),
  get('/:town/verwaltung/freigaben', release, releases.get),
  post('/:town/verwaltung/freigaben/:recovery', release, releases.confirm),
  post('/:town/verwaltung/freigaben/:recovery/stopp', release, releases.stop),
  post('/:town/verwaltung/freigaben/:recovery/verweis', release, releases.issue),
  ...leaveRoutes(heldBy),
  post('/:town/verwaltung/personen/:person/rollen', may('people.manage'), changingRoles(heldBy)),
]

function leaveRoutes(heldBy: HeldBy): Route[] {
  const { page, done } = leaving(heldBy)
  return [
    get('/:town/verwaltung/personen/:person/abschied', may('people.manage'), page),
    post('/:town/verwaltung/personen/:person/abschied', may('people.manage'), done),
  ]
}
