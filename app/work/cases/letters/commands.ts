import { record } from '#platform/audit/index.ts'
import { newId } from '#platform/kernel/index.ts'
import type { TakenLetter } from '#platform/files/index.ts'
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
  /** What was given out instead of these words, where somebody changed them. */
  readonly sent?: Pick<TakenLetter, 'kind' | 'bytes'> | undefined
}

/** Largest file beside a letter, in bytes. */
export const largestFile = 5 * 1024 * 1024

/** Notes that a letter was given out, with its words as they are now or the file that took their place. */
export async function giveLetter(tx: TenantTx, caseId: string, given: Given): Promise<void> {
  const { key } = await lockCase(tx, caseId)
  const id = newId()
  const { last } = await tx.db
    .selectFrom('cases.letter')
    .select(({ fn }) => fn.max('nth').as('last'))
    .where('case_id', '=', caseId)
    .executeTakeFirstOrThrow()
  await tx.db
    .insertInto('cases.letter')
    .values({
      id,
      case_id: caseId,
      nth: (last ?? 0) + 1,
      kind: given.kind,
      given_on: given.givenOn,
      way: given.way,
      party_id: given.party ?? null,
      text: seal(tx, key, 'letter', 'text', id, JSON.stringify(given.letter)),
    })
    .execute()
  if (given.sent) {
    const content = seal(tx, key, 'letter_file', 'content', id, given.sent.bytes.toString('base64'))
    await tx.db.insertInto('cases.letter_file').values({ letter_id: id, kind: given.sent.kind, content }).execute()
  }
  await enter(tx, caseId, key, { kind: `letter-${given.kind}` })
  await record(tx, 'gave-letter', `case:${caseId}`)
}
