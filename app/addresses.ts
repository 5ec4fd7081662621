/** Pure path builders: the only place where an address is put together. Imports nothing, everybody may import it. */
type Slug = { readonly slug: string } | string
const of = (town: Slug) => `/${typeof town === 'string' ? town : town.slug}`
const query = (values: Record<string, string | number | undefined>) => {
  const pairs = new URLSearchParams()
  for (const [key, value] of Object.entries(values))
    if (value !== undefined && value !== '') pairs.set(key, String(value))
  return pairs.size === 0 ? '' : `?${pairs}`
}

export const start = '/'
export const town = (town: Slug) => of(town)
export const reportForm = (town: Slug, step?: 'wo' | 'kontakt' | 'pruefen') =>
  `${of(town)}/melden${step ? `/${step}` : ''}`
export const reportReceipt = (town: Slug) => `${of(town)}/melden/code`
export const reportText = (town: Slug) => `${of(town)}/melden/code/text`
/** Ends whatever a visitor has begun and lands on a page that says nothing. */
export const leave = (town: Slug) => `${of(town)}/verlassen`
export const farewell = () => '/auf-wiedersehen'
export const callback = (town: Slug) => `${of(town)}/rueckruf`
export const mailbox = (town: Slug, step?: 'antwort' | 'nachweis' | 'schliessen' | 'zustimmung') =>
  `${of(town)}/rueckmeldung${step ? `/${step}` : ''}`
export const howWeWork = (town: Slug) => `${of(town)}/so-arbeiten-wir`
export const imprint = (town: Slug) => `${of(town)}/impressum`
export const privacy = (town: Slug) => `${of(town)}/datenschutz`
export const accessibility = (town: Slug) => `${of(town)}/barrierefreiheit`
export const easyLanguage = (town: Slug) => `${of(town)}/leichte-sprache`
export const signIn = (town: Slug, way?: 'passkey') => `${of(town)}/anmelden${way ? `/${way}` : ''}`
/** The administration's own sign-in service: on to it, and back. */
export const signInService = (town: Slug, step?: 'zurueck') => `${of(town)}/anmelden/dienst${step ? `/${step}` : ''}`
/** For whoever has lost every way in; with the token of a mail: where the person herself stops it. */
export const lostAccess = (town: Slug, token?: string) => `${of(town)}/anmelden/kein-zugang${token ? `/${token}` : ''}`
export const invitation = (town: Slug, token: string) => `${of(town)}/einladung/${token}`
export const signOut = (town: Slug) => `${of(town)}/abmelden`
export const today = (town: Slug) => `${of(town)}/heute`
export const ownCalendar = (town: Slug) => `${of(town)}/heute/kalender`
/** When one is away oneself; with an id: ends that absence. */
export const ownAbsence = (town: Slug, id?: string) => `${of(town)}/heute/abwesenheit${id ? `/${id}` : ''}`
/** One's own sessions, passkeys and codes; with a part, where that part's form goes. */
export const ownAccess = (town: Slug, part?: 'sitzungen' | 'passkeys' | 'codes' | 'neu' | 'stopp', id?: string) =>
  `${of(town)}/heute/zugang${part ? `/${part}` : ''}${id ? `/${id}` : ''}`
export const ownNotices = (town: Slug) => `${of(town)}/heute/mitteilungen`
export const calendarFeed = (town: Slug, secret: string) => `${of(town)}/kalender/${secret}.ics`
export const search = (town: Slug, words?: string) => `${of(town)}/suche${query({ worte: words })}`
export const inbox = (town: Slug, filter: Record<string, string | number | undefined> = {}) =>
  `${of(town)}/eingang${query(filter)}`
export const newEntry = (town: Slug) => `${of(town)}/eingang/neu`
/** A mail somebody got, read into the same page. */
export const mailEntry = (town: Slug) => `${of(town)}/eingang/neu/mail`
/** Registers and lists taken over from elsewhere. */
export const takeovers = (town: Slug) => `${of(town)}/eingang/uebernahme`
export const takeover = (town: Slug, id: string) => `${of(town)}/eingang/uebernahme/${id}`
/** Codes made beforehand, to be handed out. */
export const consultations = (town: Slug) => `${of(town)}/eingang/fachfragen`
export const consultation = (town: Slug, id: string) => `${of(town)}/eingang/fachfragen/${id}`
export const cards = (town: Slug) => `${of(town)}/eingang/codekarten`
/** Several reports become one matter; `report` is chosen already. */
export const bundle = (town: Slug, report?: string) => `${of(town)}/eingang/buendeln${query({ meldung: report })}`
export const reportPage = (town: Slug, id: string, step?: string) =>
  `${of(town)}/eingang/${id}${step ? `/${step}` : ''}`
/** Texts an interpreter was asked for; with an id, one of them. */
export const translations = (town: Slug, id?: string) => `${of(town)}/uebersetzungen${id ? `/${id}` : ''}`
/** Taking out of a report, or of one later message, what is not needed about others. */
export const checking = (town: Slug, report: string, message?: string) =>
  `${reportPage(town, report, 'pruefen')}${query({ nachricht: message })}`
/** Putting a report, or one message to it, into German. */
export const translating = (town: Slug, report: string, message?: string) =>
  `${reportPage(town, report, 'uebersetzung')}${query({ nachricht: message })}`
/** An answer that goes through an interpreter first. */
export const answering = (town: Slug, report: string, translation: string) =>
  `${reportPage(town, report, 'antwort')}/${translation}`
/** Handing a report over to somebody else; `letter` gives what was handed over as a sheet or as text. */
export const referral = (town: Slug, report: string, letter?: 'brief' | 'text') =>
  `${reportPage(town, report, 'verweisung')}${letter ? `/${letter}` : ''}`
/** What is done at once about ongoing danger. */
export const urgent = (town: Slug, report: string) => reportPage(town, report, 'sofort')
/** Names and ways to reach, of a report or of all reports of a case; `entry` opens one person. */
export const contactSheet = (town: Slug, sheet: { report: string } | { case: string }, entry?: string) =>
  `${'report' in sheet ? reportPage(town, sheet.report, 'kontaktblatt') : casePage(town, sheet.case, 'kontaktblatt')}${query({ eintrag: entry })}`
export const cases = (town: Slug, filter: Record<string, string | number | undefined> = {}) =>
  `${of(town)}/faelle${query(filter)}`
export const readiness = (town: Slug) => `${of(town)}/faelle/bereitschaft`
/** One's own register as a table. */
export const register = (town: Slug) => `${of(town)}/faelle/register`
/** Cases of other municipalities; one of them where an invitation is named. */
export const visits = (town: Slug, id?: string) => `${of(town)}/gastfaelle${id ? `/${id}` : ''}`
export const casePage = (town: Slug, id: string, step?: string) => `${of(town)}/faelle/${id}${step ? `/${step}` : ''}`
/** Handing a case to the file that leads. */
export const caseFile = (town: Slug, id: string) => casePage(town, id, 'akte')
/** Requests for inspection; with an id, one of them. */
export const inspections = (town: Slug, id?: string, step?: string) =>
  `${of(town)}/einsicht${id ? `/${id}` : ''}${step ? `/${step}` : ''}`
/** Noting a request; `about` is what it concerns, `fall:<id>` or `meldung:<id>`. */
export const newInspection = (town: Slug, about?: string) => `${of(town)}/einsicht/neu${query({ zu: about })}`
/** Where somebody concerned says how it was. */
export const evaluation = (town: Slug, token: string) => `${of(town)}/wie-war-es/${token}`
/** What cases taught. */
export const lessons = (town: Slug) => `${of(town)}/faelle/lehren`
/** What was closed in a year, in numbers. */
export const yearFigures = (town: Slug, asked: { jahr?: number; als?: string } = {}) =>
  `${of(town)}/faelle/zahlen${query(asked)}`
/** What those concerned said, all cases together. */
export const evaluationPool = (town: Slug) => `${of(town)}/faelle/auswertung`
/** What parties promised in public. */
export const commitments = (town: Slug) => `${of(town)}/zusagen`
/** Where a party says whether an agreement holds. */
export const askedLooks = (town: Slug, token: string) => `${of(town)}/nachfrage/${token}`
export const newsletter = (town: Slug) => `${of(town)}/newsletter`
/** The second yes of whoever asked for the newsletter. */
export const newsletterConfirm = (town: Slug, token: string) => `${of(town)}/newsletter/bestaetigen/${token}`
export const newsletterOwn = (town: Slug, token: string) => `${of(town)}/newsletter/einstellungen/${token}`
/** Ends it: a page for people, and what a mail program posts to with one click (RFC 8058). */
export const newsletterLeave = (town: Slug, token: string, step?: 'beenden') =>
  `${of(town)}/newsletter/abmelden/${token}${step ? `/${step}` : ''}`
export const newsletterIssue = (town: Slug, number: number) => `${of(town)}/newsletter/ausgaben/${number}`
export const newsletterFeed = (town: Slug) => `${of(town)}/newsletter/feed.atom`
export const newsletterDesk = (town: Slug, step?: 'themen' | 'einwilligungen' | 'uebernahme') =>
  `${of(town)}/newsletter/verwalten${step ? `/${step}` : ''}`
/** Whether what we send is signed the way the large providers ask for. */
export const mailProbe = (town: Slug) => `${of(town)}/verwaltung/mailprobe`
export const newsletterProof = (town: Slug, subscriber: string) =>
  `${of(town)}/newsletter/verwalten/einwilligungen/${subscriber}`
export const newsletterDraft = (
  town: Slug,
  issue: string,
  step?: 'pruefen' | 'versand' | 'ansicht' | 'text' | 'bild',
) => `${of(town)}/newsletter/entwuerfe/${issue}${step ? `/${step}` : ''}`
/** The newsletter of all municipalities together, written by the state's coordination. */
export const network = '/netzwerk'
export const networkNewsletter = '/netzwerk/newsletter'
export const networkGatherings = '/netzwerk/veranstaltungen'
/** A picture of an issue. */
export const newsletterPicture = (town: Slug, picture: string) => `${of(town)}/newsletter/bilder/${picture}`
/** What waits for somebody as the second person. */
export const secondPerson = (town: Slug) => `${of(town)}/zweite-person`
/** The same for reports. */
export const secondPersonReports = (town: Slug) => `${of(town)}/eingang/zweite-person`
export const gatherings = (town: Slug) => `${of(town)}/veranstaltungen`
export const gathering = (town: Slug, slug: string, step?: 'anmelden' | 'angemeldet' | 'dokumentation') =>
  `${gatherings(town)}/${slug}${step ? `/${step}` : ''}`
/** A file published with the results. */
export const gatheringFile = (town: Slug, slug: string, file: string) =>
  `${gatherings(town)}/${slug}/unterlagen/${file}`
/** Open gatherings for calendar programs. */
export const gatheringsFeed = (town: Slug) => `${gatherings(town)}/kalender.ics`
/** Somebody's own registration; the token is the proof. */
export const ownRegistration = (town: Slug, token: string, step?: 'teilnehmen') =>
  `${gatherings(town)}/anmeldung/${token}${step ? `/${step}` : ''}`
export const gatheringFeedback = (town: Slug, token: string) => `${gatherings(town)}/rueckmeldung/${token}`
/** Planning and running gatherings; without id: all of them. */
export const manageGatherings = (town: Slug, id?: string, step?: string) =>
  `${gatherings(town)}/verwalten${id ? `/${id}` : ''}${step ? `/${step}` : ''}`
export const videoServices = (town: Slug) => `${of(town)}/verwaltung/videodienste`
/** The coat of arms under the name of its content. */
export const arms = (town: Slug, hash: string) => `${of(town)}/wappen/${hash}.png`
/** The style sheet with a municipality's accent, `#rrggbb`. */
export const colours = (town: Slug, accent: string) => `${of(town)}/farben/${accent.slice(1)}.css`
/** What is printed; without name: the list. */
export const paper = (town: Slug, sheet?: 'aushang-a4' | 'aushang-a3' | 'meldebogen' | 'anrufbogen') =>
  `${of(town)}/verwaltung/papier${sheet ? `/${sheet}.pdf` : ''}`
/** Pages on which a municipality says who it is and goes public. */
export const settings = (
  town: Slug,
  page: 'aufbewahrung' | 'kommune' | 'wappen' | 'zeiten' | 'oeffentlich' | 'intern' | 'wiederherstellung',
) => `${of(town)}/verwaltung/${page}`
export const people = (town: Slug, id?: string, step?: 'abschied' | 'angaben' | 'nachweise' | 'rollen') =>
  `${of(town)}/verwaltung/personen${id ? `/${id}` : ''}${step ? `/${step}` : ''}`
/** What two people decide about persons. */
export const releases = (town: Slug) => `${of(town)}/verwaltung/freigaben`
export const recovery = (town: Slug, id: string, step?: 'stopp' | 'verweis') =>
  `${of(town)}/verwaltung/freigaben/${id}${step ? `/${step}` : ''}`
export const administration = (town: Slug) => `${of(town)}/verwaltung`
