import type { Selectable } from 'kysely'
import type { Language } from '#platform/i18n/index.ts'
import { berlinDay } from '#platform/kernel/index.ts'
import { recordKey, type TenantTx } from '#platform/tenancy/index.ts'
import type { Tables } from '#platform/db/tables.ts'
import { placeOfDetail, proofHash, type ProofDetail } from './commands/proof.ts'
import { addressToken, placeOfAddress } from './commands/subscribe.ts'

export type Topic = Selectable<Tables['newsletter.topic']>
export type Subscriber = Selectable<Tables['newsletter.subscriber']>

/** Topics one can subscribe to, by name. */
export async function topics(tx: TenantTx): Promise<Topic[]> {
  const rows = await tx.db
    .selectFrom('newsletter.topic')
    .selectAll()
    .where((eb) => eb.or([eb('closed_on', 'is', null), eb('closed_on', '>', berlinDay(tx.now))]))
    .execute()
  return rows.toSorted((a, b) => a.reach.localeCompare(b.reach) * -1 || a.name.localeCompare(b.name, 'de'))
}

export const allTopics = (tx: TenantTx): Promise<Topic[]> => tx.db.selectFrom('newsletter.topic').selectAll().execute()

export const topicName = (topic: Topic, language: Language): string =>
  language === 'de' || language === 'leicht' ? topic.name : (topic.name_en ?? topic.name)

export const subscriberById = (tx: TenantTx, id: string): Promise<Subscriber | undefined> =>
  tx.db.selectFrom('newsletter.subscriber').selectAll().where('id', '=', id).executeTakeFirst()

/** Whoever has this address, whatever it is spelt like. */
export const subscriberByAddress = (tx: TenantTx, address: string): Promise<Subscriber | undefined> =>
  tx.db
    .selectFrom('newsletter.subscriber')
    .selectAll()
    .where('address_token', '=', addressToken(tx, address))
    .executeTakeFirst()

/** The address in plain; undefined once its key has been destroyed. */
export async function addressOf(
  tx: TenantTx,
  row: Pick<Subscriber, 'id' | 'address' | 'key_id'>,
): Promise<string | undefined> {
  const key = await recordKey(tx, row.key_id)
  return key && tx.keys.reveal(key, placeOfAddress(row.id), row.address)
}

/** How many subscriptions are in which state. */
export async function counts(tx: TenantTx): Promise<Record<Subscriber['state'], number>> {
  const rows = await tx.db
    .selectFrom('newsletter.subscriber')
    .select((eb) => ['state', eb.fn.countAll<number>().as('count')])
    .groupBy('state')
    .execute()
  return {
    requested: 0,
    confirmed: 0,
    withdrawn: 0,
    ...Object.fromEntries(rows.map((row) => [row.state, Number(row.count)])),
  }
}

export interface ProofEntry {
  readonly number: number
  readonly at: Date
  readonly step: Selectable<Tables['newsletter.proof']>['step']
  /** Undefined once erased. */
  readonly detail: ProofDetail | undefined
  /** The whole text agreed to. */
  readonly wording: string | null
  readonly hash: string
}

/** Everything that is known about one person's consent, in the order it happened. */
export async function proofOf(tx: TenantTx, subscriber: string): Promise<ProofEntry[]> {
  const rows = await tx.db
    .selectFrom('newsletter.proof as p')
    .leftJoin('newsletter.wording as w', (join) =>
      join.onRef('w.municipality_id', '=', 'p.municipality_id').onRef('w.id', '=', 'p.wording'),
    )
    .select(['p.number', 'p.at', 'p.step', 'p.detail', 'p.detail_key', 'p.hash', 'w.text'])
    .where('p.subscriber_id', '=', subscriber)
    .orderBy('p.number')
    .execute()
  const entries: ProofEntry[] = []
  for (const { number, at, step, detail, detail_key, hash, text } of rows) {
    const key = detail && (await recordKey(tx, detail_key))
    const opened = detail && key ? tx.keys.reveal(key, placeOfDetail(number), detail) : undefined
    entries.push({
      number,
      at,
      step,
      detail: opened === undefined ? undefined : (JSON.parse(opened) as ProofDetail),
      wording: text,
      hash: hash.toString('hex'),
    })
  }
  return entries
}

/** The number of the first entry that does not vouch for the one before it; undefined when the chain is whole. */
export async function brokenProof(tx: TenantTx): Promise<number | undefined> {
  const rows = await tx.db.selectFrom('newsletter.proof').selectAll().orderBy('number').execute()
  let previous: Buffer = Buffer.alloc(32)
  for (const [index, row] of rows.entries()) {
    if (row.number !== index + 1 || !row.previous.equals(previous) || !proofHash(row).equals(row.hash))
      return row.number
    previous = row.hash
  }
  return undefined
}
