import { emptyForm, typed, type FormState } from '#platform/forms/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, ErrorSummary, Form, MoreDetails, Radios, TextField } from '#ui/index.ts'
import { choices, type Compiled } from '#work/model/index.ts'
import { publicWords } from '../../words.ts'
import { begun, keepStep } from './begun.ts'
import { checkStep } from './handIn.ts'
import { somethingIn } from './parts/fields.tsx'
import { DangerNow } from './parts/sentences.tsx'
import { startAgain } from './receipt.tsx'

/** `/{town}/melden/wo`: in which area. */
export async function get(visit: Visit): Promise<Response | View> {
  const { model, draft } = await begun(visit)
  return startAgain(visit, draft) ?? whereView(visit, model, emptyForm(draft?.values ?? {}))
}

export async function post(visit: Visit): Promise<Response | View> {
  const raw = await visit.form()
  const { model, draft } = await begun(visit)
  const again = startAgain(visit, draft)
  if (again) return again
  const checked = checkStep(visit, 'where', raw)
  if (!checked.ok) return whereView(visit, model, { ...checked.state, values: { ...draft?.values, ...raw } })
  await keepStep(visit, 'where', raw)
  return redirect(addresses.reportForm(visit.town, 'kontakt'))
}

export function whereView(visit: Visit, model: Compiled, form: FormState): View {
  const t = publicWords(visit.language)
  const wrong = form.errors.length > 0
  const { areas } = choices(model, visit.language)
  return {
    layout: 'public',
    title: t('form.where.title'),
    step: [2, 3],
    back: addresses.reportForm(visit.town),
    discreet: true,
    error: wrong,
    status: wrong ? 422 : 200,
    body: (
      <>
        <ErrorSummary form={form} />
        {typed(form, 'danger') === 'yes' && <DangerNow visit={visit} model={model} />}
        <Form action={addresses.reportForm(visit.town, 'wo')} token={visit.token}>
          <Radios
            name="area"
            label={t('form.area.label')}
            hint={t('form.area.hint')}
            form={form}
            options={areas.map(({ id, name }) => ({ value: id, label: name }))}
          />
          <MoreDetails title={t('more.open')} open={somethingIn(form, ['place'])}>
            <TextField name="place" label={t('form.place.label')} hint={t('form.place.hint')} form={form} optional />
          </MoreDetails>
          <Button>{t('continue')}</Button>
        </Form>
      </>
    ),
  }
}
