import { emptyForm, inWords, parseForm, type FormState } from '#platform/forms/index.ts'
import { NotAllowed } from '#platform/kernel/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, ErrorSummary, Form, Lead, Radios, TextArea, TextField } from '#ui/index.ts'
import { closeCase } from '../commands/close.ts'
import { openedCase, type OpenedCase } from '../queries.ts'
import { closing, outcomes } from '../schema.ts'
import { words, type WordKey } from '../words.ts'

const t = words('de')

async function load(visit: Visit): Promise<OpenedCase> {
  const found = await visit.tx((tx) => openedCase(tx, visit.params.case ?? ''))
  if (!found || found.closedOn) throw new NotAllowed('case', { hidden: true })
  return found
}

/** `/{town}/faelle/{case}/abschluss` */
export const get = async (visit: Visit): Promise<View> => view(visit, await load(visit), emptyForm())

export async function post(visit: Visit): Promise<Response | View> {
  const found = await load(visit)
  const parsed = parseForm(closing, await visit.form(), inWords(t, 'de'))
  if (!parsed.ok) return { ...view(visit, found, parsed.state), status: 422, error: true }
  const missing = await visit.tx((tx) => closeCase(tx, found.id, parsed.data))
  if (missing.length === 0) return redirect(addresses.casePage(visit.town, found.id))
  const errors = missing.map(({ where, message }) => ({ field: where, message: t(message as WordKey) }))
  return { ...view(visit, found, { values: await visit.form(), errors }), status: 422, error: true }
}

const view = (visit: Visit, found: OpenedCase, form: FormState): View => ({
  layout: 'staff',
  at: addresses.cases(visit.town),
  back: addresses.casePage(visit.town, found.id),
  title: t('close.title'),
  body: (
    <>
      <ErrorSummary form={form} />
      <Lead>{found.matter}</Lead>
      <Form action={addresses.casePage(visit.town, found.id, 'abschluss')} token={visit.token}>
        <Radios
          name="outcome"
          label={t('close.outcome')}
          form={form}
          options={outcomes.map((value) => ({ value, label: t(`outcome.${value}`) }))}
        />
        <TextField name="hours" label={t('close.hours')} hint={t('close.hours.hint')} form={form} optional />
        <TextArea name="answer" label={t('close.answer')} hint={t('close.answer.hint')} form={form} optional />
        <Button>{t('close.save')}</Button>
      </Form>
    </>
  ),
})
