import { record } from '#platform/audit/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import type { ProofDetail } from './proof.ts'
import { addressOf, allTopics, proofOf, subscriberById } from '../queries.ts'

/** One person's consent with everything that proves it; writes down that it was read. */
export async function readProof(tx: TenantTx, id: string) {
  const row = await subscriberById(tx, id)
  if (!row) return undefined
  await record(tx, 'read', `subscriber:${id}`)
  const names = new Map((await allTopics(tx)).map((topic) => [topic.id, topic.name]))
  const entries = (await proofOf(tx, id)).map((entry) => ({
    ...entry,
    detail: entry.detail && named(entry.detail, names),
  }))
  return { row, address: await addressOf(tx, row), entries }
}

/** Topics by the names they have today. */
const named = (detail: ProofDetail, names: ReadonlyMap<string, string>): ProofDetail =>
  Array.isArray(detail.topics) ? { ...detail, topics: detail.topics.map((id: string) => names.get(id) ?? id) } : detail
