import type { ColumnType, Generated } from 'kysely'
import type { TenantColumn } from '../db/tables.ts'
import type { ProbeFinding } from './probe.ts'

export type MailStateName = 'ready' | 'claimed' | 'deferred' | 'accepted' | 'refused' | 'bounced' | 'suppressed'

declare module '../db/tables.ts' {
  interface Tables {
    'mail.delivery': {
      municipality_id: TenantColumn
      id: string
      kind: string
      fingerprint: Buffer
      person_id: string | null
      thing: string | null
      priority: 0 | 1 | 2
      state: Generated<MailStateName>
      due_at: Date | null
      first_tried_at: Date | null
      lease: string | null
      attempts: Generated<number>
      reply: number | null
      settled_on: string | null
      batch: string | null
      traceable: Generated<boolean>
    }
    'mail.probe': {
      municipality_id: TenantColumn
      id: string
      sent_at: Date
      found: ColumnType<ProbeFinding | null, string | null, string | null>
    }
    'mail.wish': { municipality_id: TenantColumn; person_id: string; gathered: boolean }
  }
}
