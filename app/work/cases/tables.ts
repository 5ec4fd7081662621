import type { ColumnType, Generated } from 'kysely'
import type { Sealed } from '#platform/crypto/index.ts'
import type { TenantColumn } from '#platform/db/tables.ts'
import type { Way } from './choosing.ts'
import type { GuestPart } from './near/schema.ts'

declare module '#platform/db/tables.ts' {
  interface Tables {
    'cases.note': {
      municipality_id: TenantColumn
      id: string
      case_id: string
      person_id: string
      note_key: string
      text: Sealed<'handler-notes'>
      version: Generated<number>
    }
    'cases.register_request': {
      municipality_id: TenantColumn
      id: string
      asked_by: string
      asked_at: Date
      purpose: 'report' | 'audit' | 'move' | 'request'
      answered_by: string | null
      answered_at: Date | null
      agreed: boolean | null
    }
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
      /** Aktenzeichen. */
      file_number: Sealed<'case'> | null
      /** How it came, and how many it touches (`few`, `group`, `wide`): for the figures. */
      channel: string | null
      level: string | null
      /** Answers to the model's questions by step, JSON. */
      answers: Sealed<'case'> | null
      version: Generated<number>
      list_rank: ColumnType<number, never, never>
      /** Sorts the list: the due time while open (opening time where nothing is due), the closing time afterwards. */
      list_at: Date
      /** Whether anybody concerned has said how it was. */
      evaluated: Generated<boolean>
    }
    'cases.guest': {
      municipality_id: TenantColumn
      id: string
      case_id: string
      town: number
      name: string
      purpose: 'joint' | 'know' | 'advise'
      basis: 'consent' | 'duty' | 'assistance'
      parts: GuestPart[]
      until_on: string
      state: Generated<'asked' | 'standing' | 'ended'>
      asked_by: string
      asked_on: string
      person_id: string | null
    }
    'cases.invited': {
      municipality_id: TenantColumn
      id: string
      owner: number
      name: string
      purpose: 'joint' | 'know' | 'advise'
      basis: 'consent' | 'duty' | 'assistance'
      parts: GuestPart[]
      until_on: string
      state: Generated<'asked' | 'agreed' | 'standing' | 'ended'>
      person_id: string | null
      guest_id: string | null
      answered_by: string | null
    }
    'cases.link': {
      municipality_id: TenantColumn
      id: string
      from_case: string
      to_case: string
      kind: 'same' | 'side' | 'follow'
      made_at: Date
      made_by: string
      ended_at: Date | null
      ended_by: string | null
      reason: Sealed<'case'> | null
    }
    'cases.assessment': {
      municipality_id: TenantColumn
      id: string
      case_id: string
      number: number
      made_on: string
      made_by: string
      matter: Sealed<'case'>
      next_step: Sealed<'case'>
      notes: Sealed<'case'> | null
      answers: Sealed<'case'> | null
      /** All that helps to think, JSON of a `Depth`. */
      depth: Sealed<'case'> | null
      /** The number of the version this is a second assessor's own view of. */
      second_of: number | null
    }
    'cases.party': {
      municipality_id: TenantColumn
      id: string
      case_id: string
      stands: 'party' | 'affected' | 'supports' | 'outside'
      form: 'person' | 'group' | 'institution'
      label: Sealed<'case'>
      about: Sealed<'case'> | null
      merged_into: string | null
      removed_on: string | null
      added_at: Date
      version: Generated<number>
    }
    'cases.map': {
      municipality_id: TenantColumn
      id: string
      case_id: string
      number: number
      edition: number
      made_on: string
      made_by: string
      content: Sealed<'case'>
    }
    'cases.session': {
      municipality_id: TenantColumn
      id: string
      case_id: string
      held_on: string
      attended: string[]
      /** What it came to; null for talks noted before that was asked. */
      result: Sealed<'case'> | null
      next_step: Sealed<'case'>
      noted_by: string
    }
    'cases.measure': {
      municipality_id: TenantColumn
      id: string
      case_id: string
      what: Sealed<'case'>
      owner: Sealed<'case'>
      due_on: string
      state: Generated<'open' | 'done' | 'dropped'>
      ended_on: string | null
    }
    'cases.follow_up': {
      municipality_id: TenantColumn
      id: string
      case_id: string
      due_on: string
      done_on: string | null
      holding: string | null
      note: Sealed<'case'> | null
    }
    'cases.entry': {
      municipality_id: TenantColumn
      id: string
      case_id: string
      at: Date
      kind: string
      by_person: string | null
      step: string | null
      person_id: string | null
      note: Sealed<'case'> | null
      /** The order within one transaction. */
      seq: Generated<number>
    }
    'cases.proposal': {
      municipality_id: TenantColumn
      id: string
      case_id: string
      model_version: string
      from_step: string
      to_step: string
      effect: 'waits' | 'at-once'
      proposed_by: string
      proposed_on: string
      lapses_at: Date | null
      subject: Generated<'move' | 'gates' | 'approval'>
      asked: string | null
      reason: Sealed<'case'>
      payload: Sealed<'case'> | null
      content_key: string
      answered_by: string | null
      answered_on: string | null
      agreed: boolean | null
    }
    'cases.choice': {
      municipality_id: TenantColumn
      id: string
      case_id: string
      number: number
      chosen_on: string
      chosen_by: string
      state: 'waits' | 'standing' | 'refused'
      said: Sealed<'case'>
      said_key: string
    }
    'cases.agreement': {
      municipality_id: TenantColumn
      id: string
      case_id: string
      number: number
      state: Generated<'draft' | 'signed' | 'replaced'>
      made_on: string
      made_by: string
      signed_on: string | null
      proof: Sealed<'case'> | null
      version: Generated<number>
      translated: Sealed<'case'> | null
    }
    'cases.clause': {
      municipality_id: TenantColumn
      id: string
      case_id: string
      agreement_id: string
      place: number
      who: Sealed<'case'>
      what: Sealed<'case'>
      tell: Sealed<'case'> | null
      due_on: string | null
    }
    'cases.clause_look': {
      municipality_id: TenantColumn
      id: string
      case_id: string
      clause_id: string
      due_on: string
      done_on: string | null
      done_by: string | null
      holding: 'yes' | 'partly' | 'no' | 'unknown' | null
      note: Sealed<'case'> | null
    }
    'cases.readiness': {
      municipality_id: TenantColumn
      person_id: string
      time: 'yes' | 'some' | 'no'
      /** Hours a week, about. */
      hours: Generated<number | null>
      languages: string[]
      said_on: string
      /** The last day her words hold. */
      until_on: Generated<string | null>
    }
    'cases.declaration': {
      municipality_id: TenantColumn
      case_id: string
      person_id: string
      declared_on: string
    }
    'cases.figure': {
      municipality_id: TenantColumn
      id: string
      month: string
      area: string
      subject: string
      channel: string | null
      level: string | null
      outcome: string
      hours_quarters: number
      days_to_assess: number | null
      days_to_close: number
      sessions: number
      again: boolean
      working_days_to_assess: number | null
      working_days_to_close: number | null
      way: Way | null
      /** Third of Glasl's nine stages, 1 to 3, of the party furthest on: at the first look … */
      third_first: number | null
      /** … and at the closing. */
      third_last: number | null
      /** Answers to the model's questions, by field id: numbers and choices only. */
      asked: Generated<Record<string, string | string[] | number>>
    }
    'cases.holding_figure': {
      municipality_id: TenantColumn
      id: string
      month: string
      after_months: number
      holding: string
    }
  }
}
