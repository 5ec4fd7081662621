import { sql } from 'kysely'
import type { Municipality, TenantTx } from './tenants.ts'

export type TownSign = Pick<
  Municipality,
  'name' | 'kind' | 'accent' | 'arms' | 'opened_at' | 'proxy_logs' | 'proxy_days' | 'proxy_on'
>

let changed = 0

/** Changes what stands on this municipality's sign; what is not named stays. Record it beside the call. */
export async function setTownSign(tx: TenantTx, wanted: Partial<TownSign>): Promise<void> {
  await sql`select platform.set_town_sign(${JSON.stringify(wanted)}::jsonb)`.execute(tx.db)
  tx.onCommit(() => {
    changed += 1
  })
}

/** How many signs this process has changed: whoever keeps the directory reads it anew after one more. */
export const signsChanged = (): number => changed
