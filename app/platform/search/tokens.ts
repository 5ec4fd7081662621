import { sql, type RawBuilder, type SqlBool } from 'kysely'
import { plannedAnew, type TenantTx } from '../tenancy/index.ts'
import { stemsOf } from './stems.ts'

/** Makes a record findable by the words of these texts, instead of by those it was found by before. */
export async function indexRecord(tx: TenantTx, record: string, texts: readonly string[]): Promise<void> {
  const tokens = stemsOf(texts.join(' ')).map((stem) => tx.keys.searchToken(stem).toString())
  await forgetRecord(tx, record)
  if (tokens.length === 0) return
  await sql`insert into search.token (token, record_id) select t, ${record}::uuid from unnest(${tokens}::bigint[]) t on conflict do nothing`.execute(
    tx.db,
  )
}

/** The same for many new records at once, which were not found by anything before. */
export async function indexNewRecords(
  tx: TenantTx,
  records: readonly { readonly id: string; readonly text: string }[],
): Promise<void> {
  const rows = records.flatMap(({ id, text }) =>
    stemsOf(text).map((stem) => ({ id, token: tx.keys.searchToken(stem).toString() })),
  )
  if (rows.length === 0) return
  await sql`insert into search.token (token, record_id)
    select * from unnest(${rows.map(({ token }) => token)}::bigint[], ${rows.map(({ id }) => id)}::uuid[])
    on conflict do nothing`.execute(tx.db)
}

export async function forgetRecords(tx: TenantTx, records: readonly string[]): Promise<void> {
  if (records.length > 0)
    await tx.db
      .deleteFrom('search.token')
      .where('record_id', 'in', [...records])
      .execute()
}

export async function forgetRecord(tx: TenantTx, record: string): Promise<void> {
  await tx.db.deleteFrom('search.token').where('record_id', '=', record).execute()
}

/**
 * The condition "all the words stand in the record whose id is this column", for the field's own query: so its order and
 * limit decide what is found, not the index. Undefined when there is no word to look for.
 */
export function standsIn(tx: TenantTx, words: string, column: string): RawBuilder<SqlBool> | undefined {
  const tokens = stemsOf(words).map((stem) => tx.keys.searchToken(stem).toString())
  if (tokens.length === 0) return undefined
  const one = (token: string) =>
    sql`exists (select from search.token t where t.municipality_id = ${tx.municipality} and t.token = ${token} and t.record_id = ${sql.ref(column)})`
  return sql<SqlBool>`(${sql.raw(plannedAnew)} ${sql.join(tokens.map(one), sql` and `)})`
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
