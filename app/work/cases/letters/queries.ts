import type { Letter } from '#platform/letter/index.ts'
import { livingKey, type TenantTx } from '#platform/tenancy/index.ts'
import { reveal } from '../commands/store.ts'

/** The letters that were given out, in the order of the days, each in its words of then. */
export async function givenLetters(tx: TenantTx, caseId: string, contentKey: string) {
  const rows = await tx.db
    .selectFrom('cases.letter as l')
    .leftJoin('cases.letter_file as f', (join) =>
      join.onRef('f.municipality_id', '=', 'l.municipality_id').onRef('f.letter_id', '=', 'l.id'),
    )
    .selectAll('l')
    .select('f.kind as file')
    .where('l.case_id', '=', caseId)
    .orderBy('l.given_on')
    .orderBy('l.nth')
    .execute()
  if (rows.length === 0) return []
  const key = await livingKey(tx, contentKey)
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    givenOn: row.given_on,
    way: row.way,
    party: row.party_id,
    /** The kind of the file that was given out in place of these words. */
    file: row.file ?? undefined,
    letter: JSON.parse(reveal(tx, key, ['letter', 'text', row.id], row.text)) as Letter,
  }))
}
export type GivenLetter = Awaited<ReturnType<typeof givenLetters>>[number]

/** The file that was given out in place of the words of this letter; undefined where there is none. */
export async function letterFile(tx: TenantTx, letter: string, contentKey: string) {
  const row = await tx.db
    .selectFrom('cases.letter_file')
    .select(['kind', 'content'])
    .where('letter_id', '=', letter)
    .executeTakeFirst()
  if (!row) return undefined
  const sealed = reveal(tx, await livingKey(tx, contentKey), ['letter_file', 'content', letter], row.content)
  return { kind: row.kind, bytes: Buffer.from(sealed, 'base64') }
}
