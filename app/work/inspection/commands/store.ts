import type { RecordKey, Sealed } from '#platform/crypto/index.ts'
import { NotAllowed } from '#platform/kernel/index.ts'
import { livingKey, type Reach, type TenantTx } from '#platform/tenancy/index.ts'

type Column = 'asker' | 'wants' | 'choices' | 'extract' | 'remark' | 'reason'
const place = (column: Column, row: string) => ({ table: 'inspection.request', column, row })

export const seal = (tx: TenantTx, key: RecordKey, column: Column, row: string, text: string) =>
  tx.keys.seal<'inspection'>(key, place(column, row), text)

export const reveal = (tx: TenantTx, key: RecordKey, column: Column, row: string, sealed: Sealed<'inspection'>) =>
  tx.keys.reveal(key, place(column, row), sealed)

/** A request for a command, locked. Hidden when it is not there for this person; refused when it is in another state. */
export async function lockRequest(tx: TenantTx, id: string, ...states: string[]) {
  const row = await tx.db
    .selectFrom('inspection.request')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw new NotAllowed('request', { hidden: true })
  if (!states.includes(row.state)) throw new NotAllowed('request', { hidden: false })
  return { row, key: await livingKey(tx, row.content_key) }
}

/** Requests are worked on by people only. */
export function actor(tx: TenantTx): string {
  if (tx.who.kind !== 'person') throw new NotAllowed('request', { hidden: false })
  return tx.who.id
}

/** Whether it is an own part of the substitute or somebody else's. */
interface Kind {
  readonly quiet: boolean
}

/** Only whoever prepares may: the page asks for the verb, this for the reach that comes with it. */
export function demandPreparer(tx: TenantTx, { quiet }: Kind): string {
  const person = actor(tx)
  if (!near(tx, quiet ? 'substitute' : 'inspection')) throw new NotAllowed('request', { hidden: false })
  return person
}

export const near = (tx: TenantTx, reach: Reach): boolean => tx.who.kind === 'person' && tx.who.reach.includes(reach)
