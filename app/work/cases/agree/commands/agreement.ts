import { record } from '#platform/audit/index.ts'
import { berlinDay, newId, NotAllowed, StaleEdit } from '#platform/kernel/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { modelInForce, plusMonths } from '#work/model/index.ts'
import { actor, enter, lockOpenCase, lockCase, seal, type Locked } from '../../commands/store.ts'
import { readTranslations } from '../queries.ts'
import type { Clause } from '../schema.ts'
import { carried } from '../translated.ts'

async function draftOf(tx: TenantTx, caseId: string) {
  const draft = tx.db.selectFrom('cases.agreement').selectAll().where('case_id', '=', caseId)
  return draft.where('state', '=', 'draft').forUpdate().executeTakeFirst()
}

const signedOf = (tx: TenantTx, caseId: string) =>
  tx.db
    .selectFrom('cases.agreement')
    .selectAll()
    .where('case_id', '=', caseId)
    .where('state', '=', 'signed')
    .executeTakeFirst()

async function startDraft(tx: TenantTx, { row }: Locked): Promise<string> {
  const last = await tx.db
    .selectFrom('cases.agreement')
    .select((eb) => eb.fn.max('number').as('number'))
    .where('case_id', '=', row.id)
    .executeTakeFirst()
  const id = newId()
  const number = (last?.number ?? 0) + 1
  await tx.db
    .insertInto('cases.agreement')
    .values({ id, case_id: row.id, number, made_on: berlinDay(tx.now), made_by: actor(tx) })
    .execute()
  return id
}

/**
 * Writes the draft of an agreement, in place of what it held. `onto` is the version the form was made from, 0 for none;
 * throws StaleEdit when there is a newer one. What is signed stays as it is: this begins the next version. Translations go along,
 * those of changed words as made before the change.
 */
export async function draftAgreement(
  tx: TenantTx,
  caseId: string,
  clauses: readonly Clause[],
  onto: number,
): Promise<void> {
  const locked = await lockOpenCase(tx, caseId)
  const before = await draftOf(tx, caseId)
  if (onto !== (before?.version ?? 0)) throw new StaleEdit(onto, before?.version ?? 0)
  const made = before ?? (await signedOf(tx, caseId))
  const agreement = before?.id ?? (await startDraft(tx, locked))
  await tx.db.deleteFrom('cases.clause').where('agreement_id', '=', agreement).execute()
  await tx.db
    .insertInto('cases.clause')
    .values(
      clauses.map(({ who, what, tell, dueOn }, place) => {
        const id = newId()
        const put = (column: string, value: string) => seal(tx, locked.key, 'clause', column, id, value)
        return {
          id,
          case_id: caseId,
          agreement_id: agreement,
          place,
          who: put('who', who),
          what: put('what', what),
          tell: tell ? put('tell', tell) : null,
          due_on: dueOn ?? null,
        }
      }),
    )
    .execute()
  if (before)
    await tx.db
      .updateTable('cases.agreement')
      .set({ version: before.version + 1, made_on: berlinDay(tx.now), made_by: actor(tx) })
      .where('id', '=', agreement)
      .execute()
  if (made?.translated) {
    const translated = JSON.stringify(carried(readTranslations(tx, locked.key, made), clauses))
    await tx.db
      .updateTable('cases.agreement')
      .set({ translated: seal(tx, locked.key, 'agreement', 'translated', agreement, translated) })
      .where('id', '=', agreement)
      .execute()
  }
  if (!before) await enter(tx, caseId, locked.key, { kind: 'agreement-drafted' })
  await record(tx, 'drafted-agreement', `case:${caseId}`)
}

/** The parties do not agree after all; what was signed before stays. */
export async function discardDraft(tx: TenantTx, caseId: string): Promise<void> {
  const { key } = await lockOpenCase(tx, caseId)
  const draft = await draftOf(tx, caseId)
  if (!draft) return
  await tx.db.deleteFrom('cases.clause').where('agreement_id', '=', draft.id).execute()
  await tx.db.deleteFrom('cases.agreement').where('id', '=', draft.id).execute()
  await enter(tx, caseId, key, { kind: 'agreement-discarded' })
  await record(tx, 'discarded-agreement', `case:${caseId}`)
}

/** The looks at a version that is replaced are over. */
async function endLooks(tx: TenantTx, agreement: string): Promise<void> {
  await tx.db
    .deleteFrom('cases.clause_look')
    .where('done_on', 'is', null)
    .where('clause_id', 'in', (eb) =>
      eb.selectFrom('cases.clause').select('cases.clause.id').where('agreement_id', '=', agreement),
    )
    .execute()
}

/** The draft is signed on paper: it replaces what was signed before, and each clause is looked at again after months. */
export async function signAgreement(
  tx: TenantTx,
  caseId: string,
  { signedOn, proof }: { signedOn: string; proof?: string },
): Promise<void> {
  const { key } = await lockOpenCase(tx, caseId)
  const draft = await draftOf(tx, caseId)
  if (!draft) throw new NotAllowed('agreement', { hidden: false })
  const signed = await tx.db
    .updateTable('cases.agreement')
    .set({ state: 'replaced' })
    .where('case_id', '=', caseId)
    .where('state', '=', 'signed')
    .returning('id')
    .execute()
  for (const { id } of signed) await endLooks(tx, id)
  await tx.db
    .updateTable('cases.agreement')
    .set({
      state: 'signed',
      signed_on: signedOn,
      proof: proof ? seal(tx, key, 'agreement', 'proof', draft.id, proof) : null,
      version: draft.version + 1,
    })
    .where('id', '=', draft.id)
    .execute()
  const { months } = (await modelInForce(tx)).model.followUps
  const clauses = await tx.db.selectFrom('cases.clause').select('id').where('agreement_id', '=', draft.id).execute()
  const looks = clauses.flatMap(({ id }) =>
    months.map((after) => ({ id: newId(), case_id: caseId, clause_id: id, due_on: plusMonths(signedOn, after) })),
  )
  if (looks.length > 0) await tx.db.insertInto('cases.clause_look').values(looks).execute()
  await enter(tx, caseId, key, { kind: 'agreement-signed' })
  await record(tx, 'signed-agreement', `case:${caseId}`)
}

/** Somebody asked whether a clause holds, on the telephone or on the spot. */
export async function noteLook(
  tx: TenantTx,
  caseId: string,
  { look, holding, note }: { look: string; holding: 'yes' | 'partly' | 'no' | 'unknown'; note?: string },
): Promise<void> {
  const { key } = await lockCase(tx, caseId)
  const { numUpdatedRows } = await tx.db
    .updateTable('cases.clause_look')
    .set({
      done_on: berlinDay(tx.now),
      done_by: actor(tx),
      holding,
      note: note ? seal(tx, key, 'clause_look', 'note', look, note) : null,
    })
    .where('case_id', '=', caseId)
    .where('id', '=', look)
    .where('done_on', 'is', null)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw new NotAllowed('look', { hidden: true })
  await enter(tx, caseId, key, { kind: `clause-${holding}` })
  await record(tx, 'looked', `case:${caseId}`)
}
