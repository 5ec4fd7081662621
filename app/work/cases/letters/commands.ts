import { record } from '#platform/audit/index.ts'
import { newId } from '#platform/kernel/index.ts'
import type { Letter } from '#platform/letter/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { enter, lockCase, seal } from '../commands/store.ts'
import type { PartyLetter } from './letters.ts'
import type { Way } from './schema.ts'

export interface Given {
  readonly kind: PartyLetter
  /** `YYYY-MM-DD` */
  readonly givenOn: string
  readonly way: Way
  readonly party?: string | undefined
  readonly letter: Letter
}

/** Notes that a letter was given out, with its words as they are now. */
export async function giveLetter(tx: TenantTx, caseId: string, given: Given): Promise<void> {
  const { key } = await lockCase(tx, caseId)
  const id = newId()
  await tx.db
    .insertInto('cases.letter')
    .values({
      id,
      case_id: caseId,
      kind: given.kind,
      given_on: given.givenOn,
      way: given.way,
      party_id: given.party ?? null,
      text: seal(tx, key, 'letter', 'text', id, JSON.stringify(given.letter)),
    })
    .execute()
  await enter(tx, caseId, key, { kind: `letter-${given.kind}` })
  await record(tx, 'gave-letter', `case:${caseId}`)
}
