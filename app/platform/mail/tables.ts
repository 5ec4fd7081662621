import type { Generated } from 'kysely'
import type { TenantColumn } from '../db/tables.ts'

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
    'mail.wish': { municipality_id: TenantColumn; person_id: string; gathered: boolean }
  }
}
