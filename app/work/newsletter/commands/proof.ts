import { sql, type Selectable } from 'kysely'
import { createHash } from 'node:crypto'
import type { RecordKey } from '#platform/crypto/index.ts'
import type { Tables } from '#platform/db/tables.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import type { ProofStep } from '../tables.ts'

/** What happened, in words a court can read; sealed under the subscriber's own key. */
export type ProofDetail = Readonly<Record<string, string | number | null | readonly string[]>>

export interface NewProof {
  readonly subscriber: string
  readonly key: RecordKey
  readonly step: ProofStep
  /** The hash of the text that was agreed to. */
  readonly wording?: string
  readonly detail: ProofDetail
}

type Row = Selectable<Tables['newsletter.proof']>

const nothing = Buffer.alloc(32)

/** What an entry vouches for; the detail itself may be blanked later, its hash stays. */
export const proofHash = (
  row: Pick<Row, 'number' | 'subscriber_id' | 'at' | 'step' | 'wording' | 'detail_hash' | 'previous'>,
) =>
  createHash('sha256')
    .update(
      JSON.stringify([
        row.number,
        row.subscriber_id,
        row.at.toISOString(),
        row.step,
        row.wording,
        row.detail_hash.toString('hex'),
        row.previous.toString('hex'),
      ]),
    )
    .digest()

export const placeOfDetail = (number: number) => ({
  table: 'newsletter.proof',
  column: 'detail',
  row: String(number),
})

/** Appends to the ledger of consents. Whoever writes waits for the one before, so that each entry knows it. */
export async function prove(tx: TenantTx, all: readonly NewProof[]): Promise<void> {
  if (all.length === 0) return
  await sql`select pg_advisory_xact_lock(471106, ${tx.municipality}::int)`.execute(tx.db)
  const last = await tx.db
    .selectFrom('newsletter.proof')
    .select(['number', 'hash'])
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()
  let number = last?.number ?? 0
  let previous = last?.hash ?? nothing
  const rows = all.map(({ subscriber, key, step, wording, detail }) => {
    number += 1
    const sealed = tx.keys.seal<'newsletter'>(key, placeOfDetail(number), JSON.stringify(detail))
    const row = {
      number,
      subscriber_id: subscriber,
      at: tx.now,
      step,
      wording: wording ?? null,
      detail: sealed,
      detail_key: key.id,
      detail_hash: createHash('sha256').update(sealed).digest(),
      previous,
    }
    previous = proofHash(row)
    return { ...row, hash: previous }
  })
  await tx.db.insertInto('newsletter.proof').values(rows).execute()
}
