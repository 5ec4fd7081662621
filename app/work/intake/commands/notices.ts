import { sql } from 'kysely'
import { grantedOn, holdersOf, toldAbout } from '#platform/access/index.ts'
import { doneTo } from '#platform/audit/index.ts'
import { enqueue, type JobPayload } from '#platform/jobs/index.ts'
import { addDays, atBerlin, berlinDay } from '#platform/kernel/index.ts'
import { alert, isMailAddress, nextMorning, notify, queueMail, remind, type WriteLetter } from '#platform/mail/index.ts'
import { recordKey, type TenantTx } from '#platform/tenancy/index.ts'
import { isLanguage } from '#platform/i18n/index.ts'
import { takeTranslation } from './translate.ts'
import {
  calendarOf,
  current,
  modelIfAny,
  modelInForce,
  personsOf,
  say,
  substituteFor,
  type Published,
} from '#work/model/index.ts'

/** When the answers of a day are announced to those who reported: one batch, so that its time tells nothing. */
const batchTime = '17:00'

const columns = [
  'id',
  'held_for',
  'owner_role',
  'danger',
  'step',
  'step_kind',
  'synthetic',
  'waiting_since',
  'due_at',
  'notice',
] as const
const load = (tx: TenantTx, id: string) =>
  tx.db.selectFrom('intake.report').select(columns).where('id', '=', id).executeTakeFirst()
type Standing = NonNullable<Awaited<ReturnType<typeof load>>>

/** Of these roles those that may open the report; a question raised to the steering group is theirs to see. */
const readers = (model: Published, { step_kind }: Standing, roles: readonly string[]) =>
  roles
    .flatMap((role) => current(model, 'role', role) ?? [])
    .filter((role) => model.verbs.get(role)?.has(step_kind === 'raise' ? 'steering.decide' : 'intake.read'))

/** Before the substitute has decided who must not read it, nobody else learns that there is anything at all. */
async function substitutes(tx: TenantTx, model: Published, report: string): Promise<string[]> {
  const named = await tx.db.selectFrom('intake.exclusion').select('reader').where('report_id', '=', report).execute()
  const offices = named.flatMap(({ reader }) => reader ?? [])
  const everybody = await holdersOf(tx, [...model.roles.keys()])
  const out = new Set(personsOf(model, offices, everybody))
  const roles = substituteFor(model, offices)
  const persons = everybody.filter(({ role, person }) => roles.includes(role) && !out.has(person))
  return toldAbout(
    tx,
    report,
    persons.map(({ person }) => person),
    [...out],
  )
}

/** Who is told about a report: holders of the roles, or the substitute alone while it is held for her. */
async function audience(tx: TenantTx, model: Published, report: Standing, roles: readonly string[]): Promise<string[]> {
  if (report.held_for) return substitutes(tx, model, report.id)
  const holders = await holdersOf(tx, readers(model, report, roles))
  const granted = await grantedOn(tx, report.id)
  const offices = await officeReaders(tx, report.id)
  return toldAbout(tx, report.id, [...holders.map(({ person }) => person), ...granted, ...offices])
}

/** Who sits in an office that reads this one report: chosen by whoever reported, or passed on to. */
async function officeReaders(tx: TenantTx, report: string): Promise<string[]> {
  const rows = await tx.db
    .selectFrom('intake.reading')
    .select(['role', 'area'])
    .where('report_id', '=', report)
    .execute()
  const holders = await holdersOf(tx, [...new Set(rows.map(({ role }) => role))])
  const sits = ({ role, area }: (typeof holders)[number]) =>
    rows.some((row) => row.role === role && (row.area === '*' || !area || area === row.area))
  return holders.filter(sits).map(({ person }) => person)
}

/** Of these persons those who may be told of a report; while it is held, the substitutes among them. */
export async function keptClear(
  tx: TenantTx,
  model: Published,
  id: string,
  persons: readonly string[],
): Promise<string[]> {
  const report = await load(tx, id)
  if (!report) return []
  const clear = report.held_for ? await substitutes(tx, model, id) : undefined
  return toldAbout(tx, id, clear ? persons.filter((person) => clear.includes(person)) : persons)
}

const ownersOf = (model: Published, { owner_role }: Standing) => [owner_role ?? model.model.clocks.acknowledge.owner]
const atStep = (model: Published, { step }: Standing) => model.steps.get(current(model, 'step', step) ?? '')?.by ?? []

/** A report arrived, its reporter wrote again, or it was released by the substitute: tells those whose turn it is. */
export async function tellOfReport(tx: TenantTx, id: string): Promise<void> {
  const report = await load(tx, id)
  if (!report || report.synthetic) return
  const model = await modelInForce(tx)
  const persons = await audience(tx, model, report, ownersOf(model, report))
  if (!report.danger || report.step_kind !== 'urgent')
    return notify(tx, persons, nextMorning(calendarOf(model), tx.now))
  await alert(tx, persons, id)
  const at = new Date(tx.now.getTime() + model.model.clocks.danger.minutes * 60_000)
  await enqueue(tx, 'intake.danger-unopened', { report: id }, { at, key: `danger:${id}` })
}

/** Job: nobody has opened a report of danger in the model's time, so everybody who may act on it is told. */
export async function dangerUnopened(tx: TenantTx, { report: id = '' }: JobPayload): Promise<void> {
  const report = await load(tx, id)
  if (!report || report.step_kind !== 'urgent' || (await doneTo(tx, 'opened', [`report:${id}`])).size > 0) return
  const model = await modelInForce(tx)
  const roles = [model.model.clocks.danger.owner, ...atStep(model, report)]
  await alert(tx, await audience(tx, model, report, roles), `${id} unopened`)
}

/** Timed, on working mornings: who has something due today or overdue, and what nobody has opened yet. */
export async function morningRound(tx: TenantTx): Promise<void> {
  const model = await modelIfAny(tx)
  const today = berlinDay(tx.now)
  if (!model || !calendarOf(model).isWorkingDay(today)) return
  const reports = await tx.db
    .selectFrom('intake.report')
    .select(columns)
    .where('case_id', 'is', null)
    .where('merged_into', 'is', null)
    .where('step_kind', '<>', sql.lit('closed'))
    .where('synthetic', '=', false)
    .where((eb) => eb.or([eb('due_at', '<', atBerlin(addDays(today, 1))), eb('waiting_since', '<', atBerlin(today))]))
    .execute()
  const { unopened } = model.model.clocks
  const opened = await doneTo(
    tx,
    'opened',
    reports.map(({ id }) => `report:${id}`),
  )
  const persons = new Set<string>()
  const add = async (report: Standing, roles: readonly string[]) => {
    for (const person of await audience(tx, model, report, roles)) persons.add(person)
  }
  for (const report of reports) {
    const waits = calendarOf(model).addWorkingDays(report.waiting_since, unopened.days) < tx.now
    if (report.due_at && report.due_at < atBerlin(addDays(today, 1))) await add(report, ownersOf(model, report))
    if (waits && !opened.has(`report:${report.id}`)) await add(report, [unopened.owner, ...atStep(model, report)])
  }
  await remind(tx, [...persons], nextMorning(calendarOf(model), tx.now))
}

/** The office answered: a bare hint to whoever reported and asked for one, with the batch of the day. */
export async function tellReporter(tx: TenantTx, id: string): Promise<void> {
  const report = await load(tx, id)
  if (!report?.notice || report.synthetic) return
  const today = berlinDay(tx.now)
  const day = tx.now < atBerlin(today, batchTime) ? today : addDays(today, 1)
  await queueMail(tx, {
    kind: 'intake.answer',
    once: `${id} ${day}`,
    thing: `report:${id}`,
    at: atBerlin(day, batchTime),
  })
}

/** Nothing in it says what was reported, or that anything was. Numbers for SMS are not for the postman. */
export const answerLetter: WriteLetter = async (tx, { thing }) => {
  const id = thing?.slice('report:'.length) ?? ''
  const row = await tx.db
    .selectFrom('intake.report')
    .select(['notice', 'notice_key', 'language'])
    .where('id', '=', id)
    .executeTakeFirst()
  const key = row?.notice_key && (await recordKey(tx, row.notice_key))
  if (!row?.notice || !key) return undefined
  const to = tx.keys.reveal(key, { table: 'intake.report', column: 'notice', row: id }, row.notice).trim()
  if (!isMailAddress(to)) return undefined
  const text = say(
    (await modelInForce(tx)).model.notices['mailbox-notice'],
    isLanguage(row.language) ? row.language : 'de',
  )
  return { to, subject: text.replace(/[.。]$/u, ''), text: `${text}\n` }
}

/** An interpreter was asked for a text: told at once, like staff, without a word of what it is. */
export async function tellInterpreter(tx: TenantTx, person: string): Promise<void> {
  await notify(tx, [person], nextMorning(calendarOf(await modelInForce(tx)), tx.now))
}

/** A translation is there: the report is read in German from now on, and whoever waits for it is told. */
export async function tellOfTranslation(tx: TenantTx, id: string): Promise<void> {
  const report = await takeTranslation(tx, id)
  if (report) await tellOfReport(tx, report)
}
