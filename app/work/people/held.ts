import type { TenantTx } from '#platform/tenancy/index.ts'
import type { Held, Slice } from '#platform/web/index.ts'
import { heldPersons } from './commands/handOver.ts'

/** What somebody works on, as far as the person who asks may see it. */
export type HeldBy = (tx: TenantTx, person: string) => Promise<Held[]>

/** Asks every field of work, and what hangs on persons themselves. */
export const heldIn =
  (fields: readonly Slice[]): HeldBy =>
  async (tx, person) => [
    ...(await Promise.all(fields.map((field) => field.held?.(tx, person) ?? []))).flat(),
    ...(await heldPersons(tx, person)),
  ]
