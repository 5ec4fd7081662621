import { newId } from '../kernel/index.ts'
import type { TenantTx } from '../tenancy/index.ts'

type Data = Record<string, string | number | boolean | null>

/** A kind of fact: something that happened in the program. Its data are ids and codes, never text of people. */
export interface FactKind<D extends Data> {
  readonly name: string
  readonly data?: D
}

export interface Fact<D extends Data> {
  readonly id: string
  readonly name: string
  readonly thing: string
  readonly data: D
}

export interface Subscription {
  readonly fact: string
  readonly subscriber: string
  readonly handle: (tx: TenantTx, fact: Fact<Data>) => Promise<void>
}

/** Names a kind of fact, `<slice>.<thing>.<participle>`. */
export const defineFact = <D extends Data>(name: string): FactKind<D> => ({ name })

/** The outbox row of a fact, for commands that write everything in one statement. */
export function factRow<D extends Data>(tx: TenantTx, kind: FactKind<D>, thing: string, data: D) {
  tx.told()
  return { id: newId(), name: kind.name, thing, data: JSON.stringify(data), next_at: tx.now }
}

/** Tells everybody who listens that something happened; delivered after the commit, at least once. */
export async function tell<D extends Data>(tx: TenantTx, kind: FactKind<D>, thing: string, data: D): Promise<void> {
  await tx.db
    .insertInto('platform.fact')
    .values(factRow(tx, kind, thing, data))
    .execute()
}

/** Who listens to which fact. `subscriber` is the name under which deliveries are remembered: `<slice>.<what>`. */
export function on<D extends Data>(
  kind: FactKind<D>,
  subscriber: string,
  handle: (tx: TenantTx, fact: Fact<D>) => Promise<void>,
): Subscription {
  return { fact: kind.name, subscriber, handle: handle as Subscription['handle'] }
}
