import { get, may, open, post, signedIn, type Route } from '#platform/web/index.ts'
import * as feedbackPage from './pages/public/feedback.tsx'
import * as gatheringPage from './pages/public/gathering.tsx'
import * as joinPage from './pages/public/join.tsx'
import * as listPage from './pages/public/list.tsx'
import * as ownPage from './pages/public/own.tsx'
import * as registerPage from './pages/public/register.tsx'
import * as basics from './pages/staff/basics.tsx'
import * as door from './pages/staff/door.tsx'
import * as files from './pages/staff/files.tsx'
import * as managed from './pages/staff/gathering.tsx'
import * as all from './pages/staff/list.tsx'
import * as mails from './pages/staff/mails.tsx'
import * as participants from './pages/staff/participants.tsx'
import * as parts from './pages/staff/parts.tsx'
import * as results from './pages/staff/results.tsx'
import * as room from './pages/staff/room.tsx'
import * as services from './pages/staff/services.tsx'

const manage = may('gatherings.manage')
const one = '/:town/veranstaltungen/verwalten/:gathering'

/** Running gatherings. They stand first: `verwalten` is no gathering's name. */
const staff: readonly Route[] = [
  get('/:town/veranstaltungen/verwalten', manage, all.get),
  get('/:town/veranstaltungen/verwalten/neu', manage, basics.get),
  post('/:town/veranstaltungen/verwalten/neu', manage, basics.post),
  get(one, manage, managed.get),
  post(one, manage, managed.post),
  get(`${one}/angaben`, manage, basics.get),
  post(`${one}/angaben`, manage, basics.post),
  get(`${one}/programm`, manage, parts.getProgramme),
  post(`${one}/programm`, manage, parts.postProgramme),
  get(`${one}/fragen`, manage, parts.getForm),
  post(`${one}/fragen`, manage, parts.postForm),
  get(`${one}/termine`, manage, parts.getDates),
  post(`${one}/termine`, manage, parts.postDates),
  get(`${one}/teilnehmende`, manage, participants.get),
  post(`${one}/teilnehmende`, manage, participants.post),
  get(`${one}/einlass`, manage, door.get),
  post(`${one}/einlass`, manage, door.post),
  get(`${one}/einlassliste`, manage, door.paper),
  get(`${one}/mails`, manage, mails.get),
  post(`${one}/mails`, manage, mails.post),
  get(`${one}/raum`, manage, room.get),
  post(`${one}/raum`, manage, room.post),
  get(`${one}/rueckmeldungen`, manage, results.feedback),
  get(`${one}/unterlagen`, manage, files.get),
  post(`${one}/unterlagen`, manage, files.post, { files: true, limit: files.largest }),
  get(`${one}/unterlagen/:file`, manage, files.download),
  get(`${one}/ergebnisse`, manage, parts.getAfter),
  post(`${one}/ergebnisse`, manage, parts.postAfter),
  /** Whoever holds the role the gathering names, with or without the right to run gatherings. */
  get(`${one}/bedarfe`, signedIn, results.access),
]

export const routes: readonly Route[] = [
  get('/:town/veranstaltungen', open, listPage.get),
  get('/:town/veranstaltungen/kalender.ics', open, listPage.feed),
  get('/:town/veranstaltungen/anmeldung/:token', open, ownPage.get),
  post('/:town/veranstaltungen/anmeldung/:token', open, ownPage.post),
  get('/:town/veranstaltungen/anmeldung/:token/teilnehmen', open, joinPage.get),
  post('/:town/veranstaltungen/anmeldung/:token/teilnehmen', open, joinPage.post),
  get('/:town/veranstaltungen/rueckmeldung/:token', open, feedbackPage.get),
  post('/:town/veranstaltungen/rueckmeldung/:token', open, feedbackPage.post),
  ...staff,
  get('/:town/verwaltung/videodienste', may('town.settings'), services.get),
  post('/:town/verwaltung/videodienste', may('town.settings'), services.post),
  get('/:town/veranstaltungen/:gathering', open, gatheringPage.get),
  get('/:town/veranstaltungen/:gathering/anmelden', open, registerPage.get),
  post('/:town/veranstaltungen/:gathering/anmelden', open, registerPage.post),
  get('/:town/veranstaltungen/:gathering/angemeldet', open, registerPage.done),
  get('/:town/veranstaltungen/:gathering/dokumentation', open, gatheringPage.proceedings),
  get('/:town/veranstaltungen/:gathering/unterlagen/:file', open, gatheringPage.material),
]
