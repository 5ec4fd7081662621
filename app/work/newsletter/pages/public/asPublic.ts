import type { TenantTx } from '#platform/tenancy/index.ts'
import type { Visit } from '#platform/web/index.ts'

/** Whoever opens a public page is the public there, also when she is signed in beside. */
export const asPublic = <T>(visit: Visit, work: (tx: TenantTx) => Promise<T>): Promise<T> =>
  visit.txAs({ kind: 'public' }, work)
