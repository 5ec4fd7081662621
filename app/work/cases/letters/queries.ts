import type { Letter } from '#platform/letter/index.ts'
import { livingKey, type TenantTx } from '#platform/tenancy/index.ts'
import { reveal } from '../commands/store.ts'

/** The letters that were given out, in the order of the days, each in its words of then. */
export async function givenLetters(tx: TenantTx, caseId: string, contentKey: string) {
  const rows = await tx.db
    .selectFrom('cases.letter')
    .selectAll()
    .where('case_id', '=', caseId)
    .orderBy('given_on')
    .orderBy('id')
    .execute()
  if (rows.length === 0) return []
  const key = await livingKey(tx, contentKey)
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    givenOn: row.given_on,
    way: row.way,
    party: row.party_id,
    letter: JSON.parse(reveal(tx, key, ['letter', 'text', row.id], row.text)) as Letter,
  }))
}
export type GivenLetter = Awaited<ReturnType<typeof givenLetters>>[number]
