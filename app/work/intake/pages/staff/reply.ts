import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { answerReporter } from '../../commands/answer.ts'
import { joinedReports } from '../../queries/alike.ts'
import { words } from '../../words.ts'
import { withForm } from './report.tsx'

const t = words('de')
const longest = 20_000

/** `/{town}/eingang/{report}/nachricht`: a question or an answer, without deciding anything yet. */
export async function post(visit: Visit): Promise<Response | View> {
  const id = visit.params.report ?? ''
  const values = await visit.form()
  const text = String(values.message ?? '').trim()
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
