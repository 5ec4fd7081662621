import type { ColumnType, Generated } from 'kysely'
import type { Sealed } from '#platform/crypto/index.ts'
import type { TenantColumn } from '#platform/db/tables.ts'
import type { TroubleKind } from './meetings/provider.ts'
import type { Reminding, Seat } from './rules.ts'
import type { Kind, Material, Online, Point, Question, Translations } from './schema.ts'

/** JSON, written as text and read as what it is. */
type Json<T> = ColumnType<T, string | undefined, string>

declare module '#platform/db/tables.ts' {
  interface Tables {
    'gatherings.gathering': {
      municipality_id: TenantColumn
      id: string
      slug: string
      kind: Kind
      state: Generated<'draft' | 'announced' | 'cancelled'>
      title: string
      summary: string
      translations: Json<Translations>
      on_day: string
      from_time: string
      until_time: string
      deadline: string
      places: number | null
      by_hand: Generated<boolean>
      listed: Generated<boolean>
      place: string | null
      online: Online | null
      content_key: string
      room: Sealed<'room'> | null
      instructions: Sealed<'room'> | null
      room_trouble: TroubleKind | null
      confirm_mail: Generated<boolean>
      series_id: string | null
      ask_needs: Generated<boolean>
      needs_reader: string | null
      questions: Json<readonly Question[]>
      priority_groups: Json<readonly string[]>
      programme: Json<readonly Point[]>
      materials: Json<readonly Material[]>
      proceedings: string | null
      published_on: string | null
      delete_on: string
      sequence: Generated<number>
      changed_at: Date
      last_received_at: Date | null
      version: Generated<number>
    }
    'gatherings.registration': {
      municipality_id: TenantColumn
      id: string
      gathering_id: string
      state: Seat
      rank: Generated<number>
      late: Generated<boolean>
      received_at: Date
      offered_until: Date | null
      language: string
      key_id: string
      name: Sealed<'participant'>
      mail: Sealed<'participant'>
      answers: Sealed<'participant'> | null
      mail_hash: Buffer
      sequence: Generated<number>
      attended_at: Date | null
      confirm_until: Date | null
      calendar_answer: 'accepted' | 'declined' | 'tentative' | null
      calendar_answer_at: Date | null
      ended_on: string | null
    }
    'gatherings.need': {
      municipality_id: TenantColumn
      registration_id: string
      gathering_id: string
      reader: string
      key_id: string
      name: Sealed<'access-need'>
      need: Sealed<'access-need'>
      delete_on: string
    }
    'gatherings.file': {
      municipality_id: TenantColumn
      id: string
      gathering_id: string
      title: string
      kind: 'pdf' | 'png' | 'jpeg'
      bytes: number
      sealed: Sealed<'file'> | null
      content: Buffer | null
      added_at: Date
    }
    'gatherings.rule': {
      municipality_id: TenantColumn
      id: string
      gathering_id: string
      letter: 'link' | 'feedback'
      anchor: Reminding['anchor']
      side: Reminding['side']
      amount: number
      unit: Reminding['unit']
      clock: string | null
      missed: Reminding['missed']
    }
    'gatherings.reminder': {
      municipality_id: TenantColumn
      rule_id: string
      registration_id: string
      due_at: Date | null
    }
    'gatherings.feedback_token': { municipality_id: TenantColumn; gathering_id: string; token_hash: Buffer }
    'gatherings.feedback': {
      municipality_id: TenantColumn
      id: string
      gathering_id: string
      answered_on: string
      worth: number | null
      understood: number | null
      heard: number | null
      key_id: string | null
      remark: Sealed<'feedback'> | null
    }
    'gatherings.service': {
      municipality_id: TenantColumn
      provider: 'teams' | 'bigbluebutton' | 'jitsi'
      key_id: string
      settings: Sealed<'service'>
      tested_on: string | null
    }
  }
}
