import { emptyForm, inWords, parseForm, type FormState } from '#platform/forms/index.ts'
import { formats } from '#platform/i18n/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, Checkboxes, ErrorSummary, Form, Lead, Radios } from '#ui/index.ts'
import { sayReadiness } from '../commands/readiness.ts'
import { readinessOf } from '../queries/people.ts'
import { readiness, spoken, times } from '../schema.ts'
import { words } from '../words.ts'

const t = words('de')

/** `/{town}/faelle/bereitschaft`: what somebody who handles cases says of herself. */
export async function get(visit: Visit): Promise<View> {
  const said = await visit.tx((tx) => readinessOf(tx, visit.person?.id ?? ''))
  const form = emptyForm({ time: said?.time ?? '', languages: [...(said?.languages ?? [])] })
  return view(visit, form, said?.said_on)
}

export async function post(visit: Visit): Promise<Response | View> {
  const parsed = parseForm(readiness, await visit.form(), inWords(t, 'de'))
  if (!parsed.ok) return { ...view(visit, parsed.state, undefined), status: 422, error: true }
  await visit.tx((tx) => sayReadiness(tx, parsed.data))
  return redirect(addresses.readiness(visit.town))
}

const view = (visit: Visit, form: FormState, since: string | undefined): View => ({
  layout: 'staff',
  at: addresses.cases(visit.town),
  back: addresses.cases(visit.town),
  title: t('readiness.title'),
  body: (
    <>
      <ErrorSummary form={form} />
      <Lead>{since ? t('readiness.since', { day: formats('de').day(since) }) : t('readiness.none')}</Lead>
      <p>{t('readiness.lead')}</p>
      <Form action={addresses.readiness(visit.town)} token={visit.token}>
        <Radios
          name="time"
          label={t('readiness.time')}
          form={form}
          options={times.map((value) => ({ value, label: t(`readiness.time.${value}`) }))}
        />
        <Checkboxes
          name="languages"
          label={t('readiness.languages')}
          hint={t('readiness.languages.hint')}
          form={form}
          optional
          options={spoken.map((value) => ({ value, label: t(`spoken.${value}`) }))}
        />
        <Button>{t('readiness.save')}</Button>
      </Form>
    </>
  ),
})
