import { emptyForm, typed, withError, type FormState } from '#platform/forms/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, DateThree, ErrorSummary, Form, MoreDetails, Notice, Radios, Select, TextArea } from '#ui/index.ts'
import { offered, type Compiled } from '#work/model/index.ts'
import { publicWords } from '../../words.ts'
import { begun, keepStep } from './begun.ts'
import { checkStep } from './handIn.ts'
import { somethingIn } from './parts/fields.tsx'
import { DangerNow, DangerNumbers, NextReading } from './parts/sentences.tsx'

const behind = ['subject', 'since-day', 'since-month', 'since-year', 'since', 'often', 'concluded', 'wish']

/** `/{town}/melden`: what happened. */
export async function get(visit: Visit): Promise<Response | View> {
  const { model, draft } = await begun(visit)
  if (!model.model.publicForm.open) return redirect(addresses.town(visit.town))
  return whatView(visit, model, emptyForm(draft?.values ?? {}))
}

export async function post(visit: Visit): Promise<Response | View> {
  const raw = await visit.form()
  const { model } = await begun(visit)
  if (!model.model.publicForm.open) return redirect(addresses.town(visit.town))
  const checked = checkStep(visit, 'what', raw)
  if (!checked.ok) return whatView(visit, model, checked.state)
  await keepStep(visit, 'what', raw)
  return redirect(addresses.reportForm(visit.town, 'wo'))
}

/** The form was open for more than half a day: the text is still there. */
export async function outdated(visit: Visit): Promise<View> {
  const state = emptyForm(await visit.form())
  const form = withError(state, 'observed', publicWords(visit.language)('form.outdated'))
  return { ...whatView(visit, (await begun(visit)).model, form), status: 409 }
}

export function whatView(visit: Visit, model: Compiled, form: FormState): View {
  const t = publicWords(visit.language)
  const wrong = form.errors.length > 0
  return {
    layout: 'public',
    title: t('form.what.title'),
    step: [1, 3],
    back: addresses.town(visit.town),
    discreet: true,
    error: wrong,
    status: wrong ? 422 : 200,
    body: (
      <>
        <ErrorSummary form={form} />
        {visit.url.searchParams.has('abgelaufen') && <Notice kind="info">{t('form.expired')}</Notice>}
        {typed(form, 'danger') === 'yes' && <DangerNow visit={visit} model={model} />}
        <NextReading visit={visit} model={model} />
        <Form action={addresses.reportForm(visit.town)} token={visit.token}>
          <TextArea
            name="observed"
            label={t('form.observed.label')}
            hint={t('form.observed.hint')}
            form={form}
            rows={8}
          />
          <Radios
            name="danger"
            label={t('form.danger.label')}
            form={form}
            options={(['yes', 'no'] as const).map((value) => ({ value, label: t(`form.danger.${value}`) }))}
          />
          <div class="if-danger">
            <DangerNumbers visit={visit} model={model} />
          </div>
          <More visit={visit} model={model} form={form} />
          <Button>{t('continue')}</Button>
          <p>{t('form.kept')}</p>
        </Form>
      </>
    ),
  }
}

function More({ visit, model, form }: { visit: Visit; model: Compiled; form: FormState }) {
  const t = publicWords(visit.language)
  const { subjects } = offered(model, visit.language, 'residents')
  const often = (['once', 'sometimes', 'weekly', 'daily'] as const).map((value) => ({
    value,
    label: t(`form.often.${value}`),
  }))
  const wishes = (['talk', 'advice', 'inform'] as const).map((value) => ({ value, label: t(`form.wish.${value}`) }))
  return (
    <MoreDetails title={t('more.open')} open={somethingIn(form, behind)}>
      <p>{t('more.hint')}</p>
      <Select
        name="subject"
        label={t('form.subject.label')}
        form={form}
        options={[{ value: '', label: '' }, ...subjects.map(({ id, name }) => ({ value: id, label: name }))]}
      />
      <DateThree name="since" label={t('form.since.label')} hint={t('form.since.hint')} form={form} />
      <Radios name="often" label={t('form.often.label')} form={form} options={often} />
      <TextArea name="concluded" label={t('form.concluded.label')} form={form} rows={3} />
      <Radios name="wish" label={t('form.wish.label')} form={form} options={wishes} />
    </MoreDetails>
  )
}
