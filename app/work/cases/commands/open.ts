import { record } from '#platform/audit/index.ts'
import { tell } from '#platform/facts/index.ts'
import { berlinDay, newId } from '#platform/kernel/index.ts'
import { indexRecord } from '#platform/search/index.ts'
import { addKey, type TenantTx } from '#platform/tenancy/index.ts'
import { clockAt, modelVersion, stepOf } from '#work/model/index.ts'
import { caseOpened } from '../facts.ts'
import { newNumbers } from './numbers.ts'
import { enter } from './store.ts'

export interface NewCase {
  /** What it is about, in a sentence. */
  readonly matter: string
  readonly area: string
  readonly subject: string
  /** The step the case begins at, and the version it keeps. */
  readonly at: string
  readonly modelVersion: string
  /** How the report came that it was opened from. */
  readonly channel?: string
}

/** Opens a case; it keeps its version of the model until somebody moves it on purpose. Returns its id. */
export async function openCase(
  tx: TenantTx,
  { matter, area, subject, at, modelVersion: versionId, channel }: NewCase,
): Promise<string> {
  const model = await modelVersion(tx, versionId)
  const step = stepOf(model, at)
  const id = newId()
  const clock = clockAt(model, step.id, tx.now)
  const key = await addKey(tx, 'case', id)
  const [number] = await newNumbers(tx, 1)
  await tx.db
    .insertInto('cases.case')
    .values({
      id,
      number: number!,
      opened_on: berlinDay(tx.now),
      area,
      subject,
      step: step.id,
      step_kind: step.kind,
      model_version: model.versionId,
      ...clock,
      list_at: clock.due_at ?? tx.now,
      content_key: key.id,
      channel: channel ?? null,
      matter: tx.keys.seal<'case'>(key, { table: 'cases.case', column: 'matter', row: id }, matter),
    })
    .execute()
  await enter(tx, id, key, { kind: 'opened', step: step.id })
  await indexRecord(tx, id, [matter])
  await record(tx, 'opened', `case:${id}`)
  await tell(tx, caseOpened, `case:${id}`, { ownerRole: clock.owner_role })
  return id
}
