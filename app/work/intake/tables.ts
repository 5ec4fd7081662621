import type { Generated, GeneratedAlways } from 'kysely'
import type { Sealed } from '#platform/crypto/index.ts'
import type { TenantColumn } from '#platform/db/tables.ts'

declare module '#platform/db/tables.ts' {
  interface Tables {
    'intake.report': {
      municipality_id: TenantColumn
      id: string
      received_on: string
      channel: 'web' | 'callback' | 'api' | 'phone' | 'counter' | 'letter' | 'mail' | 'partner' | 'import'
      language: string
      anonymity: 'anonymous' | 'office' | 'named'
      area: string
      subject: string
      wish: 'talk' | 'advice' | 'inform' | null
      danger: Generated<boolean>
      occurred_on: string | null
      step: string
      step_kind: string
      model_version: string
      due_at: Date | null
      owner_role: string | null
      rank: Generated<number>
      waiting_since: Date
      first_answer_on: string | null
      working_days_to_answer: number | null
      /** It was watched for a while, whatever became of it since. */
      was_watched: Generated<boolean>
      content_key: string
      contact_key: string | null
      headline: Sealed<'report'>
      veil: 'hate' | 'threat' | 'violence' | null
      observed: Sealed<'report'>
      concluded: Sealed<'report'> | null
      contact: Sealed<'contact'> | null
      extras: Sealed<'report'> | null
      office: string | null
      notice_key: string | null
      notice: Sealed<'notice'> | null
      likeness: bigint[] | null
      pile: string | null
      receipt: Buffer | null
      held_for: 'substitute' | null
      released_by: string | null
      case_id: string | null
      /** The report this one goes on with. */
      merged_into: Generated<string | null>
      entered_by: string | null
      synthetic: Generated<boolean>
      /** Made with the installation's key; see commands/probe.ts. */
      synthetic_mark: Buffer | null
      version: Generated<number>
      checked: 'done' | 'accepted' | null
      /** Answers to the model's questions at checking, by field id. */
      asked: Generated<Record<string, string | string[]>>
      translated: 'asked' | 'done' | 'not-needed' | null
      /** A reason of the model, where no case was opened. */
      because: string | null
    }
    'intake.original': {
      municipality_id: TenantColumn
      /** That of the message, else that of the report. */
      id: GeneratedAlways<string>
      message_id: string | null
      report_id: string
      original_key: string
      texts: Sealed<'original'>
      marks: Sealed<'original'>
      checked_by: string
      checked_on: string
      destroy_on: string
    }
    'intake.contact_entry': {
      municipality_id: TenantColumn
      id: string
      report_id: string
      case_id: string | null
      contact_key: string
      role: Sealed<'contact'> | null
      name: Sealed<'contact'> | null
      ways: Sealed<'contact'> | null
      note: Sealed<'contact'> | null
      from_check: Generated<boolean>
      message_id: string | null
      made_on: string
      inform_by: string
      informed_on: string | null
      /** Why the person need not be told. */
      uninformed: Sealed<'contact'> | null
      version: Generated<number>
    }
    'intake.contact_token': { municipality_id: TenantColumn; token: Buffer; entry_id: string }
    'intake.proposal': {
      municipality_id: TenantColumn
      id: string
      report_id: string
      model_version: string
      from_step: string
      to_step: string
      effect: 'waits' | 'at-once'
      proposed_by: string
      proposed_on: string
      lapses_at: Date | null
      content_key: string
      reason: Sealed<'report'>
      payload: Sealed<'report'>
      answered_by: string | null
      answered_on: string | null
      agreed: boolean | null
    }
    'intake.reading': { municipality_id: TenantColumn; report_id: string; role: string; area: string }
    'intake.urgent_entry': {
      municipality_id: TenantColumn
      id: string
      report_id: string
      content_key: string
      at: Date
      by_person: string | null
      kind: 'reached' | 'not-reached' | 'handed' | 'second-told' | 'note'
      whom: Sealed<'report'> | null
      what: Sealed<'report'> | null
      basis: 'danger' | 'child' | 'consent' | 'no-person' | null
    }
    'intake.referral': {
      municipality_id: TenantColumn
      id: string
      report_id: string
      content_key: string
      office: string | null
      basis: 'consent' | 'told' | 'law' | 'no-person'
      state: 'asked' | 'agreed' | 'refused' | 'waits' | 'handed' | 'withdrawn' | 'recalled'
      letter: Sealed<'report'>
      made_by: string
      made_on: string
      answered_on: string | null
      handed_on: string | null
      recalled_on: string | null
      recall_told_on: string | null
    }
    'intake.translation': {
      municipality_id: TenantColumn
      id: string
      report_id: string
      /** Empty: the text of the report itself, or an answer that is not in the mailbox yet. */
      message_id: string | null
      direction: Generated<'in' | 'out'>
      veil: 'hate' | 'threat' | 'violence' | null
      content_key: string
      language: string
      source: Sealed<'report'>
      text: Sealed<'report'> | null
      interpreter: string | null
      asked_on: string
      until_on: string
      ended: Generated<boolean>
      done_on: string | null
      version: Generated<number>
    }
    'intake.message': {
      municipality_id: TenantColumn
      id: string
      report_id: string
      number: number
      sent_on: string
      sender: 'reporter' | 'office'
      language: string
      text: Sealed<'report'>
      checked: 'done' | 'accepted' | null
      version: Generated<number>
    }
    'intake.joining': {
      municipality_id: TenantColumn
      id: string
      report_id: string
      into_report: string | null
      into_case: string | null
      reason: Sealed<'report'>
      joined_on: string
      joined_by: string
      from_step: string
      from_version: string
      parted_on: string | null
      parted_by: string | null
    }
    'intake.import': {
      municipality_id: TenantColumn
      id: string
      kind: 'register' | 'list'
      state: 'draft' | 'running' | 'done' | 'undoing' | 'undone'
      made_on: string
      made_by: string
      content_key: string
      settings: Sealed<'import'>
      lines: number
      cases: Generated<number>
      figures: Generated<number>
      reports: Generated<number>
      left_out: Generated<number>
      undo_until: string | null
    }
    'intake.import_part': {
      municipality_id: TenantColumn
      import_id: string
      number: number
      content: Sealed<'import'>
    }
    'intake.import_item': {
      municipality_id: TenantColumn
      import_id: string
      record_id: string
      kind: 'case' | 'figure' | 'report'
    }
    'intake.card': {
      municipality_id: TenantColumn
      receipt: Buffer
      until_on: string
    }
    'intake.received_mail': {
      municipality_id: TenantColumn
      /** Keyed hash of the message's id. */
      message: Buffer
      report_id: string
    }
    'intake.exclusion': {
      municipality_id: TenantColumn
      report_id: string
      number: number
      reader: string | null
      typed: Sealed<'report'> | null
    }
    'intake.opened': {
      municipality_id: TenantColumn
      report_id: string
      month: string
      who: 'coordination' | 'contact-point' | 'specialist'
    }
    'intake.draft': {
      municipality_id: TenantColumn
      id: Buffer
      made_in: number
      content: Buffer
    }
    'intake.consultation': {
      municipality_id: TenantColumn
      id: string
      asked_by: string
      asked_on: string
      subject: string
      ethnicised: boolean | null
      content_key: string
      question: Sealed<'consultation'>
      answer: Sealed<'consultation'> | null
      answered_by: string | null
      answered_on: string | null
    }
    'intake.consulted': {
      municipality_id: TenantColumn
      id: string
      month: string
      subject: string
      ethnicised: boolean | null
      ended_as: 'stays' | 'advised'
    }
    'intake.figure': {
      municipality_id: TenantColumn
      id: string
      month: string
      area: string
      subject: string
      channel: string
      language: string
      danger: boolean
      ended_as: string
      days_to_answer: number | null
      working_days_to_answer: number | null
      was_watched: Generated<boolean>
    }
    'intake.idempotent': {
      municipality_id: TenantColumn
      key_hash: Buffer
      body_hash: Buffer
      answer: Buffer | null
      expires_on: string
    }
  }
}
