import { record } from '#platform/audit/index.ts'
import { admitted, holdersOf } from '#platform/access/index.ts'
import { livingKey, recordKey, type TenantTx } from '#platform/tenancy/index.ts'
import { interpreterRoles } from '../commands/translate.ts'

/** Every translation of a report's texts, by message; `undefined` for the report's own words. */
export async function translationsOf(tx: TenantTx, report: string) {
  const rows = await tx.db
    .selectFrom('intake.translation')
    .selectAll()
    .where('report_id', '=', report)
    .where('direction', '=', 'in')
    .execute()
  const found = []
  for (const row of rows) {
    const key = await recordKey(tx, row.content_key)
    if (!key) continue
    const place = { table: 'intake.translation', column: 'text', row: row.id }
    found.push({
      id: row.id,
      message: row.message_id ?? undefined,
      text: row.text ? tx.keys.reveal(key, place, row.text) : undefined,
      interpreter: row.interpreter,
      untilOn: row.until_on,
      ended: row.ended,
      doneOn: row.done_on,
    })
  }
  return found
}
export type Translation = Awaited<ReturnType<typeof translationsOf>>[number]

/** Answers that go, or went, through an interpreter; with `message` they are in the mailbox. The oldest first. */
export async function outgoingOf(tx: TenantTx, report: string) {
  const rows = await tx.db
    .selectFrom('intake.translation as t')
    .leftJoin('auth.person as p', (join) =>
      join.onRef('p.municipality_id', '=', 't.municipality_id').onRef('p.id', '=', 't.interpreter'),
    )
    .selectAll('t')
    .select('p.name')
    .where('t.report_id', '=', report)
    .where('t.direction', '=', 'out')
    .orderBy('t.asked_on')
    .orderBy((eb) => eb('t.message_id', 'is', null))
    .orderBy('t.id')
    .execute()
  const found = []
  for (const row of rows) {
    const key = await recordKey(tx, row.content_key)
    if (!key) continue
    const at = (column: string) => ({ table: 'intake.translation', column, row: row.id })
    found.push({
      id: row.id,
      message: row.message_id ?? undefined,
      language: row.language,
      source: tx.keys.reveal(key, at('source'), row.source),
      text: row.text ? tx.keys.reveal(key, at('text'), row.text) : undefined,
      name: row.name,
      untilOn: row.until_on,
      /** The interpreter has left; no translation comes any more. */
      given: row.ended && row.text === null,
      version: row.version,
    })
  }
  return found
}

/** Who can be asked: everybody who translates for this municipality and is not kept from this report. */
export async function interpreters(tx: TenantTx, report: string): Promise<{ id: string; name: string }[]> {
  const holders = await holdersOf(tx, await interpreterRoles(tx))
  return admitted(
    tx,
    report,
    holders.map(({ person }) => person),
  )
}

/** The texts this interpreter was asked for: language and days, nothing of their content. */
export async function ownTexts(tx: TenantTx) {
  if (tx.who.kind !== 'person') return []
  return tx.db
    .selectFrom('intake.translation')
    .select(['id', 'language', 'direction', 'asked_on', 'until_on', 'done_on'])
    .where('interpreter', '=', tx.who.id)
    .orderBy('done_on', (order) => order.desc().nullsFirst())
    .orderBy('asked_on')
    .limit(50)
    .execute()
}

/** One text for its interpreter; writes the read entry. Undefined when it is not hers, or no longer. */
export async function openText(tx: TenantTx, id: string) {
  if (tx.who.kind !== 'person') return undefined
  const row = await tx.db
    .selectFrom('intake.translation')
    .selectAll()
    .where('id', '=', id)
    .where('interpreter', '=', tx.who.id)
    .executeTakeFirst()
  if (!row) return undefined
  await record(tx, 'opened', `translation:${id}`)
  const key = await livingKey(tx, row.content_key)
  const at = (column: string) => ({ table: 'intake.translation', column, row: id })
  return {
    id,
    direction: row.direction,
    veil: row.veil,
    language: row.language,
    untilOn: row.until_on,
    version: row.version,
    source: tx.keys.reveal(key, at('source'), row.source),
    text: row.text ? tx.keys.reveal(key, at('text'), row.text) : '',
    doneOn: row.done_on,
  }
}
export type TextToTranslate = NonNullable<Awaited<ReturnType<typeof openText>>>
