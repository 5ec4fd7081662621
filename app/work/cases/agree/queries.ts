import type { Sealed } from '#platform/crypto/index.ts'
import { livingKey, type TenantTx } from '#platform/tenancy/index.ts'
import { reveal } from '../commands/store.ts'

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
    clauses: clauses
      .filter(({ agreement }) => agreement === row.id)
      .map((clause) => ({ ...clause, looks: looks.filter((look) => look.clause === clause.id) })),
  }))
}
export type Agreement = Awaited<ReturnType<typeof agreements>>[number]
