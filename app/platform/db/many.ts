import { sql, type Insertable, type RawBuilder } from 'kysely'
import type { Tables } from './tables.ts'

type ColumnType = 'uuid' | 'text' | 'int' | 'boolean' | 'bytea' | 'date' | 'timestamptz'

/**
 * Many rows in one statement with one array for each column named: its text is the same for three rows and for
 * three hundred, so the database plans it once, and nobody puts thousands of places together. Columns that are not named
 * take their default. `conflict` is what follows the rows.
 */
export function insertMany<T extends keyof Tables, C extends keyof Insertable<Tables[T]> & string>(
  table: T,
  columns: Readonly<Record<C, ColumnType>>,
  rows: readonly Pick<Insertable<Tables[T]>, NoInfer<C>>[],
  conflict: RawBuilder<unknown> = sql``,
): RawBuilder<unknown> {
  const named = Object.entries(columns) as [C, ColumnType][]
  const names = sql.join(named.map(([name]) => sql.ref(name)))
  const arrays = named.map(([name, type]) => sql`${rows.map((row) => row[name] ?? null)}::${sql.raw(type)}[]`)
  return sql`insert into ${sql.table(table)} (${names}) select * from unnest(${sql.join(arrays)}) ${conflict}`
}
