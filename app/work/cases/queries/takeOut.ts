import type { TenantTx } from '#platform/tenancy/index.ts'
import { modelInForce } from '#work/model/index.ts'

/** A question nobody answers, or an answer nobody uses, is over after a week; see agreedFor for what was agreed. */
export const requestLife = 7 * 86_400_000
const agreedFor = 86_400_000

/** How one's own latest question about the register stands; undefined when none counts any more. */
export async function ownRequest(tx: TenantTx) {
  if (tx.who.kind !== 'person') return undefined
  const row = await tx.db
    .selectFrom('cases.register_request')
    .selectAll()
    .where('asked_by', '=', tx.who.id)
    .where('asked_at', '>=', new Date(tx.now.getTime() - requestLife))
    .orderBy('asked_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!row) return undefined
  if (row.agreed && row.answered_at && row.answered_at.getTime() + agreedFor < tx.now.getTime()) return undefined
  return {
    id: row.id,
    askedAt: row.asked_at,
    until: row.answered_at && new Date(row.answered_at.getTime() + agreedFor),
    state: row.agreed === null ? ('waits' as const) : row.agreed ? ('agreed' as const) : ('refused' as const),
  }
}

/** Questions about the register that these roles may answer, but for one's own; the oldest first. */
export async function openRequests(tx: TenantTx, roles: readonly string[]) {
  const second = (await modelInForce(tx)).model.register?.second ?? []
  if (tx.who.kind !== 'person' || !roles.some((role) => second.includes(role))) return []
  const rows = await tx.db
    .selectFrom('cases.register_request as r')
    .innerJoin('auth.person as p', (join) =>
      join.onRef('p.municipality_id', '=', 'r.municipality_id').onRef('p.id', '=', 'r.asked_by'),
    )
    .select(['r.id', 'r.asked_by', 'r.asked_at', 'r.purpose', 'p.name'])
    .where('r.answered_at', 'is', null)
    .where('r.asked_by', '<>', tx.who.id)
    .where('r.asked_at', '>=', new Date(tx.now.getTime() - requestLife))
    .orderBy('r.asked_at')
    .execute()
  return rows.map(({ id, asked_by, asked_at, purpose, name }) => ({
    id,
    askedBy: asked_by,
    askedAt: asked_at,
    purpose,
    name,
  }))
}
export type RegisterRequest = Awaited<ReturnType<typeof openRequests>>[number]
