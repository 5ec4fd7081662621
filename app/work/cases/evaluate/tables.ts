import type { Generated } from 'kysely'
import type { Sealed } from '#platform/crypto/index.ts'
import type { TenantColumn } from '#platform/db/tables.ts'

declare module '#platform/db/tables.ts' {
  interface Tables {
    'cases.evaluation_link': {
      municipality_id: TenantColumn
      id: string
      case_id: string
      token: Buffer
      made_on: string
      until_on: string
    }
    'cases.evaluation': {
      municipality_id: TenantColumn
      id: string
      answers: Record<string, string>
      counted: Generated<boolean>
    }
    'cases.evaluated_cases': { municipality_id: TenantColumn; count: number }
    'cases.look_back': {
      municipality_id: TenantColumn
      id: string
      case_id: string
      person_id: string
      note_key: string
      said: Sealed<'handler-notes'>
      written_on: string
      version: Generated<number>
    }
    'cases.lesson_draft': {
      municipality_id: TenantColumn
      id: string
      case_id: string
      content_key: string
      title: Sealed<'case'>
      text: Sealed<'case'>
      state: Generated<'draft' | 'asked' | 'back'>
      drafted_by: string
      drafted_on: string
      version: Generated<number>
    }
    'cases.lesson': {
      municipality_id: TenantColumn
      id: string
      title: string
      text: string
      drafted_by: string
      released_by: string
      released_on: string
    }
  }
}
