import { formats, isolated } from '#platform/i18n/index.ts'
import { atBerlin, berlinDay } from '#platform/kernel/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import type { CasePart, Found, Person, Waiting } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { openToHer } from '#work/cases/index.ts'
import { joinedReports } from './queries/alike.ts'
import { openConsultations } from './queries/consultations.ts'
import { findContacts, untold } from './queries/contacts.ts'
import { findReports, waitingReports } from './queries/lists.ts'
import { recallsToTell } from './queries/referrals.ts'
import { openProposals } from './queries/second.ts'
import { ownTexts } from './queries/translations.ts'
import { languageName } from './languages.ts'
import { words } from './words.ts'

const t = words('de')
const week = 7 * 86_400_000

/** What of the inbox waits for this person: hers when her role owns the clock, otherwise somebody else's. */
export async function waiting(tx: TenantTx, person: Person, slug: string): Promise<Waiting[]> {
  const { day } = formats('de')
  const rows = await waitingReports(tx)
  const told = person.verbs.has('intake.contacts') ? await untoldLines(tx, slug) : []
  const reports = rows.map((row): Waiting => {
    // What is held from others is seen by whoever stands in for them, and waits for nobody else.
    const held = row.held_for !== null
    const mine =
      held || row.owner_role === null || person.roles.includes(row.owner_role) || person.holds.includes(row.id)
    const soon = row.due_at === null || row.due_at.getTime() - tx.now.getTime() < week
    const pressing = held || row.danger || (row.due_at !== null && row.due_at.getTime() - tx.now.getTime() < 86_400_000)
    return {
      section: !mine ? 'others' : pressing ? 'now' : soon ? 'this-week' : 'later',
      what: t(row.danger ? 'waiting.danger' : 'waiting.report', { headline: isolated(row.headline) }),
      since: t('waiting.since', { day: day(row.received_on) }),
      dueAt: row.due_at,
      href: (row.step_kind === 'urgent' ? addresses.urgent : addresses.reportPage)(slug, row.id),
    }
  })
  const texts = person.verbs.has('intake.interpret') ? await textLines(tx, slug) : []
  const seconds = person.verbs.has('second.decide') ? await secondLines(tx, person, slug) : []
  const recalls = person.verbs.has('intake.decide') ? await recallLines(tx, slug) : []
  const advises = person.verbs.has('intake.advise') || person.verbs.has('intake.decide')
  const questions = advises ? await questionLines(tx, person, slug) : []
  return [...reports, ...questions, ...recalls, ...told, ...texts, ...seconds]
}

/** Questions of colleagues to answer, and one's own that were answered. */
async function questionLines(tx: TenantTx, person: Person, slug: string): Promise<Waiting[]> {
  const { day } = formats('de')
  const open = await openConsultations(tx)
  const mine = open.filter(({ own, answeredOn }) =>
    own ? answeredOn : !answeredOn && person.verbs.has('intake.decide'),
  )
  return mine.map(({ id, own, askedOn, answeredOn }) => ({
    section: 'this-week',
    what: t(own ? 'waiting.consult.answered' : 'waiting.consult'),
    since: t('waiting.since', { day: day(answeredOn ?? askedOn) }),
    dueAt: null,
    href: addresses.consultation(slug, id),
  }))
}

/** Offices that have a report nobody agrees to any more. */
async function recallLines(tx: TenantTx, slug: string): Promise<Waiting[]> {
  const { day } = formats('de')
  return (await recallsToTell(tx)).map(({ report, recalledOn }) => ({
    section: 'now',
    what: t('waiting.recalled'),
    since: t('waiting.since', { day: day(recalledOn ?? berlinDay(tx.now)) }),
    dueAt: null,
    href: addresses.referral(slug, report),
  }))
}

/** Questions about reports that wait for this person as the second one. */
async function secondLines(tx: TenantTx, person: Person, slug: string): Promise<Waiting[]> {
  const { day } = formats('de')
  return (await openProposals(tx, person.roles)).map(({ question, proposedOn, lapsesAt }) => ({
    section: 'now',
    what: t('waiting.second', { question }),
    since: t('waiting.since', { day: day(proposedOn) }),
    dueAt: lapsesAt,
    href: addresses.secondPersonReports(slug),
  }))
}

/** Texts an interpreter was asked for and has not put into German yet. */
async function textLines(tx: TenantTx, slug: string): Promise<Waiting[]> {
  const { day } = formats('de')
  const open = (await ownTexts(tx)).filter((row) => !row.done_on)
  return open.map((row) => ({
    section: 'this-week',
    what: t('waiting.translation', { language: languageName(row.language) }),
    since: t('waiting.since', { day: day(row.asked_on) }),
    dueAt: atBerlin(row.until_on),
    href: addresses.translations(slug, row.id),
  }))
}

interface Sheet {
  readonly report: string
  readonly caseId: string | null
}

const casesOf = (rows: readonly Sheet[]) => rows.flatMap(({ caseId }) => caseId ?? [])

/** The sheet of the case, where that is open to her; otherwise that of the report alone. */
const sheet = ({ report, caseId }: Sheet, open: ReadonlySet<string>) =>
  caseId && open.has(caseId) ? { case: caseId } : { report }

/** Persons on contact sheets who must be told that something about them is kept; in a case that is for those who work on it. */
async function untoldLines(tx: TenantTx, slug: string): Promise<Waiting[]> {
  const { day } = formats('de')
  const rows = await untold(tx)
  const open = await openToHer(tx, casesOf(rows))
  const hers = rows.filter(({ caseId }) => caseId === null || open.has(caseId))
  return hers.map((row) => ({
    section: row.by <= berlinDay(tx.now) ? 'now' : 'this-week',
    what: t('contacts.waiting'),
    since: t('waiting.since', { day: day(row.since) }),
    dueAt: atBerlin(row.by),
    href: addresses.contactSheet(slug, sheet(row, open)),
  }))
}

export async function search(tx: TenantTx, person: Person, slug: string, asked: string): Promise<Found[]> {
  const { day } = formats('de')
  const contacts = person.verbs.has('intake.contacts') ? await findContacts(tx, asked) : []
  const open = await openToHer(tx, casesOf(contacts))
  const reports = (await findReports(tx, asked)).map((row) => ({
    title: row.headline,
    about: t('found.report', { day: day(row.received_on) }),
    href: addresses.reportPage(slug, row.id),
  }))
  const sheets = contacts.map((row) => ({
    title: t('contacts.found'),
    about: t(row.caseId && open.has(row.caseId) ? 'contacts.found.case' : 'contacts.found.report'),
    href: addresses.contactSheet(slug, sheet(row, open)),
  }))
  return [...sheets, ...reports]
}

/** The reports a case was made of, as far as this person may open them. */
export async function aboutCase(tx: TenantTx, slug: string, caseId: string): Promise<CasePart | undefined> {
  const { day } = formats('de')
  const rows = await joinedReports(tx, { caseId })
  if (rows.length === 0) return undefined
  return {
    title: t('case.reports', { count: rows.length }),
    lines: rows.map(({ id, headline, receivedOn, channel, reason }) => ({
      text: headline,
      about: [day(receivedOn), t(`channel.${channel}`), reason].filter(Boolean).join(', '),
      href: addresses.reportPage(slug, id),
    })),
  }
}
