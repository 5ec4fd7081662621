import { emptyForm, inWords, parseForm, withError, type FormState } from '#platform/forms/index.ts'
import { formats } from '#platform/i18n/index.ts'
import { NotAllowed } from '#platform/kernel/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, EmptyState, ErrorSummary, Form, Lead, Radios, SummaryList, TextField } from '#ui/index.ts'
import { modelVersion } from '#work/model/index.ts'
import { mergeReports, partReport } from '../../commands/join.ts'
import { openReport, type OpenedReport } from '../../queries.ts'
import { alikeReports, type Alike } from '../../queries/alike.ts'
import { merging } from '../../schema.ts'
import { words, type WordKey } from '../../words.ts'
import { Veiled } from './parts/veil.tsx'

const t = words('de')

async function load(visit: Visit) {
  return visit.tx(async (tx) => {
    const report = await openReport(tx, visit.params.report ?? '')
    if (!report) throw new NotAllowed('report', { hidden: true })
    return { report, alike: await alikeReports(tx, await modelVersion(tx, report.modelVersion), report.id) }
  })
}

/** `/{town}/eingang/{report}/zusammenfuehren`: is it the same occurrence? The texts stand beside each other. */
export async function get(visit: Visit): Promise<View> {
  const { report, alike } = await load(visit)
  return view(visit, report, alike, emptyForm())
}

export async function post(visit: Visit): Promise<Response | View> {
  const id = visit.params.report ?? ''
  const values = await visit.form()
  const parsed = parseForm(merging, values, inWords(t, 'de'))
  const mend = async (form: FormState) => {
    const { report, alike } = await load(visit)
    return { ...view(visit, report, alike, form), status: 422, error: true }
  }
  if (!parsed.ok) return mend(parsed.state)
  const { with: other, reason } = parsed.data
  const done = await visit.tx((tx) => mergeReports(tx, visit.person?.roles ?? [], [id, other], reason))
  if ('lead' in done) return redirect(addresses.reportPage(visit.town, done.lead))
  return mend(
    done.missing.reduce((form, { field, message }) => withError(form, field, t(message as WordKey)), emptyForm(values)),
  )
}

/** `/{town}/eingang/{report}/trennen`: it was another matter after all. */
export async function part(visit: Visit): Promise<Response> {
  const id = visit.params.report ?? ''
  await visit.tx((tx) => partReport(tx, id))
  return redirect(addresses.reportPage(visit.town, id))
}

function view(visit: Visit, report: OpenedReport, alike: readonly Alike[], form: FormState): View {
  const { day } = formats('de')
  const back = addresses.reportPage(visit.town, report.id)
  return {
    layout: 'staff',
    at: addresses.inbox(visit.town),
    back,
    title: t('merge.title'),
    body: (
      <>
        <ErrorSummary form={form} />
        <Lead>{t('merge.lead')}</Lead>
        <SummaryList
          rows={[
            {
              label: t('report.title', { day: day(report.receivedOn) }),
              value: <Veiled veil={report.veil}>{report.observed}</Veiled>,
            },
          ]}
        />
        {alike.length === 0 ? (
          <EmptyState>{t('merge.none')}</EmptyState>
        ) : (
          <Form action={addresses.reportPage(visit.town, report.id, 'zusammenfuehren')} token={visit.token}>
            <Radios
              name="with"
              label={t('merge.with')}
              form={form}
              options={alike.map(({ id, receivedOn, text, answer, caseId }) => ({
                value: id,
                label: `${day(receivedOn)}: ${t(`alike.${answer}`)}${caseId ? `, ${t('alike.in-case')}` : ''}`,
                hint: text,
              }))}
            />
            <TextField name="reason" label={t('merge.reason')} hint={t('merge.reason.hint')} form={form} />
            <Button>{t('merge.save')}</Button>
          </Form>
        )}
      </>
    ),
  }
}
