import { emptyForm, inWords, parseForm, type FormState } from '#platform/forms/index.ts'
import { formats } from '#platform/i18n/index.ts'
import { NotAllowed } from '#platform/kernel/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, ErrorSummary, Form, Lead, Radios, TextArea } from '#ui/index.ts'
import { modelVersion, stepOf } from '#work/model/index.ts'
import { noteFollowUp } from '../commands/followUp.ts'
import { asksOf } from '../asking.ts'
import { followUps } from '../queries/course.ts'
import { readAnswers } from '../rules.ts'
import { following, holdings } from '../schema.ts'
import { words } from '../words.ts'
import { Asks } from './parts/ask.tsx'
import { caseOf, mend, partOf } from './parts/load.ts'
import { missingState } from './parts/missing.tsx'

const t = words('de')

const load = (visit: Visit) =>
  visit.tx(async (tx) => {
    const found = await caseOf(tx, visit)
    const next = (await followUps(tx, found.id)).find(({ doneOn }) => doneOn === null)
    if (!next || found.stepKind !== 'follow-up') throw new NotAllowed('follow-up', { hidden: true })
    const step = stepOf(await modelVersion(tx, found.modelVersion), found.step)
    return { found, dueOn: next.dueOn, fields: asksOf(step) }
  })

type Shown = Awaited<ReturnType<typeof load>>

/** `/{town}/faelle/{case}/nachhalten`: does it still hold? */
export async function get(visit: Visit): Promise<View> {
  return view(visit, await load(visit), emptyForm())
}

export async function post(visit: Visit): Promise<Response | View> {
  const shown = await load(visit)
  const raw = await visit.form()
  const parsed = parseForm(following, raw, inWords(t, 'de'))
  if (!parsed.ok) return { ...view(visit, shown, parsed.state), ...mend }
  const { answers, missing } = readAnswers(shown.fields, raw)
  if (missing.length > 0) return { ...view(visit, shown, missingState(raw, missing)), ...mend }
  await visit.tx((tx) => noteFollowUp(tx, shown.found.id, parsed.data, answers))
  return redirect(addresses.casePage(visit.town, shown.found.id))
}

const view = (visit: Visit, { found, dueOn, fields }: Shown, form: FormState): View =>
  partOf(visit, found, {
    title: t('follow.title'),
    body: (
      <>
        <ErrorSummary form={form} />
        <Lead>{t('follow.lead', { day: formats('de').dayWithWeekday(dueOn) })}</Lead>
        <Form action={addresses.casePage(visit.town, found.id, 'nachhalten')} token={visit.token}>
          <Radios
            name="holding"
            label={t('follow.holding')}
            form={form}
            options={holdings.map((value) => ({ value, label: t(`holding.${value}`) }))}
          />
          <Asks fields={fields} form={form} />
          <TextArea name="note" label={t('follow.note')} form={form} rows={3} optional />
          <Button>{t('follow.save')}</Button>
        </Form>
      </>
    ),
  })
