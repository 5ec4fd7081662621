import { emptyForm, typed, withError, type FormState } from '#platform/forms/index.ts'
import { formats } from '#platform/i18n/index.ts'
import { NotAllowed } from '#platform/kernel/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, Card, ErrorSummary, Form, Lead, Radios, SummaryList, TextArea } from '#ui/index.ts'
import { choices, modelInForce } from '#work/model/index.ts'
import { answerColleague, endConsultation } from '../../commands/consult.ts'
import { openConsultation, type Consultation } from '../../queries/consultations.ts'
import { words } from '../../words.ts'

const t = words('de')
const longest = 20_000
const ends = ['stays', 'advised'] as const

interface Shown {
  readonly one: Consultation
  readonly subject: string
}

const load = (visit: Visit): Promise<Shown> =>
  visit.tx(async (tx) => {
    const one = await openConsultation(tx, visit.params.consultation ?? '')
    if (!one) throw new NotAllowed('consultation', { hidden: true })
    const { subjects } = choices(await modelInForce(tx), 'de')
    return { one, subject: subjects.find(({ id }) => id === one.subject)?.name ?? one.subject }
  })

/** `/{town}/eingang/fachfragen/{question}`: asked without names, answered by a colleague, ended by whoever asked. */
export async function get(visit: Visit): Promise<View> {
  return view(visit, await load(visit), emptyForm())
}

export async function post(visit: Visit): Promise<Response | View> {
  const shown = await load(visit)
  const form = emptyForm(await visit.form())
  const wrong = (field: string, message: string) => ({
    ...view(visit, shown, withError(form, field, message)),
    status: 422 as const,
    error: true,
  })
  if (typed(form, 'do') === 'end') {
    const as = ends.find((one) => one === typed(form, 'as'))
    if (!as) return wrong('as', t('missing.consult.as'))
    await visit.tx((tx) => endConsultation(tx, shown.one.id, as))
    return redirect(addresses.consultations(visit.town))
  }
  if (!visit.may('intake.decide')) throw new NotAllowed('consultation', { hidden: false })
  const text = typed(form, 'answer').trim()
  if (text === '') return wrong('answer', t('missing.consult.answer'))
  if (text.length > longest) return wrong('answer', t('error.tooLong'))
  await visit.tx((tx) => answerColleague(tx, shown.one.id, text))
  return redirect(addresses.consultation(visit.town, shown.one.id))
}

function view(visit: Visit, { one, subject }: Shown, form: FormState): View {
  const { day } = formats('de')
  return {
    layout: 'staff',
    at: addresses.inbox(visit.town),
    back: addresses.consultations(visit.town),
    title: t('consult.one'),
    body: (
      <>
        <ErrorSummary form={form} />
        <Lead>{t(one.answer ? 'consult.lead.answered' : 'consult.lead.open', { day: day(one.askedOn) })}</Lead>
        <SummaryList
          rows={[
            { label: t('report.subject'), value: subject },
            { label: t('consult.short'), value: <span class="as-typed">{one.question}</span> },
            ...(one.ethnicised === null
              ? []
              : [{ label: t('consult.ethnicised.short'), value: t(one.ethnicised ? 'consult.yes' : 'consult.no') }]),
            ...(one.answer ? [{ label: t('consult.answer'), value: <span class="as-typed">{one.answer}</span> }] : []),
          ]}
        />
        {!one.own && !one.answer && visit.may('intake.decide') && <Answer visit={visit} one={one} form={form} />}
        {one.own && <End visit={visit} one={one} form={form} />}
      </>
    ),
  }
}

interface Props {
  readonly visit: Visit
  readonly one: Consultation
  readonly form: FormState
}

const Answer = ({ visit, one, form }: Props) => (
  <Card title={t('consult.do.answer')} next>
    <Form action={addresses.consultation(visit.town, one.id)} token={visit.token}>
      <TextArea name="answer" label={t('consult.answer')} hint={t('consult.answer.hint')} form={form} rows={6} />
      <Button name="do" value="answer">
        {t('consult.answer.save')}
      </Button>
    </Form>
  </Card>
)

const End = ({ visit, one, form }: Props) => (
  <Card title={t('consult.end')} next={one.answer !== undefined}>
    <p>{t('consult.end.about')}</p>
    <Form action={addresses.consultation(visit.town, one.id)} token={visit.token}>
      <Radios
        name="as"
        label={t('consult.end.how')}
        form={form}
        options={ends.map((value) => ({ value, label: t(`consult.as.${value}`) }))}
      />
      <Button name="do" value="end">
        {t('consult.end.save')}
      </Button>
    </Form>
    <p>
      <a href={addresses.newEntry(visit.town)}>{t('consult.hand')}</a>
    </p>
  </Card>
)
