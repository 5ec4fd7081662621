import type { Sealed } from '#platform/crypto/index.ts'
import type { TenantColumn } from '#platform/db/tables.ts'
import type { TakenLetter } from '#platform/files/index.ts'
import type { PartyLetter } from './letters.ts'
import type { Way } from './schema.ts'

declare module '#platform/db/tables.ts' {
  interface Tables {
    'cases.letter': {
      municipality_id: TenantColumn
      id: string
      nth: number
      case_id: string
      kind: PartyLetter
      given_on: string
      way: Way
      party_id: string | null
      /** The letter as it was given out, JSON of `Letter`. */
      text: Sealed<'case'>
    }
    'cases.letter_file': {
      municipality_id: TenantColumn
      letter_id: string
      kind: TakenLetter['kind']
      /** The file in base64. */
      content: Sealed<'case'>
    }
  }
}
