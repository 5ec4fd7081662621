import { z } from 'zod'
import { emptyForm, inWords, parseForm, type FormState } from '#platform/forms/index.ts'
import { formats } from '#platform/i18n/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, ErrorSummary, Form, Lead, Select, TextField } from '#ui/index.ts'
import { changeRule, rulesOf } from '../../commands/reminders.ts'
import { whenOf, type GatheringRow } from '../../commands/store.ts'
import { momentOf, type Reminding } from '../../rules.ts'
import { readClock } from '../../schema.ts'
import { words } from '../../words.ts'
import { gatheringOf, mend, partOf } from './frame.tsx'

const t = words('de')

const ruleForm = z.object({
  amount: z.coerce.number('error.amount').int('error.amount').min(0, 'error.amount').max(60, 'error.amount'),
  unit: z.enum(['days', 'hours']),
  clock: z
    .string()
    .transform((text) => readClock(text))
    .optional(),
})

const load = (visit: Visit) =>
  visit.tx(async (tx) => {
    const row = await gatheringOf(tx, visit)
    const link = (await rulesOf(tx, row.id)).find(({ letter }) => letter === 'link')!
    return { row, link }
  })

/** `…/{gathering}/mails`: when the way into the room leaves. */
export async function get(visit: Visit): Promise<View> {
  const { row, link } = await load(visit)
  const { amount, unit, clock } = link
  return view(visit, row, link, emptyForm({ amount: String(amount), unit, clock: clock ?? '' }))
}

export async function post(visit: Visit): Promise<Response | View> {
  const { row, link } = await load(visit)
  const parsed = parseForm(ruleForm, await visit.form(), inWords(t, 'de'))
  if (!parsed.ok) return { ...view(visit, row, link, parsed.state), ...mend }
  const { amount, unit, clock } = parsed.data
  const rule: Reminding = {
    anchor: 'start',
    side: 'before',
    amount,
    unit,
    clock: unit === 'days' ? (clock ?? null) : null,
    missed: 'at-once',
  }
  await visit.tx((tx) => changeRule(tx, row.id, 'link', rule))
  return redirect(addresses.manageGatherings(visit.town, row.id))
}

const view = (visit: Visit, row: GatheringRow, link: Reminding, form: FormState): View =>
  partOf(visit, row.id, {
    title: t('part.mails'),
    body: (
      <>
        <ErrorSummary form={form} />
        <Lead>{t('mails.lead', { at: formats('de').dateTime(momentOf(link, whenOf(row))) })}</Lead>
        <p>{t('mails.about')}</p>
        <Form action={addresses.manageGatherings(visit.town, row.id, 'mails')} token={visit.token}>
          <TextField name="amount" label={t('mails.amount')} short form={form} />
          <Select
            name="unit"
            label={t('mails.unit')}
            form={form}
            options={(['days', 'hours'] as const).map((value) => ({ value, label: t(`mails.unit.${value}`) }))}
          />
          <TextField name="clock" label={t('mails.clock')} hint={t('mails.clock.hint')} short optional form={form} />
          <Button>{t('mails.save')}</Button>
        </Form>
        <p class="quiet">{t('mails.feedback')}</p>
      </>
    ),
  })
