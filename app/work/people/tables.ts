import type { TenantColumn } from '#platform/db/tables.ts'

declare module '#platform/db/tables.ts' {
  interface Tables {
    'people.proposal': {
      municipality_id: TenantColumn
      id: string
      person_id: string
      role: string
      proposed_by: string
      proposed_on: string
    }
  }
}
