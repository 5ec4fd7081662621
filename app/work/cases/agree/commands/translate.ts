import { record } from '#platform/audit/index.ts'
import { NotAllowed, StaleEdit } from '#platform/kernel/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { lockCase, seal } from '../../commands/store.ts'
import { agreements, translationMark } from '../queries.ts'
import { linesFrom, type Foreign, type Sent } from '../translated.ts'

export interface Translating {
  /** Which version of the agreement. */
  readonly number: number
  readonly language: Foreign
  readonly by: string
  /** In the order of the clauses; undefined where one is not translated. */
  readonly sent: readonly (Sent | undefined)[]
  /** What `translationMark` said when the form was made. */
  readonly onto: number
}

/** Keeps the clauses of a version in one language; throws StaleEdit when they or their German words were changed since. */
export async function translateAgreement(
  tx: TenantTx,
  caseId: string,
  { number, language, by, sent, onto }: Translating,
): Promise<void> {
  const { row, key } = await lockCase(tx, caseId)
  const all = await agreements(tx, caseId, row.content_key)
  const found = all.find((one) => one.number === number && one.state !== 'replaced')
  if (!found) throw new NotAllowed('agreement', { hidden: true })
  const mark = translationMark(found, language)
  if (onto !== mark) throw new StaleEdit(onto, mark)
  const before = found.translated[language]
  const lines = linesFrom(found.clauses, sent, before?.lines)
  const translated = { ...found.translated, [language]: { version: (before?.version ?? 0) + 1, by, lines } }
  await tx.db
    .updateTable('cases.agreement')
    .set({ translated: seal(tx, key, 'agreement', 'translated', found.id, JSON.stringify(translated)) })
    .where('id', '=', found.id)
    .execute()
  await record(tx, 'translated-agreement', `case:${caseId}`)
}
