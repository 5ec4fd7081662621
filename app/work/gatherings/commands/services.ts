import { record } from '#platform/audit/index.ts'
import { berlinDay } from '#platform/kernel/index.ts'
import { addKey, livingKey, type TenantTx } from '#platform/tenancy/index.ts'
import type { Provider, Settings } from '../meetings/settings.ts'
import { reveal, seal } from './store.ts'

/** Which video services are set up. */
export const servicesSet = async (tx: TenantTx): Promise<Provider[]> =>
  (await tx.db.selectFrom('gatherings.service').select('provider').orderBy('provider').execute()).map(
    ({ provider }) => provider,
  )

export interface ServiceRow {
  readonly settings: Settings
  readonly testedOn: string | null
}

/** A service with its secrets; undefined when it is not set up. */
export async function service(tx: TenantTx, provider: Provider): Promise<ServiceRow | undefined> {
  const row = await tx.db
    .selectFrom('gatherings.service')
    .selectAll()
    .where('provider', '=', provider)
    .executeTakeFirst()
  if (!row) return undefined
  const key = await livingKey(tx, row.key_id)
  const settings = JSON.parse(reveal(tx, key, ['service', 'settings', provider], row.settings)) as Settings
  return { settings, testedOn: row.tested_on }
}

/** Sets a service up, or changes it; secrets left empty stay as they are (the page never shows them). */
export async function setService(tx: TenantTx, provider: Provider, settings: Settings): Promise<void> {
  const before = await service(tx, provider)
  const kept = before ? Object.entries(before.settings).filter(([name]) => settings[name] === '') : []
  const key = await addKey(tx, 'service', crypto.randomUUID())
  const sealed = seal<'service'>(
    tx,
    key,
    ['service', 'settings', provider],
    JSON.stringify({ ...settings, ...Object.fromEntries(kept) }),
  )
  const values = { key_id: key.id, settings: sealed, tested_on: null }
  await tx.db
    .insertInto('gatherings.service')
    .values({ provider, ...values })
    .onConflict((conflict) => conflict.columns(['municipality_id', 'provider']).doUpdateSet(values))
    .execute()
  await record(tx, 'changed', `video-service:${provider}`)
}

export async function noteTested(tx: TenantTx, provider: Provider): Promise<void> {
  await tx.db
    .updateTable('gatherings.service')
    .set({ tested_on: berlinDay(tx.now) })
    .where('provider', '=', provider)
    .execute()
  await record(tx, 'tested', `video-service:${provider}`)
}
