import { record } from '#platform/audit/index.ts'
import { berlinDay, newId, NotAllowed, StaleEdit } from '#platform/kernel/index.ts'
import { addKey, livingKey, type TenantTx } from '#platform/tenancy/index.ts'
import { modelInForce, plusMonths } from '#work/model/index.ts'
import { tracesOf } from '../contacts.ts'
import type { ContactData } from '../schema.ts'
import type { OneText } from './translate.ts'

const columns = ['role', 'name', 'ways', 'note'] as const

/** In a Register ohne Personen there is no sheet, whatever was sent. */
async function demandPersons(tx: TenantTx): Promise<void> {
  if (!(await modelInForce(tx)).model.persons) throw new NotAllowed('contact sheet', { hidden: true })
}

async function sealed(tx: TenantTx, keyId: string, entry: string, data: ContactData) {
  const key = await livingKey(tx, keyId)
  const seal = (column: (typeof columns)[number]) => {
    const text = data[column]
    return text ? tx.keys.seal<'contact'>(key, { table: 'intake.contact_entry', column, row: entry }, text) : null
  }
  return { role: seal('role'), name: seal('name'), ways: seal('ways'), note: seal('note') }
}

async function makeFindableByName(tx: TenantTx, entry: string, data: ContactData): Promise<void> {
  await tx.db.deleteFrom('intake.contact_token').where('entry_id', '=', entry).execute()
  const tokens = tokensOf(tx, tracesOf(data))
  if (tokens.length === 0) return
  await tx.db
    .insertInto('intake.contact_token')
    .values(tokens.map((token) => ({ token, entry_id: entry })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Keyed hashes of names and numbers; nothing else of them is compared. */
export const tokensOf = (tx: TenantTx, { names, numbers }: ReturnType<typeof tracesOf>): Buffer[] => [
  ...names.map((name) => tx.keys.token('contact-name', name)),
  ...numbers.map((number) => tx.keys.token('contact-number', number)),
]

interface Origin {
  readonly fromCheck: boolean
  readonly message?: string
}

async function insertEntry(
  tx: TenantTx,
  report: string,
  data: ContactData,
  { fromCheck, message }: Origin,
): Promise<string> {
  const row = await tx.db.selectFrom('intake.report').select(['case_id']).where('id', '=', report).executeTakeFirst()
  if (!row) throw new NotAllowed('report', { hidden: true })
  const id = newId()
  const key = await addKey(tx, 'contact', report)
  const today = berlinDay(tx.now)
  await tx.db
    .insertInto('intake.contact_entry')
    .values({
      id,
      report_id: report,
      case_id: row.case_id,
      contact_key: key.id,
      ...(await sealed(tx, key.id, id, data)),
      from_check: fromCheck,
      message_id: message ?? null,
      made_on: today,
      inform_by: plusMonths(today, 1),
    })
    .execute()
  await makeFindableByName(tx, id, data)
  return id
}

/** Writes a person onto the sheet of a report; the day by which she must be told begins to run. */
export async function addContact(tx: TenantTx, report: string, data: ContactData): Promise<string> {
  await demandPersons(tx)
  const id = await insertEntry(tx, report, data, { fromCheck: false })
  await record(tx, 'contact-added', `report:${report}`)
  return id
}

async function lockEntry(tx: TenantTx, id: string) {
  const row = await tx.db
    .selectFrom('intake.contact_entry')
    .select(['id', 'report_id', 'contact_key', 'version'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw new NotAllowed('contact entry', { hidden: true })
  return row
}

/** Changes an entry; from then on it is written by hand, and taking a check back leaves it alone. */
export async function changeContact(tx: TenantTx, id: string, data: ContactData, version: number): Promise<void> {
  await demandPersons(tx)
  const row = await lockEntry(tx, id)
  if (row.version !== version) throw new StaleEdit(version, row.version)
  const texts = await sealed(tx, row.contact_key, id, data)
  await tx.db
    .updateTable('intake.contact_entry')
    .set((eb) => ({ ...texts, from_check: false, version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .execute()
  await makeFindableByName(tx, id, data)
  await record(tx, 'contact-changed', `report:${row.report_id}`)
}

/** Takes an entry off the sheet; its key is given up today. */
export async function removeContact(tx: TenantTx, id: string): Promise<void> {
  const row = await lockEntry(tx, id)
  await forget(tx, [row])
  await record(tx, 'contact-removed', `report:${row.report_id}`)
}

/** The person was told that something about her is kept, or need not be, with the reason. */
export async function noteInformed(tx: TenantTx, id: string, why: string | undefined): Promise<void> {
  const row = await lockEntry(tx, id)
  const key = await livingKey(tx, row.contact_key)
  const place = { table: 'intake.contact_entry', column: 'uninformed', row: id }
  await tx.db
    .updateTable('intake.contact_entry')
    .set({ informed_on: berlinDay(tx.now), uninformed: why ? tx.keys.seal<'contact'>(key, place, why) : null })
    .where('id', '=', id)
    .execute()
  await record(tx, why ? 'contact-not-informed' : 'contact-informed', `report:${row.report_id}`)
}

async function forget(tx: TenantTx, rows: readonly { id: string; contact_key: string }[]): Promise<void> {
  if (rows.length === 0) return
  const ids = rows.map(({ id }) => id)
  await tx.db.deleteFrom('intake.contact_token').where('entry_id', 'in', ids).execute()
  await tx.db.deleteFrom('intake.contact_entry').where('id', 'in', ids).execute()
  await tx.db
    .updateTable('platform.record_key')
    .set({ destroy_on: berlinDay(tx.now) })
    .where(
      'id',
      'in',
      rows.map(({ contact_key }) => contact_key),
    )
    .execute()
}

/** What checking moved here takes the place of what an earlier check had moved; entries written by hand stay. */
export async function moveFromCheck(
  tx: TenantTx,
  { report, message }: OneText,
  passages: readonly string[],
): Promise<void> {
  const before = await tx.db
    .selectFrom('intake.contact_entry')
    .select(['id', 'contact_key'])
    .where('report_id', '=', report)
    .where('from_check', '=', true)
    .where('message_id', message ? '=' : 'is', message ?? null)
    .execute()
  await forget(tx, before)
  if (passages.length > 0) await demandPersons(tx)
  for (const note of passages) await insertEntry(tx, report, { note }, { fromCheck: true, message })
}
