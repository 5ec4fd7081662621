import { record, recordReading } from '#platform/audit/index.ts'
import { addDays, berlinDay, NotAllowed } from '#platform/kernel/index.ts'
import { recordKey, type TenantTx } from '#platform/tenancy/index.ts'
import { readsExtract, stepKindOf } from '#work/cases/index.ts'
import { modelInForce } from '#work/model/index.ts'
import { tokensOf } from '../commands/contacts.ts'
import { tracesAsked } from '../contacts.ts'

/** Whose sheet is meant. */
export type SheetOf = { readonly report: string } | { readonly case: string }

/** Throws where there is no such sheet: no such record for this person, no more than an extract, or a Register ohne Personen. */
export async function demandSheet(tx: TenantTx, of: SheetOf): Promise<void> {
  const found =
    'case' in of
      ? !(await readsExtract(tx, of.case)) && (await stepKindOf(tx, of.case))
      : await tx.db.selectFrom('intake.report').select('id').where('id', '=', of.report).executeTakeFirst()
  if (!found || !(await modelInForce(tx)).model.persons) throw new NotAllowed('contact sheet', { hidden: true })
}

const thingOf = (of: SheetOf) => ('report' in of ? `report:${of.report}` : `case:${of.case}`)

async function rowsOf(tx: TenantTx, of: SheetOf) {
  const query = tx.db.selectFrom('intake.contact_entry').selectAll().orderBy('made_on').orderBy('id')
  return 'report' in of
    ? query.where('report_id', '=', of.report).execute()
    : query.where('case_id', '=', of.case).execute()
}

/** The sheet of a report, or of a case: everybody on the sheets of its reports. Every opening writes an entry. */
export async function openContacts(tx: TenantTx, of: SheetOf) {
  const rows = await rowsOf(tx, of)
  await record(tx, 'contacts-opened', thingOf(of))
  const entries = []
  for (const row of rows) {
    const key = await recordKey(tx, row.contact_key)
    if (!key) continue
    const reveal = (column: 'role' | 'name' | 'ways' | 'note' | 'uninformed') => {
      const value = row[column]
      return value ? tx.keys.reveal(key, { table: 'intake.contact_entry', column, row: row.id }, value) : undefined
    }
    entries.push({
      id: row.id,
      version: row.version,
      fromCheck: row.from_check,
      informBy: row.inform_by,
      informedOn: row.informed_on,
      role: reveal('role'),
      name: reveal('name'),
      ways: reveal('ways'),
      note: reveal('note'),
      uninformed: reveal('uninformed'),
    })
  }
  return entries
}
export type Contact = Awaited<ReturnType<typeof openContacts>>[number]

/** Sheets on which exactly this name or number stands; every search of this kind writes an entry. */
export async function findContacts(tx: TenantTx, asked: string): Promise<{ report: string; caseId: string | null }[]> {
  const tokens = tokensOf(tx, tracesAsked(asked))
  if (tokens.length === 0) return []
  await recordReading(tx, 'contacts-searched', 'contacts')
  const rows = await tx.db
    .selectFrom('intake.contact_token as t')
    .innerJoin('intake.contact_entry as e', (join) =>
      join.onRef('e.municipality_id', '=', 't.municipality_id').onRef('e.id', '=', 't.entry_id'),
    )
    .select(['e.report_id', 'e.case_id', 'e.made_on'])
    .distinct()
    .where('t.token', 'in', tokens)
    .orderBy('e.made_on', 'desc')
    .limit(50)
    .execute()
  return rows.map(({ report_id, case_id }) => ({ report: report_id, caseId: case_id }))
}

/** Sheets with somebody who must be told within a week and has not been, each once with its first day. */
export async function untold(
  tx: TenantTx,
): Promise<{ report: string; caseId: string | null; by: string; since: string }[]> {
  const rows = await tx.db
    .selectFrom('intake.contact_entry')
    .select(['report_id', 'case_id'])
    .select((eb) => [eb.fn.min('inform_by').as('by'), eb.fn.min('made_on').as('since')])
    .where('informed_on', 'is', null)
    .where('inform_by', '<=', addDays(berlinDay(tx.now), 7))
    .groupBy(['report_id', 'case_id'])
    .limit(50)
    .execute()
  return rows.map(({ report_id, case_id, by, since }) => ({ report: report_id, caseId: case_id, by, since }))
}
