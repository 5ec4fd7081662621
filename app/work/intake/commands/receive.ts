import { entryOf } from '#platform/audit/index.ts'
import { newReceiptCode, type RecordKey } from '#platform/crypto/index.ts'
import { factRow } from '#platform/facts/index.ts'
import { berlinDay, newId, startOfBerlinDay } from '#platform/kernel/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { clockAt, isInside, modelInForce, readersToExclude, stepOfKind, type Published } from '#work/model/index.ts'
import { probeReceived, reportReceived } from '../facts.ts'
import { headlineOf, heldForOf, rankOf } from '../rules.ts'
import type { NewReport } from '../schema.ts'
import { letOfficeRead } from './reading.ts'
import { markOf, type Probe } from './probe.ts'

export interface Received {
  readonly id: string
  /** Eighteen digits; shown once, kept only as a keyed hash. */
  readonly code: string
  readonly receivedAt: string
}

/** What every sealed value of this report is sealed for. */
const place = (row: string, column: string) => ({ table: 'intake.report', column, row })

/** Anonymous reports keep the calendar day only. */
const knownSince = (tx: TenantTx, report: NewReport) =>
  report.anonymity === 'anonymous' && tx.who.kind === 'public' ? startOfBerlinDay(berlinDay(tx.now)) : tx.now

function sealedParts(tx: TenantTx, id: string, report: NewReport, retentionClass: 'report' | 'probe') {
  const content = tx.keys.newKey(retentionClass)
  const contact = report.contact ? tx.keys.newKey('contact') : undefined
  const notice = report.notice ? tx.keys.newKey('notice') : undefined
  const seal = <K extends string>(made: { key: RecordKey } | undefined, column: string, text: string | undefined) =>
    made && text ? tx.keys.seal<K>(made.key, place(id, column), text) : null
  const extras = report.extras && JSON.stringify(report.extras)
  return {
    content: content.key,
    keys: [content, contact, notice].filter((made) => made !== undefined),
    columns: {
      content_key: content.key.id,
      contact_key: contact?.key.id ?? null,
      notice_key: notice?.key.id ?? null,
      headline: tx.keys.seal<'report'>(content.key, place(id, 'headline'), headlineOf(report.observed)),
      observed: tx.keys.seal<'report'>(content.key, place(id, 'observed'), report.observed),
      concluded: seal<'report'>(content, 'concluded', report.concluded),
      extras: seal<'report'>(content, 'extras', extras === '{}' ? undefined : extras),
      contact: seal<'contact'>(contact, 'contact', report.contact),
      notice: seal<'notice'>(notice, 'notice', report.notice),
    },
  }
}

/** What lists and filters need. */
const plainParts = (report: NewReport) => ({
  channel: report.channel,
  language: report.language,
  anonymity: report.anonymity,
  area: report.area,
  subject: report.subject,
  office: report.office ?? null,
  wish: report.wish ?? null,
  danger: report.danger,
  occurred_on: report.occurredOn ?? null,
})

/** Ongoing danger goes to Sofort where the model has it; everything else to the step where reports arrive. */
const firstStep = ({ model, firstStep }: Published, danger: boolean) =>
  (danger ? model.steps.find((step) => step.kind === 'urgent') : undefined) ?? firstStep

/** Offices are kept by their id, typed words sealed: both wait for the substitute's decision. */
async function noteExclusions(
  tx: TenantTx,
  id: string,
  key: RecordKey,
  names: readonly string[],
  offices: readonly string[],
): Promise<void> {
  if (names.length === 0) return
  const rows = names.map((name, number) => {
    const reader = offices.includes(name) ? name : null
    const typed = reader
      ? null
      : tx.keys.seal<'report'>(key, { table: 'intake.exclusion', column: 'typed', row: `${id}:${number}` }, name)
    return { report_id: id, number, reader, typed }
  })
  await tx.db.insertInto('intake.exclusion').values(rows).execute()
}

/**
 * Takes a report in: sealed, recorded, told, durable before the code is shown. One statement for all rows, because
 * each round trip to the database costs as much as the sealing.
 */
export async function receiveReport(
  tx: TenantTx,
  report: NewReport,
  id: string = newId(),
  probe?: Probe,
): Promise<Received> {
  const model = await modelInForce(tx)
  // The probe is closed as it arrives: it waits for nobody and stands in no list.
  const step = probe ? stepOfKind(model, 'closed') : firstStep(model, report.danger)
  const since = knownSince(tx, report)
  const code = newReceiptCode()
  const { content, keys, columns } = sealedParts(tx, id, report, probe ? 'probe' : 'report')
  const row = {
    id,
    received_on: berlinDay(tx.now),
    ...plainParts(report),
    step: step.id,
    step_kind: step.kind,
    model_version: model.versionId,
    ...clockAt(model, step.id, since),
    rank: rankOf(report),
    waiting_since: since,
    ...columns,
    receipt: tx.lookup('receipt', code),
    held_for: heldForOf({ ...report, inside: isInside(model, report.subject) }),
    entered_by: tx.who.kind === 'person' ? tx.who.id : null,
    synthetic: probe !== undefined,
    synthetic_mark: probe ? markOf(tx, id) : null,
  }
  const fact = factRow(tx, probe ? probeReceived : reportReceived, `report:${id}`, {
    urgent: report.danger,
    heldFor: row.held_for,
    ownerRole: row.owner_role,
  })
  await tx.db
    .with('keys', (db) =>
      db
        .insertInto('platform.record_key')
        .values(keys.map(({ key, wrapped }) => ({ id: key.id, class: key.class, record_id: id, wrapped }))),
    )
    .with('entry', (db) => db.insertInto('platform.audit_entry').values(entryOf(tx, 'received', `report:${id}`)))
    .with('fact', (db) => db.insertInto('platform.fact').values(fact))
    .insertInto('intake.report')
    .values(row)
    .execute()
  if (report.office && report.office !== model.model.readers.usual) await letOfficeRead(tx, id, model, report.office)
  await noteExclusions(
    tx,
    id,
    content,
    report.notVisibleTo,
    readersToExclude(model).map((office) => office.id),
  )
  return { id, code, receivedAt: row.received_on }
}
