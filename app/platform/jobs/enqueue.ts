import { sql } from 'kysely'
import type { TenantTx } from '../tenancy/index.ts'

/**
 * Puts one job into the queue, in the command's own transaction. At most one per command (three halve throughput).
 * `ids` are ids only; the municipality is added. A job with the same `key` replaces the one still waiting.
 */
export async function enqueue(
  tx: TenantTx,
  task: string,
  ids: Record<string, string> = {},
  options: { at?: Date; key?: string } = {},
): Promise<void> {
  const payload = JSON.stringify({ ...ids, municipality: tx.municipality })
  const key = options.key ? `${tx.municipality}:${options.key}` : null
  await sql`select jobs.enqueue(${task}, ${payload}::jsonb, ${options.at ?? tx.now}, ${key})`.execute(tx.db)
}
