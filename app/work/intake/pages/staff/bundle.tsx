import { chosen, emptyForm, inWords, parseForm, withError, type FormState } from '#platform/forms/index.ts'
import { formats } from '#platform/i18n/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, Checkboxes, EmptyState, ErrorSummary, Form, Lead, Select, TextField } from '#ui/index.ts'
import { openCases } from '#work/cases/index.ts'
import { choices, modelInForce } from '#work/model/index.ts'
import { addToCase, bundle } from '../../commands/join.ts'
import { waitingToBundle } from '../../queries/lists.ts'
import { bundling } from '../../schema.ts'
import { words, type WordKey } from '../../words.ts'

const t = words('de')

/** `/{town}/eingang/buendeln`: several reports of one diffuse matter become one case, or join one that is running. */
export const get = (visit: Visit): Promise<View> =>
  view(visit, emptyForm({ reports: visit.url.searchParams.getAll('meldung'), case: '' }))

export async function post(visit: Visit): Promise<Response | View> {
  const values = await visit.form()
  const parsed = parseForm(bundling, values, inWords(t, 'de'))
  const mend = async (form: FormState) => ({ ...(await view(visit, form)), status: 422, error: true })
  if (!parsed.ok) return mend(parsed.state)
  const { reports, reason, matter, case: running } = parsed.data
  if (!running && !matter) return mend(withError(emptyForm(values), 'matter', t('missing.matter')))
  const roles = visit.person?.roles ?? []
  const done = await visit.tx(async (tx) => {
    if (!running) return bundle(tx, roles, reports, { matter: matter!, reason })
    const missing = await addToCase(tx, roles, reports, running, reason)
    return missing.length > 0 ? { missing } : { caseId: running }
  })
  if ('caseId' in done) return redirect(addresses.casePage(visit.town, done.caseId))
  return mend(
    done.missing.reduce((form, { message }) => withError(form, 'reports', t(message as WordKey)), emptyForm(values)),
  )
}

async function view(visit: Visit, form: FormState): Promise<View> {
  const { model, rows, running } = await visit.tx(async (tx) => ({
    model: await modelInForce(tx),
    rows: await waitingToBundle(tx, chosen(form, 'reports')),
    running: await openCases(tx),
  }))
  const { areas, subjects } = choices(model, 'de')
  const nameIn = (list: typeof areas, id: string) => list.find((one) => one.id === id)?.name ?? id
  const { day } = formats('de')
  return {
    layout: 'staff',
    at: addresses.inbox(visit.town),
    back: addresses.inbox(visit.town),
    title: t('bundle.title'),
    body: (
      <>
        <ErrorSummary form={form} />
        <Lead>{t('bundle.lead')}</Lead>
        {rows.length === 0 ? (
          <EmptyState>{t('inbox.empty')}</EmptyState>
        ) : (
          <Form action={addresses.bundle(visit.town)} token={visit.token}>
            <Checkboxes
              name="reports"
              label={t('bundle.reports')}
              form={form}
              options={rows.map((row) => ({
                value: row.id,
                label: row.headline,
                hint: `${day(row.received_on)}, ${nameIn(areas, row.area)}, ${nameIn(subjects, row.subject)}`,
              }))}
            />
            <Select
              name="case"
              label={t('bundle.case')}
              form={form}
              options={[
                { value: '', label: t('bundle.case.new') },
                ...running.map(({ id, number, matter }) => ({ value: id, label: `${number}: ${matter}` })),
              ]}
            />
            <TextField name="matter" label={t('bundle.matter')} hint={t('decide.matter.hint')} form={form} optional />
            <TextField name="reason" label={t('bundle.reason')} hint={t('bundle.reason.hint')} form={form} />
            <Button>{t('bundle.save')}</Button>
          </Form>
        )}
      </>
    ),
  }
}
