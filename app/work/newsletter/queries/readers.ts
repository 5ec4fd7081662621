import { sql } from 'kysely'
import type { TenantTx } from '#platform/tenancy/index.ts'

/** How many people an issue of these topics would reach today. */
export async function readersFor(tx: TenantTx, topics: readonly string[]): Promise<number> {
  const { count } = await tx.db
    .selectFrom('newsletter.subscriber')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('state', '=', 'confirmed')
    .where(sql<boolean>`topics && ${[...topics]}::uuid[]`)
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** The name of somebody of the staff. */
export async function nameOf(tx: TenantTx, person: string): Promise<string> {
  const row = await tx.db.selectFrom('auth.person').select('name').where('id', '=', person).executeTakeFirst()
  return row?.name ?? ''
}
