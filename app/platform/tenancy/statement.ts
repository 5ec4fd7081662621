import type { Compilable, CompiledQuery, Kysely } from 'kysely'
import type { Tables } from '../db/tables.ts'
import type { TenantTx } from './tenants.ts'

/** Stands in a statement where a value will stand. */
class Slot {
  readonly at: number

  constructor(at: number) {
    this.at = at
  }
}

/**
 * A statement whose text is made once; afterwards only its values change. Building one anew for every request costs the
 * program more than sending it. `build` sees placeholders, so it neither looks at its values nor takes lists.
 */
export function statement<V extends readonly unknown[], R>(
  build: (db: Kysely<Tables>, ...values: V) => Compilable<R>,
): (tx: TenantTx, ...values: V) => Promise<R[]> {
  let made: CompiledQuery<R> | undefined
  return async (tx, ...values) => {
    made ??= build(tx.db, ...(values.map((_, at) => new Slot(at)) as unknown as V)).compile()
    const parameters = made.parameters.map((one) => (one instanceof Slot ? values[one.at] : one))
    return (await tx.db.executeQuery<R>({ ...made, parameters })).rows
  }
}
