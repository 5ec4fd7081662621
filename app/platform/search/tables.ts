import type { TenantColumn } from '../db/tables.ts'

declare module '../db/tables.ts' {
  interface Tables {
    'search.token': { municipality_id: TenantColumn; token: string; record_id: string }
    'search.built': { municipality_id: TenantColumn; at: Date }
  }
}
