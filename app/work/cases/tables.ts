import type { ColumnType, Generated } from 'kysely'
import type { Sealed } from '#platform/crypto/index.ts'
import type { TenantColumn } from '#platform/db/tables.ts'

declare module '#platform/db/tables.ts' {
  interface Tables {
    'cases.case': {
      municipality_id: TenantColumn
      id: string
      number: string
      opened_on: string
      area: string
      subject: string
      step: string
      step_kind: string
      model_version: string
      due_at: Date | null
      owner_role: string | null
      closed_on: string | null
      outcome: string | null
      hours_quarters: number | null
      content_key: string
      matter: Sealed<'case'>
      /** What whoever reported is told at the end; intake lays it into the mailboxes. */
      closing_answer: Sealed<'case'> | null
      version: Generated<number>
      list_rank: ColumnType<number, never, never>
      /** Sorts the list: the due time while open (opening time where nothing is due), the closing time afterwards. */
      list_at: Date
    }
  }
}
