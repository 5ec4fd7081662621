import type { Selectable } from 'kysely'
import type { Tables } from '../db/tables.ts'
import type { TenantTx } from '../tenancy/index.ts'
import { beginning, hashOfSeal, type Head } from './sealer.ts'

export interface Finding {
  readonly municipality: number
  readonly kind: 'entry-changed' | 'seal-broken' | 'entries-missing' | 'seals-missing' | 'head-differs'
  /** Id of the entry, or lane and number of the seal. */
  readonly where: string
}

type Entry = Selectable<Tables['platform.audit_entry']>

/** Whether an entry says what it said when it was written. A detail destroyed by retention is no change. */
function unchanged(tx: TenantTx, entry: Entry): boolean {
  if (entry.detail === null && entry.detail_key !== null) return true
  const said = [
    entry.id,
    entry.at.toISOString(),
    entry.who,
    entry.verb,
    entry.thing,
    entry.detail?.toString('base64') ?? null,
  ]
  const lane = entry.who === 'public' ? 'public' : 'staff'
  return lane === entry.lane && tx.keys.token('audit', JSON.stringify(said)).equals(entry.mac)
}

async function changedEntries(tx: TenantTx): Promise<Finding[]> {
  const findings: Finding[] = []
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
      if (!unchanged(tx, entry))
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
