import type { Language } from '#platform/i18n/index.ts'
import { NotAllowed } from '#platform/kernel/index.ts'
import { livingKey, type TenantTx } from '#platform/tenancy/index.ts'
import { modelInForce, say } from '#work/model/index.ts'
import { answerLanguage } from '../languages.ts'
import type { Extras } from '../schema.ts'

/** The language in which whoever reported is answered: the one wished for, or the one she wrote in. */
export async function languageOf(tx: TenantTx, report: string) {
  const row = await tx.db
    .selectFrom('intake.report')
    .select(['language', 'extras', 'content_key'])
    .where('id', '=', report)
    .executeTakeFirst()
  if (!row) throw new NotAllowed('report', { hidden: true })
  const place = { table: 'intake.report', column: 'extras', row: report }
  const extras = row.extras ? tx.keys.reveal(await livingKey(tx, row.content_key), place, row.extras) : '{}'
  return answerLanguage({ language: row.language, extras: JSON.parse(extras) as Extras })
}

/** Sentences of the model in force, in its order; without `language` in that of whoever reported. */
export async function readySentences(
  tx: TenantTx,
  report: string,
  ids: readonly string[],
  language?: Language,
): Promise<string[]> {
  if (ids.length === 0) return []
  const spoken = language ?? (await languageOf(tx, report))
  const { sentences } = (await modelInForce(tx)).model
  return sentences.filter(({ id }) => ids.includes(id)).map(({ text }) => say(text, spoken))
}
