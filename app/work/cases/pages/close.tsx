import { emptyForm, inWords, parseForm, type FormState } from '#platform/forms/index.ts'
import { NotAllowed } from '#platform/kernel/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, ErrorSummary, Form, Lead, Radios, TextArea, TextField } from '#ui/index.ts'
import { modelVersion, stepOfKind, type Field } from '#work/model/index.ts'
import { asksOf } from '../asking.ts'
import { closeCase, missingElsewhere } from '../commands/close.ts'
import { openedCase, type OpenedCase } from '../queries.ts'
import { readAnswers, type Missing } from '../rules.ts'
import { closing, outcomes } from '../schema.ts'
import { movesOf } from '../commands/store.ts'
import { words } from '../words.ts'
import { Asks } from './parts/ask.tsx'
import { StageField } from './parts/stage.tsx'
import { MissingElsewhere, missingState } from './parts/missing.tsx'

const t = words('de')

interface Shown {
  readonly found: OpenedCase
  /** A second person has to agree. */
  readonly second: boolean
  /** The model's questions that have no field of their own here. */
  readonly fields: readonly Field[]
  /** What has to be done on other pages first. */
  readonly elsewhere: readonly Missing[]
}

const load = (visit: Visit): Promise<Shown> =>
  visit.tx(async (tx) => {
    const found = await openedCase(tx, visit.params.case ?? '')
    if (!found || found.closedOn) throw new NotAllowed('case', { hidden: true })
    const model = await modelVersion(tx, found.modelVersion)
    const ways = await movesOf(tx, model, found, visit.person?.roles ?? [])
    const second = ways.some((way) => way.kind === 'close' && way.second)
    const elsewhere = await missingElsewhere(tx, found.id)
    return { found, second, fields: asksOf(stepOfKind(model, 'close')), elsewhere }
  })

/** `/{town}/faelle/{case}/abschluss` */
export const get = async (visit: Visit): Promise<View> => view(visit, await load(visit), emptyForm())

export async function post(visit: Visit): Promise<Response | View> {
  const shown = await load(visit)
  const raw = await visit.form()
  const parsed = parseForm(closing, raw, inWords(t, 'de'))
  if (!parsed.ok) return { ...view(visit, shown, parsed.state), status: 422, error: true }
  const { id } = shown.found
  const asked = readAnswers(shown.fields, raw)
  if (asked.missing.length > 0)
    return { ...view(visit, shown, missingState(raw, asked.missing)), status: 422, error: true }
  const said = { ...parsed.data, asked: asked.answers }
  const missing = await visit.tx((tx) => closeCase(tx, visit.person?.roles ?? [], id, said))
  if (missing.length === 0) return redirect(addresses.casePage(visit.town, id))
  return { ...view(visit, shown, missingState(raw, missing)), status: 422, error: true }
}

const view = (visit: Visit, { found, second, fields, elsewhere }: Shown, form: FormState): View => ({
  layout: 'staff',
  at: addresses.cases(visit.town),
  back: addresses.casePage(visit.town, found.id),
  title: t('close.title'),
  body: (
    <>
      <ErrorSummary form={form} />
      <MissingElsewhere visit={visit} id={found.id} missing={elsewhere} />
      <Lead>{found.matter}</Lead>
      <Form action={addresses.casePage(visit.town, found.id, 'abschluss')} token={visit.token}>
        <Radios
          name="outcome"
          label={t('close.outcome')}
          form={form}
          options={outcomes.map((value) => ({ value, label: t(`outcome.${value}`) }))}
        />
        <TextField name="hours" label={t('close.hours')} hint={t('close.hours.hint')} form={form} short />
        <StageField name="stage" label={t('close.stage')} form={form} unsaid={t('close.stage.unsaid')} optional />
        <Asks fields={fields} form={form} />
        <TextArea name="answer" label={t('close.answer')} hint={t('close.answer.hint')} form={form} optional />
        {second && <TextArea name="reason" label={t('go.reason')} hint={t('go.reason.second')} form={form} rows={3} />}
        <Button>{t('close.save')}</Button>
      </Form>
    </>
  ),
})
