import { emptyForm, inWords, parseForm, type FormState } from '#platform/forms/index.ts'
import { formats } from '#platform/i18n/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, Card, DataTable, EmptyState, ErrorSummary, Form, Lead, Radios, Select, TextArea } from '#ui/index.ts'
import { choices, modelInForce, type Compiled } from '#work/model/index.ts'
import { askColleagues } from '../../commands/consult.ts'
import { endedConsultations, openConsultations } from '../../queries/consultations.ts'
import { asking } from '../../schema.ts'
import { words } from '../../words.ts'

const t = words('de')

interface Shown {
  readonly model: Compiled
  readonly open: Awaited<ReturnType<typeof openConsultations>>
  readonly ended: Awaited<ReturnType<typeof endedConsultations>>
}

const load = (visit: Visit): Promise<Shown> =>
  visit.tx(async (tx) => ({
    model: await modelInForce(tx),
    open: await openConsultations(tx),
    ended: visit.may('intake.decide') ? await endedConsultations(tx) : [],
  }))

/** `/{town}/eingang/fachfragen`: questions to colleagues that name nobody; of those that ended, subject and month. */
export async function get(visit: Visit): Promise<View> {
  return view(visit, await load(visit), emptyForm({ subject: 'unknown' }))
}

export async function post(visit: Visit): Promise<Response | View> {
  const parsed = parseForm(asking, await visit.form(), inWords(t, 'de'))
  if (!parsed.ok) return { ...view(visit, await load(visit), parsed.state), status: 422, error: true }
  const id = await visit.tx((tx) => askColleagues(tx, parsed.data))
  return redirect(addresses.consultation(visit.town, id))
}

function view(visit: Visit, { model, open, ended }: Shown, form: FormState): View {
  const { subjects } = choices(model, 'de')
  const nameOf = (id: string) => subjects.find((one) => one.id === id)?.name ?? id
  const { day, month } = formats('de')
  return {
    layout: 'staff',
    at: addresses.inbox(visit.town),
    back: addresses.inbox(visit.town),
    title: t('consult.title'),
    body: (
      <>
        <ErrorSummary form={form} />
        <Lead>{t('consult.lead')}</Lead>
        {open.length === 0 ? (
          <EmptyState>{t('consult.none')}</EmptyState>
        ) : (
          <DataTable
            caption={t('consult.open')}
            columns={[t('report.subject'), t('consult.asked'), t('consult.state')]}
            rows={open.map(({ id, subject, askedOn, answeredOn }) => [
              <a href={addresses.consultation(visit.town, id)}>{nameOf(subject)}</a>,
              day(askedOn),
              t(answeredOn ? 'consult.state.answered' : 'consult.state.open'),
            ])}
          />
        )}
        {visit.may('intake.advise') && <Ask visit={visit} subjects={subjects} form={form} />}
        {ended.length > 0 && (
          <Card title={t('consult.ended')}>
            <p>{t('consult.ended.about')}</p>
            <DataTable
              caption={t('consult.ended')}
              columns={[t('report.subject'), t('consult.month'), t('consult.how'), t('consult.ethnicised.short')]}
              rows={ended.map(({ month: of, subject, ethnicised, endedAs }) => [
                nameOf(subject),
                month(of),
                t(`consult.ended.${endedAs}`),
                ethnicised === null ? '–' : t(ethnicised ? 'consult.yes' : 'consult.no'),
              ])}
            />
          </Card>
        )}
      </>
    ),
  }
}

interface Asked {
  readonly visit: Visit
  readonly subjects: readonly { readonly id: string; readonly name: string }[]
  readonly form: FormState
}

const Ask = ({ visit, subjects, form }: Asked) => (
  <Card title={t('consult.ask')}>
    <Form action={addresses.consultations(visit.town)} token={visit.token}>
      <Select
        name="subject"
        label={t('report.subject')}
        form={form}
        options={subjects.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <TextArea name="question" label={t('consult.question')} hint={t('consult.question.hint')} form={form} rows={6} />
      <Radios
        name="ethnicised"
        label={t('consult.ethnicised')}
        form={form}
        options={[
          { value: 'yes', label: t('consult.yes') },
          { value: 'no', label: t('consult.no') },
        ]}
        optional
      />
      <Button>{t('consult.save')}</Button>
    </Form>
  </Card>
)
