import type { Generated } from 'kysely'
import type { Sealed } from '#platform/crypto/index.ts'
import type { TenantColumn } from '#platform/db/tables.ts'

declare module '#platform/db/tables.ts' {
  interface Tables {
    'cases.commitment': {
      municipality_id: TenantColumn
      id: string
      case_id: string
      clause_id: string
      who: string
      what: string
      due_on: string | null
      state: Generated<'open' | 'kept' | 'dropped'>
      state_on: string
      agreed_on: string
      released_on: string
      released_by: string
    }
    'cases.look_link': {
      municipality_id: TenantColumn
      id: string
      case_id: string
      agreement_id: string
      token: Buffer
      party: Sealed<'case'>
      made_on: string
      until_on: string
      used_on: string | null
    }
    'cases.look_answer': {
      municipality_id: TenantColumn
      id: string
      case_id: string
      link_id: string
      clause_id: string
      holding: 'yes' | 'partly' | 'no' | 'unknown'
      note: Sealed<'case'> | null
    }
  }
}
