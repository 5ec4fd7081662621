import type { Generated } from 'kysely'
import type { Sealed } from '../crypto/index.ts'
import type { TenantColumn } from '../db/tables.ts'

declare module '../db/tables.ts' {
  interface Tables {
    'auth.person': {
      municipality_id: TenantColumn
      id: string
      name: string
      mail: string | null
      phone: string | null
      language: Generated<string>
      employed: Generated<boolean>
      undertaken_on: string | null
      left_on: string | null
      superior_id: string | null
      /** Of another municipality, let near one record; has neither account nor role. */
      guest: Generated<boolean>
    }
    'auth.appointment': {
      municipality_id: TenantColumn
      id: string
      person_id: string
      role: string
      area: string | null
      from_on: string
      until_on: string | null
      appointed_by: string | null
      second_by: string | null
    }
    'auth.absence': {
      municipality_id: TenantColumn
      id: string
      person_id: string
      deputy_id: string
      from_on: string
      until_on: string | null
      set_by: string
    }
    'auth.session': {
      municipality_id: TenantColumn
      token_hash: Buffer
      id: Generated<string>
      person_id: string
      device: Generated<string>
      started_on: string
      expires_at: Date
    }
    'auth.credential': {
      municipality_id: TenantColumn
      person_id: string
      password: string
      totp: Sealed<'totp'>
      totp_key: string
      totp_step: Generated<number>
    }
    'auth.invitation': {
      municipality_id: TenantColumn
      token_hash: Buffer
      person_id: string
      expires_at: Date
      anew: Generated<boolean>
    }
    'auth.passkey': {
      municipality_id: TenantColumn
      id: string
      person_id: string
      credential: string
      public_key: Buffer
      counter: number
      name: string
      added_on: string
      used_on: string | null
    }
    'auth.identity': { municipality_id: TenantColumn; subject_hash: Buffer; person_id: string }
    'auth.spent_challenge': { municipality_id: TenantColumn; hash: Buffer; expires_at: Date }
    'auth.recovery_code': { municipality_id: TenantColumn; person_id: string; code_hash: Buffer }
  }
}
