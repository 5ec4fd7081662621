import { chosen, emptyForm } from '#platform/forms/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { answerReporter } from '../../commands/answer.ts'
import { askForAnswer } from '../../commands/outgoing.ts'
import { joinedReports } from '../../queries/alike.ts'
import { readySentences } from '../../queries/sentences.ts'
import { words } from '../../words.ts'
import { withForm } from './report.tsx'

const t = words('de')
const longest = 20_000

/** `/{town}/eingang/{report}/nachricht`: a question or an answer, without deciding anything yet; translated first, if wished. */
export async function post(visit: Visit): Promise<Response | View> {
  const id = visit.params.report ?? ''
  const values = await visit.form()
  const typed = String(values.message ?? '').trim()
  const translate = values.do === 'translate'
  const ready = await visit.tx((tx) =>
    readySentences(tx, id, chosen(emptyForm(values), 'sentences'), translate ? 'de' : undefined),
  )
  const text = [...ready, typed].filter(Boolean).join('\n\n')
  const person = String(values.interpreter ?? '')
  const fault =
    text === '' || text.length > longest
      ? { field: 'message', message: t(text === '' ? 'missing.message' : 'error.tooLong') }
      : translate && !person
        ? { field: 'interpreter', message: t('missing.interpreter') }
        : undefined
  if (fault) return { ...(await withForm(visit, { values, errors: [fault] })), status: 422, error: true }
  await visit.tx(async (tx) => {
    if (translate) return askForAnswer(tx, { report: id, text, person })
    const all = values.all === 'yes' ? (await joinedReports(tx, { with: id })).map((one) => one.id) : [id]
    for (const report of all) await answerReporter(tx, report, text)
  })
  return redirect(addresses.reportPage(visit.town, id))
}
