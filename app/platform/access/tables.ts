import type { Generated } from 'kysely'
import type { TenantColumn } from '../db/tables.ts'

declare module '../db/tables.ts' {
  interface Tables {
    'access.grant': {
      municipality_id: TenantColumn
      record_id: string
      person_id: string
      role: string
      from_on: string
      until_on: string | null
      given_by: string
    }
    'access.entitlement': {
      municipality_id: TenantColumn
      id: string
      person_id: string
      entitlement: string
      seen_on: string
      seen_by: string
      until_on: string | null
    }
    'access.barred': {
      municipality_id: TenantColumn
      record_id: string
      person_id: string
      /** Kept away because of another record this one belongs together with. */
      inherited: Generated<boolean>
    }
  }
}
