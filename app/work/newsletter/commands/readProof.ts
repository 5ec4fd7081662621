import { record } from '#platform/audit/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { addressOf, proofOf, subscriberById } from '../queries.ts'

/** One person's consent with everything that proves it; writes down that it was read. */
export async function readProof(tx: TenantTx, id: string) {
  const row = await subscriberById(tx, id)
  if (!row) return undefined
  await record(tx, 'read', `subscriber:${id}`)
  return { row, address: await addressOf(tx, row), entries: await proofOf(tx, id) }
}
