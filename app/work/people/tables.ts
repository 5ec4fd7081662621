import type { ColumnType, Generated } from 'kysely'
import type { TenantColumn } from '#platform/db/tables.ts'

declare module '#platform/db/tables.ts' {
  interface Tables {
    'people.proposal': {
      municipality_id: TenantColumn
      id: string
      person_id: string
      role: string
      ends: Generated<boolean>
      proposed_by: string
      proposed_on: string
    }
    'people.settings': {
      municipality_id: TenantColumn
      version: number
      about: ColumnType<unknown, string | undefined, string>
      assessment_on: string | null
      council_on: string | null
      recovery_on: string | null
      recovery_by: string | null
      probe_on: string | null
      proxy_by: string | null
      times_on: string | null
    }
    'people.arms': { municipality_id: TenantColumn; hash: string; small: Buffer; large: Buffer }
    'people.recovery': {
      municipality_id: TenantColumn
      id: string
      person_id: string
      number_hash: Buffer
      asked_at: Date
      first_by: string | null
      second_by: string | null
      ready_at: Date | null
    }
  }
}
