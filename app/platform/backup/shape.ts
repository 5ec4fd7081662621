import type { ClientBase } from 'pg'

/** A table of the municipalities, as far as checking needs to know it. */
export interface Shape {
  /** `schema.table` */
  readonly name: string
  /** Its primary key without the municipality, in its order. */
  readonly key: readonly string[]
  readonly uuids: readonly string[]
  readonly sealed: readonly string[]
}

/** All tables with a column municipality_id that are kept, and what in them is sealed. */
export async function shapes(client: ClientBase): Promise<Shape[]> {
  const { rows } = await client.query<Shape>(`
    with columns as (
      select c.oid, n.nspname || '.' || c.relname as name, a.attname as column, a.attnum as number,
             format_type(a.atttypid, a.atttypmod) as type
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
        join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
       where c.relkind = 'r' and c.relpersistence = 'p'
         and exists (select from pg_attribute m where m.attrelid = c.oid and m.attname = 'municipality_id' and not m.attisdropped)
    ), keys as (
      select x.indrelid as oid, k.number, k.place from pg_index x, unnest(x.indkey::int[]) with ordinality as k (number, place)
       where x.indisprimary
    )
    select c.name,
           coalesce(json_agg(c.column order by k.place) filter (where k.place is not null and c.column <> 'municipality_id'), '[]') as key,
           coalesce(json_agg(c.column) filter (where c.type = 'uuid'), '[]') as uuids,
           coalesce(json_agg(c.column) filter (where c.type = 'platform.sealed'), '[]') as sealed
      from columns c left join keys k on k.oid = c.oid and k.number = c.number
     group by c.name order by c.name`)
  return rows
}

export interface Reference {
  readonly table: string
  readonly name: string
  readonly target: string
  readonly columns: readonly string[]
  readonly targets: readonly string[]
}

/** All foreign keys of the program's tables, column by column. */
export async function references(client: ClientBase): Promise<Reference[]> {
  const { rows } = await client.query<Reference>(`
    select n.nspname || '.' || c.relname as table, f.conname as name, tn.nspname || '.' || tc.relname as target,
           json_agg(a.attname order by p.place) as columns, json_agg(ta.attname order by p.place) as targets
      from pg_constraint f
      join pg_class c on c.oid = f.conrelid join pg_namespace n on n.oid = c.relnamespace
      join pg_class tc on tc.oid = f.confrelid join pg_namespace tn on tn.oid = tc.relnamespace
      cross join unnest(f.conkey::int[], f.confkey::int[]) with ordinality as p (number, target, place)
      join pg_attribute a on a.attrelid = f.conrelid and a.attnum = p.number
      join pg_attribute ta on ta.attrelid = f.confrelid and ta.attnum = p.target
     where f.contype = 'f' and n.nspname not in ('graphile_worker', 'jobs')
     group by 1, 2, 3 order by 1, 2`)
  return rows
}
