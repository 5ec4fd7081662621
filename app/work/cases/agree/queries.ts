import type { RecordKey, Sealed } from '#platform/crypto/index.ts'
import { berlinDay } from '#platform/kernel/index.ts'
import { livingKey, type TenantTx } from '#platform/tenancy/index.ts'
import { plusMonths } from '#work/model/index.ts'
import { reveal } from '../commands/store.ts'
import type { Foreign, Translations } from './translated.ts'

async function clausesOf(tx: TenantTx, caseId: string, contentKey: string) {
  const key = await livingKey(tx, contentKey)
  const rows = await tx.db
    .selectFrom('cases.clause')
    .selectAll()
    .where('case_id', '=', caseId)
    .orderBy('place')
    .execute()
  const open = (id: string, column: string, value: Sealed<'case'>) => reveal(tx, key, ['clause', column, id], value)
  return rows.map((row) => ({
    id: row.id,
    agreement: row.agreement_id,
    who: open(row.id, 'who', row.who),
    what: open(row.id, 'what', row.what),
    tell: row.tell ? open(row.id, 'tell', row.tell) : undefined,
    dueOn: row.due_on,
  }))
}
export type ShownClause = Awaited<ReturnType<typeof clausesOf>>[number]

async function looksOf(tx: TenantTx, caseId: string, contentKey: string) {
  const key = await livingKey(tx, contentKey)
  const rows = await tx.db
    .selectFrom('cases.clause_look')
    .selectAll()
    .where('case_id', '=', caseId)
    .orderBy('due_on')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    clause: row.clause_id,
    dueOn: row.due_on,
    doneOn: row.done_on,
    holding: row.holding,
    note: row.note ? reveal(tx, key, ['clause_look', 'note', row.id], row.note) : undefined,
  }))
}

/** The clauses of a version in other languages. */
export const readTranslations = (
  tx: TenantTx,
  key: RecordKey,
  { id, translated }: { id: string; translated: Sealed<'case'> | null },
): Translations =>
  translated ? (JSON.parse(reveal(tx, key, ['agreement', 'translated', id], translated)) as Translations) : {}

/** Changes with the translation into this language and with the words it is made from. */
export const translationMark = ({ version, translated }: Agreement, language: Foreign): number =>
  version + (translated[language]?.version ?? 0)

/** All versions of a case's agreement, newest first, each with its clauses and the looks at them. */
export async function agreements(tx: TenantTx, caseId: string, contentKey: string) {
  const rows = await tx.db
    .selectFrom('cases.agreement')
    .selectAll()
    .where('case_id', '=', caseId)
    .orderBy('number', 'desc')
    .execute()
  if (rows.length === 0) return []
  const key = await livingKey(tx, contentKey)
  const clauses = await clausesOf(tx, caseId, contentKey)
  const looks = await looksOf(tx, caseId, contentKey)
  return rows.map((row) => ({
    id: row.id,
    number: row.number,
    state: row.state,
    madeOn: row.made_on,
    signedOn: row.signed_on,
    version: row.version,
    proof: row.proof ? reveal(tx, key, ['agreement', 'proof', row.id], row.proof) : undefined,
    translated: readTranslations(tx, key, row),
    clauses: clauses
      .filter(({ agreement }) => agreement === row.id)
      .map((clause) => ({ ...clause, looks: looks.filter((look) => look.clause === clause.id) })),
  }))
}
export type Agreement = Awaited<ReturnType<typeof agreements>>[number]

/** What stands on the public page of this case's clauses, and which clause each came from. */
export const commitmentsOf = (tx: TenantTx, caseId: string) =>
  tx.db
    .selectFrom('cases.commitment')
    .select(['id', 'clause_id as clause', 'who', 'what', 'due_on as dueOn', 'state', 'state_on as stateOn'])
    .where('case_id', '=', caseId)
    .orderBy('released_on')
    .orderBy('id')
    .execute()

/** For how many months something that is over stays on the public page. */
const shownAfterwards = 12

/** What has been promised in public: what runs by its day, what is over the newest first. No way back to a case. */
export async function publicCommitments(tx: TenantTx) {
  const rows = await tx.db
    .selectFrom('cases.commitment')
    .select(['who', 'what', 'due_on as dueOn', 'state', 'state_on as stateOn'])
    .where((eb) =>
      eb.or([eb('state', '=', 'open'), eb('state_on', '>', plusMonths(berlinDay(tx.now), -shownAfterwards))]),
    )
    .orderBy('due_on')
    .orderBy('released_on')
    .orderBy('id')
    .limit(200)
    .execute()
  return { running: rows.filter(({ state }) => state === 'open'), over: rows.filter(({ state }) => state !== 'open') }
}

/** Whether there is anything to read on the public page. */
export async function anyCommitment(tx: TenantTx): Promise<boolean> {
  return (await tx.db.selectFrom('cases.commitment').select('id').limit(1).executeTakeFirst()) !== undefined
}

/** Which parties were asked over a link, and what they said of each clause; the last asked first. */
export async function askedOf(tx: TenantTx, caseId: string, contentKey: string) {
  const [links, answers, key] = await Promise.all([
    tx.db
      .selectFrom('cases.look_link')
      .selectAll()
      .where('case_id', '=', caseId)
      .orderBy('made_on', 'desc')
      .orderBy('id')
      .execute(),
    tx.db.selectFrom('cases.look_answer').selectAll().where('case_id', '=', caseId).orderBy('id').execute(),
    livingKey(tx, contentKey),
  ])
  return links.map((link) => ({
    party: reveal(tx, key, ['look_link', 'party', link.id], link.party),
    madeOn: link.made_on,
    untilOn: link.until_on,
    usedOn: link.used_on,
    answers: answers
      .filter((answer) => answer.link_id === link.id)
      .map((answer) => ({
        clause: answer.clause_id,
        holding: answer.holding,
        note: answer.note ? reveal(tx, key, ['look_answer', 'note', answer.id], answer.note) : undefined,
      })),
  }))
}
export type Asked = Awaited<ReturnType<typeof askedOf>>[number]
