import { holdersOf } from '#platform/access/index.ts'
import { record } from '#platform/audit/index.ts'
import { tell } from '#platform/facts/index.ts'
import { berlinDay, newId, NotAllowed } from '#platform/kernel/index.ts'
import { nextMorning, notify } from '#platform/mail/index.ts'
import { addKey, livingKey, type TenantTx } from '#platform/tenancy/index.ts'
import { calendarOf, modelInForce } from '#work/model/index.ts'
import { consultationAnswered, consultationAsked } from '../facts.ts'
import type { Asking } from '../schema.ts'

const place = (id: string, column: 'question' | 'answer') => ({ table: 'intake.consultation', column, row: id })

/** Whoever may decide on reports may answer. */
const answers = 'intake.decide'

/** A question to colleagues about a matter that stays with whoever asks. Returns its id. */
export async function askColleagues(tx: TenantTx, { subject, question, ethnicised }: Asking): Promise<string> {
  if (tx.who.kind !== 'person') throw new NotAllowed('consultation', { hidden: false })
  const id = newId()
  const key = await addKey(tx, 'consultation', id)
  await tx.db
    .insertInto('intake.consultation')
    .values({
      id,
      asked_by: tx.who.id,
      asked_on: berlinDay(tx.now),
      subject,
      ethnicised: ethnicised ?? null,
      content_key: key.id,
      question: tx.keys.seal<'consultation'>(key, place(id, 'question'), question),
    })
    .execute()
  await record(tx, 'consulted', `consultation:${id}`)
  await tell(tx, consultationAsked, `consultation:${id}`, {})
  return id
}

async function locked(tx: TenantTx, id: string) {
  const found = tx.db.selectFrom('intake.consultation').selectAll().where('id', '=', id).forUpdate()
  const row = await found.executeTakeFirst()
  if (!row || tx.who.kind !== 'person') throw new NotAllowed('consultation', { hidden: true })
  return { row, me: tx.who.id }
}

/** A colleague answers, once. */
export async function answerColleague(tx: TenantTx, id: string, text: string): Promise<void> {
  const { row, me } = await locked(tx, id)
  if (row.asked_by === me || row.answer) throw new NotAllowed('consultation', { hidden: false })
  const key = await livingKey(tx, row.content_key)
  await tx.db
    .updateTable('intake.consultation')
    .set({
      answer: tx.keys.seal<'consultation'>(key, place(id, 'answer'), text),
      answered_by: me,
      answered_on: berlinDay(tx.now),
    })
    .where('id', '=', id)
    .execute()
  await record(tx, 'consultation-answered', `consultation:${id}`)
  await tell(tx, consultationAnswered, `consultation:${id}`, {})
}

type Row = Awaited<ReturnType<typeof locked>>['row']
type End = 'stays' | 'advised'

/** The words go at once; subject and month stay as a number. */
async function end(tx: TenantTx, row: Row, as: End): Promise<void> {
  const month = `${row.asked_on.slice(0, 7)}-01`
  const { id, subject, ethnicised } = row
  await tx.db.insertInto('intake.consulted').values({ id: newId(), month, subject, ethnicised, ended_as: as }).execute()
  await tx.db.deleteFrom('intake.consultation').where('id', '=', id).execute()
  await tx.db
    .updateTable('platform.record_key')
    .set({ destroy_on: berlinDay(tx.now) })
    .where('id', '=', row.content_key)
    .execute()
  await record(tx, 'consultation-ended', `consultation:${id}`)
}

/** Whoever asked says how it goes on. */
export async function endConsultation(tx: TenantTx, id: string, as: End): Promise<void> {
  const { row, me } = await locked(tx, id)
  if (row.asked_by !== me) throw new NotAllowed('consultation', { hidden: false })
  await end(tx, row, as)
}

/** Whoever asked has left; the matter was hers, so nobody takes the question over. */
export async function endConsultationsOf(tx: TenantTx, person: string): Promise<void> {
  const rows = await tx.db.selectFrom('intake.consultation').selectAll().where('asked_by', '=', person).execute()
  for (const row of rows) await end(tx, row, 'advised')
}

/** A mail without content: to those who may answer, or to whoever asked. */
export async function tellOfConsultation(tx: TenantTx, id: string): Promise<void> {
  const row = await tx.db.selectFrom('intake.consultation').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) return
  const model = await modelInForce(tx)
  const roles = [...model.roles.keys()].filter((role) => model.verbs.get(role)?.has(answers))
  const able = (await holdersOf(tx, roles)).map(({ person }) => person).filter((person) => person !== row.asked_by)
  await notify(tx, row.answered_on ? [row.asked_by] : able, nextMorning(calendarOf(model), tx.now))
}
