import { record, recordReading } from '#platform/audit/index.ts'
import { livingKey, type TenantTx } from '#platform/tenancy/index.ts'

/** Questions that have not ended, as far as this person is concerned by them: her own, or all where she may answer. */
export async function openConsultations(tx: TenantTx) {
  if (tx.who.kind !== 'person') return []
  const me = tx.who.id
  const rows = await tx.db
    .selectFrom('intake.consultation')
    .select(['id', 'subject', 'asked_on', 'asked_by', 'answered_on'])
    .orderBy('asked_on')
    .orderBy('id')
    .limit(200)
    .execute()
  await recordReading(tx, 'listed', 'consultations')
  return rows.map((row) => ({
    id: row.id,
    subject: row.subject,
    askedOn: row.asked_on,
    answeredOn: row.answered_on,
    own: row.asked_by === me,
  }))
}

/** What ended, by month and subject; the newest first, at most 200. */
export const endedConsultations = (tx: TenantTx) =>
  tx.db
    .selectFrom('intake.consulted')
    .select(['month', 'subject', 'ethnicised', 'ended_as as endedAs'])
    .orderBy('month', 'desc')
    .orderBy('subject')
    .limit(200)
    .execute()

/** One question with its answer; writes the read entry. Undefined when it is not there for this person. */
export async function openConsultation(tx: TenantTx, id: string) {
  if (tx.who.kind !== 'person') return undefined
  const row = await tx.db.selectFrom('intake.consultation').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) return undefined
  await record(tx, 'opened', `consultation:${id}`)
  const key = await livingKey(tx, row.content_key)
  const at = (column: string) => ({ table: 'intake.consultation', column, row: id })
  return {
    id,
    subject: row.subject,
    ethnicised: row.ethnicised,
    askedOn: row.asked_on,
    answeredOn: row.answered_on,
    own: row.asked_by === tx.who.id,
    question: tx.keys.reveal(key, at('question'), row.question),
    answer: row.answer ? tx.keys.reveal(key, at('answer'), row.answer) : undefined,
  }
}
export type Consultation = NonNullable<Awaited<ReturnType<typeof openConsultation>>>
