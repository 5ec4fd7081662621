import { sql } from 'kysely'
import type { TenantTx } from '../tenancy/index.ts'
import { stemsOf } from './stems.ts'

/** At most so many candidates are looked at; whoever gets more is asked for another word. */
const most = 500

/** Makes a record findable by the words of these texts, instead of by those it was found by before. */
export async function indexRecord(tx: TenantTx, record: string, texts: readonly string[]): Promise<void> {
  const tokens = stemsOf(texts.join(' ')).map((stem) => tx.keys.searchToken(stem).toString())
  await forgetRecord(tx, record)
  if (tokens.length === 0) return
  await sql`insert into search.token (token, record_id) select t, ${record}::uuid from unnest(${tokens}::bigint[]) t on conflict do nothing`.execute(
    tx.db,
  )
}

export async function forgetRecord(tx: TenantTx, record: string): Promise<void> {
  await tx.db.deleteFrom('search.token').where('record_id', '=', record).execute()
}

/** Ids of the records in which all the words stand; empty when there is no word to look for. At most 500. */
export async function findRecords(tx: TenantTx, words: string): Promise<string[]> {
  const tokens = stemsOf(words).map((stem) => tx.keys.searchToken(stem).toString())
  const [first, ...rest] = tokens
  if (first === undefined) return []
  let query = tx.db.selectFrom('search.token as t').select('t.record_id').where('t.token', '=', first).limit(most)
  for (const token of rest) {
    query = query.where(({ exists, selectFrom }) =>
      exists(
        selectFrom('search.token as u')
          .select('u.token')
          .whereRef('u.record_id', '=', 't.record_id')
          .whereRef('u.municipality_id', '=', 't.municipality_id')
          .where('u.token', '=', token),
      ),
    )
  }
  return (await query.execute()).map((row) => row.record_id)
}

/** False after a crash or a restore, until the index has been made anew. */
export async function isBuilt(tx: TenantTx): Promise<boolean> {
  return (await tx.db.selectFrom('search.built').select('at').executeTakeFirst()) !== undefined
}

export async function markBuilt(tx: TenantTx): Promise<void> {
  await tx.db
    .insertInto('search.built')
    .values({ at: tx.now })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
