import { record } from '#platform/audit/index.ts'
import { berlinDay, newId } from '#platform/kernel/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import type { NewTopic } from '../schema.ts'

/** Adds something one can subscribe to. Returns its id. */
export async function addTopic(tx: TenantTx, { name, nameEn, reach }: NewTopic): Promise<string> {
  const id = newId()
  await tx.db
    .insertInto('newsletter.topic')
    .values({ id, name, name_en: nameEn || null, reach, closed_on: null })
    .execute()
  await record(tx, 'opened', `topic:${id}`)
  return id
}

/** From tomorrow on nobody is offered it; who had chosen it keeps her other topics. */
export async function closeTopic(tx: TenantTx, id: string): Promise<void> {
  await tx.db
    .updateTable('newsletter.topic')
    .set({ closed_on: berlinDay(tx.now) })
    .where('id', '=', id)
    .execute()
  await record(tx, 'closed', `topic:${id}`)
}
