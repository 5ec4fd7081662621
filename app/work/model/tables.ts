import type { ColumnType } from 'kysely'
import type { TenantColumn } from '#platform/db/tables.ts'

declare module '#platform/db/tables.ts' {
  interface Tables {
    'model.version': {
      municipality_id: TenantColumn
      id: string
      number: string
      published_at: string
      decided_by: string
      note: string
      content: ColumnType<unknown, string, never>
      hash: string
    }
    'model.in_force': {
      municipality_id: TenantColumn
      version_id: string
      since: Date
    }
  }
}
