import type { TenantColumn } from '#platform/db/tables.ts'

declare module '#platform/db/tables.ts' {
  interface Tables {
    'desk.calendar': { municipality_id: TenantColumn; person_id: string; secret_hash: Buffer; made_on: string }
  }
}
