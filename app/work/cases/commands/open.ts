import { record } from '#platform/audit/index.ts'
import { tell } from '#platform/facts/index.ts'
import { berlinDay, caseNumber, newId } from '#platform/kernel/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { deadline, modelInForce, stepOfKind } from '#work/model/index.ts'
import { caseOpened } from '../facts.ts'

export interface NewCase {
  /** What it is about, in a sentence. */
  readonly matter: string
  readonly area: string
  readonly subject: string
}

/** Opens a case under the model in force; it keeps that version until somebody moves it on purpose. Returns its id. */
export async function openCase(tx: TenantTx, { matter, area, subject }: NewCase): Promise<string> {
  const model = await modelInForce(tx)
  const step = stepOfKind(model, 'open')
  const id = newId()
  const dueAt = deadline(model, step.id, tx.now)
  const { key, wrapped } = tx.keys.newKey('case')
  await tx.db.insertInto('platform.record_key').values({ id: key.id, class: key.class, record_id: id, wrapped }).execute()
  await tx.db
    .insertInto('cases.case')
    .values({
      id,
      number: caseNumber(),
      opened_on: berlinDay(tx.now),
      area,
      subject,
      step: step.id,
      step_kind: step.kind,
      model_version: model.versionId,
      due_at: dueAt,
      list_at: dueAt ?? tx.now,
      owner_role: step.within?.owner ?? null,
      content_key: key.id,
      matter: tx.keys.seal<'case'>(key, { table: 'cases.case', column: 'matter', row: id }, matter),
    })
    .execute()
  await record(tx, 'opened', `case:${id}`)
  await tell(tx, caseOpened, `case:${id}`, { ownerRole: step.within?.owner ?? null })
  return id
}
