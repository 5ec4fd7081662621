import type { Generated } from 'kysely'
import type { Sealed } from '#platform/crypto/index.ts'
import type { TenantColumn } from '#platform/db/tables.ts'
import type { Basis } from './bases.ts'

declare module '#platform/db/tables.ts' {
  interface Tables {
    'inspection.search': {
      municipality_id: TenantColumn
      request_id: string
      made_by: string
      made_on: string
      substitute: boolean
    }
    'inspection.request': {
      municipality_id: TenantColumn
      id: string
      number: string
      basis: Basis
      state: Generated<'open' | 'proposed' | 'decided' | 'answered' | 'withdrawn'>
      received_on: string
      due_on: string
      cases: string[]
      reports: string[]
      /** Kept from everybody but the substitute and whoever decides with her. */
      quiet: Generated<boolean>
      /** The request this is the substitute's part of. */
      answers: string | null
      /** Who decides about a quiet request. */
      second_by: string | null
      laid: Generated<boolean>
      made_by: string
      made_on: string
      proposed_by: string | null
      proposed_on: string | null
      decided_by: string | null
      decided_on: string | null
      decision: 'full' | 'partly' | 'refused' | null
      released_by: string | null
      /** Who sees to it while it runs. */
      kept_by: string | null
      ended_on: string | null
      version: Generated<number>
      content_key: string
      asker: Sealed<'inspection'>
      wants: Sealed<'inspection'>
      /** What was chosen for each passage, JSON of `Choices`. */
      choices: Sealed<'inspection'> | null
      /** What was released, JSON of `Extract`. */
      extract: Sealed<'inspection'> | null
      /** Why it was given back. */
      remark: Sealed<'inspection'> | null
      reason: Sealed<'inspection'> | null
    }
  }
}
