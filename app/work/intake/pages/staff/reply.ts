import { chosen, emptyForm } from '#platform/forms/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { answerReporter } from '../../commands/answer.ts'
import { joinedReports } from '../../queries/alike.ts'
import { readySentences } from '../../queries/sentences.ts'
import { words } from '../../words.ts'
import { withForm } from './report.tsx'

const t = words('de')
const longest = 20_000

/** `/{town}/eingang/{report}/nachricht`: a question or an answer, without deciding anything yet. */
export async function post(visit: Visit): Promise<Response | View> {
  const id = visit.params.report ?? ''
  const values = await visit.form()
  const typed = String(values.message ?? '').trim()
  const ready = await visit.tx((tx) => readySentences(tx, id, chosen(emptyForm(values), 'sentences')))
  const text = [...ready, typed].filter(Boolean).join('\n\n')
  const fault = text === '' ? t('missing.message') : text.length > longest ? t('error.tooLong') : undefined
  if (fault)
    return {
      ...(await withForm(visit, { values, errors: [{ field: 'message', message: fault }] })),
      status: 422,
      error: true,
    }
  await visit.tx(async (tx) => {
    const all = values.all === 'yes' ? (await joinedReports(tx, { with: id })).map((one) => one.id) : [id]
    for (const report of all) await answerReporter(tx, report, text)
  })
  return redirect(addresses.reportPage(visit.town, id))
}
