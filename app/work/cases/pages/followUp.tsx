import { emptyForm, inWords, parseForm, type FormState } from '#platform/forms/index.ts'
import { formats } from '#platform/i18n/index.ts'
import { NotAllowed } from '#platform/kernel/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, ErrorSummary, Form, Lead, Radios, TextArea } from '#ui/index.ts'
import { noteFollowUp } from '../commands/followUp.ts'
import { followUps } from '../queries/course.ts'
import { following, holdings } from '../schema.ts'
import { words } from '../words.ts'
import { caseOf, mend, partOf } from './parts/load.ts'

const t = words('de')

const load = (visit: Visit) =>
  visit.tx(async (tx) => {
    const found = await caseOf(tx, visit)
    const next = (await followUps(tx, found.id)).find(({ doneOn }) => doneOn === null)
    if (!next || found.stepKind !== 'follow-up') throw new NotAllowed('follow-up', { hidden: true })
    return { id: found.id, dueOn: next.dueOn }
  })

/** `/{town}/faelle/{case}/nachhalten`: does it still hold? */
export async function get(visit: Visit): Promise<View> {
  const { id, dueOn } = await load(visit)
  return view(visit, id, dueOn, emptyForm())
}

export async function post(visit: Visit): Promise<Response | View> {
  const { id, dueOn } = await load(visit)
  const parsed = parseForm(following, await visit.form(), inWords(t, 'de'))
  if (!parsed.ok) return { ...view(visit, id, dueOn, parsed.state), ...mend }
  await visit.tx((tx) => noteFollowUp(tx, id, parsed.data))
  return redirect(addresses.casePage(visit.town, id))
}

const view = (visit: Visit, id: string, dueOn: string, form: FormState): View =>
  partOf(visit, id, {
    title: t('follow.title'),
    body: (
      <>
        <ErrorSummary form={form} />
        <Lead>{t('follow.lead', { day: formats('de').dayWithWeekday(dueOn) })}</Lead>
        <Form action={addresses.casePage(visit.town, id, 'nachhalten')} token={visit.token}>
          <Radios
            name="holding"
            label={t('follow.holding')}
            form={form}
            options={holdings.map((value) => ({ value, label: t(`holding.${value}`) }))}
          />
          <TextArea name="note" label={t('follow.note')} form={form} rows={3} optional />
          <Button>{t('follow.save')}</Button>
        </Form>
      </>
    ),
  })
