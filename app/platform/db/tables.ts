import type { ColumnType, Generated } from 'kysely'

/** Filled with this municipality by the database itself (column default), so commands never name it. */
export type TenantColumn = ColumnType<number, number | undefined, never>

/**
 * All tables of all slices. Each slice adds its own by module augmentation in its `tables.ts`; which slice may
 * touch which table is checked by tests/architecture.
 */
export interface Tables {
  'platform.municipality': {
    id: Generated<number>
    slug: string
    kind: 'county' | 'independent-city' | 'member-town' | 'state'
    name: string
    county_id: number | null
    opened_at: Date | null
    accent: string | null
    arms: string | null
    proxy_logs: 'none' | 'short' | 'full' | null
    proxy_days: number | null
    proxy_on: string | null
  }
  'platform.municipality_key': { municipality_id: TenantColumn; wrapped: Buffer }
  'platform.record_key': {
    municipality_id: TenantColumn
    id: string
    class: string
    record_id: string
    wrapped: Buffer
    destroy_on: string | null
    held: Generated<boolean>
  }
  'platform.audit_entry': {
    municipality_id: TenantColumn
    id: string
    at: Date
    who: string
    verb: string
    thing: string
    detail: Buffer | null
    detail_key: string | null
    detail_hash: Buffer | null
    mac: Buffer
    lane: 'staff' | 'public'
    seal: Generated<number | null>
  }
  'platform.audit_seal': {
    municipality_id: TenantColumn
    lane: 'staff' | 'public'
    number: number
    previous: Buffer
    count: number
    hash: Buffer
  }
  'platform.fact': {
    municipality_id: TenantColumn
    id: string
    name: string
    thing: string
    data: ColumnType<Record<string, string | number | boolean | null>, string, string>
    attempts: Generated<number>
    next_at: Generated<Date>
  }
  'platform.fact_delivery': { municipality_id: TenantColumn; fact_id: string; subscriber: string }
}
