import { emptyForm, inWords, parseForm, readStaffDay, withError, type FormState } from '#platform/forms/index.ts'
import { berlinDay, NotAllowed } from '#platform/kernel/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, Checkboxes, ErrorSummary, Form, Lead, Radios, TextField } from '#ui/index.ts'
import { noteSession } from '../commands/session.ts'
import { attendances, nexts, results, session } from '../schema.ts'
import type { OpenedCase } from '../queries.ts'
import { words } from '../words.ts'
import { caseOf, mend, partOf } from './parts/load.ts'

const t = words('de')

const load = (visit: Visit) =>
  visit.tx(async (tx) => {
    const found = await caseOf(tx, visit)
    if (found.closedOn) throw new NotAllowed('closed case', { hidden: true })
    return found
  })

/** `/{town}/faelle/{case}/gespraech`: one page, four answers, nothing of what was said. */
export async function get(visit: Visit): Promise<View> {
  return view(visit, await load(visit), emptyForm())
}

export async function post(visit: Visit): Promise<Response | View> {
  const found = await load(visit)
  const raw = await visit.form()
  const parsed = parseForm(session, raw, inWords(t, 'de'))
  if (!parsed.ok) return { ...view(visit, found, parsed.state), ...mend }
  const today = berlinDay(visit.now)
  const heldOn = readStaffDay(parsed.data.heldOn, today)
  if (!heldOn || heldOn > today) {
    const message = t(heldOn ? 'error.day.future' : 'error.day')
    return { ...view(visit, found, withError(emptyForm(raw), 'heldOn', message)), ...mend }
  }
  await visit.tx((tx) => noteSession(tx, found.id, { ...parsed.data, heldOn }))
  return redirect(addresses.casePage(visit.town, found.id))
}

const view = (visit: Visit, found: OpenedCase, form: FormState): View =>
  partOf(visit, found, {
    title: t('session.title'),
    body: (
      <>
        <ErrorSummary form={form} />
        <Lead>{t('session.lead')}</Lead>
        <Form action={addresses.casePage(visit.town, found.id, 'gespraech')} token={visit.token}>
          <TextField name="heldOn" label={t('session.heldOn')} hint={t('session.heldOn.hint')} form={form} short />
          <Checkboxes
            name="attended"
            label={t('session.attended')}
            form={form}
            options={attendances.map((value) => ({ value, label: t(`attended.${value}`) }))}
          />
          <Radios
            name="result"
            label={t('session.result')}
            form={form}
            options={results.map((value) => ({ value, label: t(`session.result.${value}`) }))}
          />
          <Radios
            name="next"
            label={t('session.next')}
            form={form}
            options={nexts.map((value) => ({ value, label: t(`session.next.${value}`) }))}
          />
          <Button>{t('session.save')}</Button>
        </Form>
      </>
    ),
  })
