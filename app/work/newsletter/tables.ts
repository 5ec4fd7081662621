import type { ColumnType, Generated } from 'kysely'
import type { Sealed } from '#platform/crypto/index.ts'
import type { TenantColumn } from '#platform/db/tables.ts'
import type { Block } from './blocks.ts'

export type SubscriberState = 'requested' | 'confirmed' | 'withdrawn'
export type ProofStep = 'requested' | 'mailed' | 'confirmed' | 'changed' | 'withdrawn' | 'imported' | 'returned'
export type IssueState = 'draft' | 'asked' | 'scheduled' | 'sending' | 'paused' | 'sent' | 'stopped'

declare module '#platform/db/tables.ts' {
  interface Tables {
    'newsletter.topic': {
      municipality_id: TenantColumn
      id: string
      name: string
      name_en: string | null
      reach: 'town' | 'network'
      closed_on: string | null
    }
    'newsletter.wording': {
      municipality_id: TenantColumn
      id: string
      language: string
      text: string
      shown_from: Date
    }
    'newsletter.subscriber': {
      municipality_id: TenantColumn
      id: string
      address: Sealed<'newsletter'>
      address_token: Buffer
      key_id: string
      state: SubscriberState
      language: string
      topics: string[]
      request: string
      token_until: Date
      requested_at: Date
      confirmed_at: Date | null
      ended_at: Date | null
      erase_on: string | null
      bounces: Generated<number>
    }
    'newsletter.proof': {
      municipality_id: TenantColumn
      number: number
      subscriber_id: string
      at: Date
      step: ProofStep
      wording: string | null
      detail: Sealed<'newsletter'> | null
      detail_key: string
      detail_hash: Buffer
      previous: Buffer
      hash: Buffer
    }
    'newsletter.suppression': {
      municipality_id: TenantColumn
      address_token: Buffer
      reason: 'withdrawn' | 'returned' | 'complaint'
      since_on: string
    }
    'newsletter.picture': {
      municipality_id: TenantColumn
      id: string
      issue_id: string
      png: Buffer
      width: number
      height: number
    }
    'newsletter.issue': {
      municipality_id: TenantColumn
      id: string
      number: number | null
      subject: string
      language: string
      topics: string[]
      blocks: ColumnType<Block[], string, string>
      version: Generated<number>
      state: IssueState
      author_id: string
      asked_by: string | null
      released_by: string | null
      send_at: Date | null
      begun_at: Date | null
      finished_at: Date | null
      filled: Generated<boolean>
      after_id: string | null
      recipients: Generated<number>
      changed_at: Date
    }
  }
}
