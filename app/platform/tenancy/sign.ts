import { sql } from 'kysely'
import type { Municipality, TenantTx } from './tenants.ts'

export type TownSign = Pick<
  Municipality,
  'name' | 'kind' | 'accent' | 'arms' | 'opened_at' | 'proxy_logs' | 'proxy_days' | 'proxy_on'
>

let changedAt = 0

/** Changes what stands on this municipality's sign; what is not named stays. Record it beside the call. */
export async function setTownSign(tx: TenantTx, wanted: Partial<TownSign>): Promise<void> {
  await sql`select platform.set_town_sign(${JSON.stringify(wanted)}::jsonb)`.execute(tx.db)
  changedAt = Date.now()
}

/** Just now a sign was changed in this process: whoever keeps the directory reads it again, before and after the commit. */
export const signJustChanged = (readAt: number): boolean => readAt < changedAt + 1_000
