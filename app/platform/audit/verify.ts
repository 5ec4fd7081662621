import type { Selectable } from 'kysely'
import { createHash } from 'node:crypto'
import type { Tables } from '../db/tables.ts'
import { recordKey, type TenantTx } from '../tenancy/index.ts'
import { macOf } from './record.ts'
import { beginning, hashOfSeal, type Head } from './sealer.ts'

export interface Finding {
  readonly municipality: number
  readonly kind: 'entry-changed' | 'seal-broken' | 'entries-missing' | 'seals-missing' | 'head-differs'
  /** Id of the entry, or lane and number of the seal. */
  readonly where: string
}

type Entry = Selectable<Tables['platform.audit_entry']>

/**
 * Up to which seal of the staff's lane readings have been forgotten, by what the rounds wrote down themselves; an entry
 * whose mac is wrong vouches for nothing.
 */
async function forgottenUntil(tx: TenantTx): Promise<number> {
  const rounds = await tx.db
    .selectFrom('platform.audit_entry')
    .selectAll()
    .where('verb', '=', 'readings-forgotten')
    .execute()
  return rounds
    .filter((entry) => macOf(tx.keys, entry).equals(entry.mac))
    .reduce((newest, { thing }) => Math.max(newest, Number(thing.split(':')[1])), 0)
}

/** Who read what is blanked after its time; the mac stays in its seal. */
const isForgotten = ({ who, thing, lane, seal }: Entry, until: number) =>
  who === '' && thing === '' && lane === 'staff' && seal !== null && seal <= until

/** Whether an entry says what it said when it was written. The detail may be gone, but only together with its key. */
async function unchanged(tx: TenantTx, entry: Entry, forgotten: number): Promise<boolean> {
  if (isForgotten(entry, forgotten)) return true
  if (!macOf(tx.keys, entry).equals(entry.mac)) return false
  if (entry.detail)
    return createHash('sha256')
      .update(entry.detail)
      .digest()
      .equals(entry.detail_hash ?? beginning)
  return entry.detail_key === null || (await recordKey(tx, entry.detail_key)) === undefined
}

async function changedEntries(tx: TenantTx): Promise<Finding[]> {
  const findings: Finding[] = []
  const forgotten = await forgottenUntil(tx)
  let after = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const page = await tx.db
      .selectFrom('platform.audit_entry')
      .selectAll()
      .where('id', '>', after)
      .orderBy('id')
      .limit(1000)
      .execute()
    for (const entry of page) {
      if (!(await unchanged(tx, entry, forgotten)))
        findings.push({ municipality: tx.municipality, kind: 'entry-changed', where: entry.id })
    }
    if (page.length < 1000) return findings
    after = page.at(-1)!.id
  }
}

/** Follows the chain of one lane; stops at its first fault, because everything behind it hangs on it. */
async function chain(tx: TenantTx, lane: Head['lane'], heads: readonly Head[]): Promise<Finding[]> {
  const finding = (kind: Finding['kind'], number: number): Finding[] => [
    { municipality: tx.municipality, kind, where: `${lane} ${number}` },
  ]
  const seals = await tx.db
    .selectFrom('platform.audit_seal')
    .selectAll()
    .where('lane', '=', lane)
    .orderBy('number')
    .execute()
  let previous: Buffer = beginning
  for (const [index, seal] of seals.entries()) {
    if (seal.number !== index + 1) return finding('seals-missing', index + 1)
    const rows = await tx.db
      .selectFrom('platform.audit_entry')
      .select('mac')
      .where('lane', '=', lane)
      .where('seal', '=', seal.number)
      .orderBy('id')
      .execute()
    if (rows.length !== seal.count) return finding('entries-missing', seal.number)
    if (
      !seal.previous.equals(previous) ||
      !hashOfSeal(
        previous,
        rows.map((row) => row.mac),
      ).equals(seal.hash)
    )
      return finding('seal-broken', seal.number)
    previous = seal.hash
  }
  const beyond = await tx.db
    .selectFrom('platform.audit_entry')
    .select('id')
    .where('lane', '=', lane)
    .where('seal', '>', seals.length)
    .executeTakeFirst()
  if (beyond) return finding('seals-missing', seals.length + 1)
  for (const head of heads.filter((one) => one.municipality === tx.municipality && one.lane === lane)) {
    const seal = seals[head.number - 1]
    if (!seal) return finding('seals-missing', head.number)
    if (seal.hash.toString('hex') !== head.hash) return finding('head-differs', head.number)
  }
  return []
}

/** Everything that is wrong with the audit of one municipality, measured against heads kept elsewhere. */
export async function verifyAudit(tx: TenantTx, heads: readonly Head[]): Promise<Finding[]> {
  return [...(await changedEntries(tx)), ...(await chain(tx, 'staff', heads)), ...(await chain(tx, 'public', heads))]
}
