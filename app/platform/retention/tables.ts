import type { Generated } from 'kysely'
import type { Sealed } from '../crypto/index.ts'
import type { TenantColumn } from '../db/tables.ts'

declare module '../db/tables.ts' {
  interface Tables {
    'platform.deletion_proof': {
      municipality_id: TenantColumn
      key_id: string
      class: string
      kind: string
      record_id: string
      destroyed_on: string
      quiet: Generated<boolean>
      cleared: Generated<boolean>
    }
    'retention.hold': {
      municipality_id: TenantColumn
      id: string
      record_id: string
      kind: string
      reason: Sealed<'hold'>
      reason_key: string
      set_by: string
      set_on: string
      lifted_by: string | null
      lifted_on: string | null
      because: string | null
      quiet: Generated<boolean>
    }
    'retention.archive_decision': {
      municipality_id: TenantColumn
      kind: string
      decision: 'offered' | 'not-kept'
      decided_on: string
      noted_by: string
    }
  }
}
