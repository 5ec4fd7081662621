import { z } from 'zod'
import { emptyForm, inWords, parseForm, readStaffDay, withError, type FormState } from '#platform/forms/index.ts'
import { formats } from '#platform/i18n/index.ts'
import { berlinDay } from '#platform/kernel/index.ts'
import {
  allHolds,
  archiveDecisions,
  decideArchive,
  destroyedByMonth,
  type ArchiveDecision,
} from '#platform/retention/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, Card, DataTable, EmptyState, ErrorSummary, Form, Lead, Radios, Select, TextField } from '#ui/index.ts'
import { label, modelInForce, retentionIds, type Compiled } from '#work/model/index.ts'
import { words, type WordKey } from '../words.ts'

const t = words('de')
const choices = ['offered', 'not-kept'] as const

const decision = z.object({
  kind: z.enum(retentionIds, 'keep.error.kind'),
  decision: z.enum(choices, 'keep.error.decision'),
  day: z.string().trim().min(1, 'keep.error.day').max(20, 'keep.error.day'),
})

const load = (visit: Visit) =>
  visit.tx(async (tx) => ({
    model: await modelInForce(tx),
    decisions: await archiveDecisions(tx),
    destroyed: await destroyedByMonth(tx),
    holds: await allHolds(tx),
  }))
type Loaded = Awaited<ReturnType<typeof load>>

/** `/{town}/verwaltung/aufbewahrung`: what is deleted when, what was deleted, what is held, what the archive decided. */
export const get = async (visit: Visit): Promise<View> => view(visit, await load(visit), emptyForm())

export async function post(visit: Visit): Promise<Response | View> {
  const raw = await visit.form()
  const mend = async (form: FormState) => ({ ...view(visit, await load(visit), form), status: 422, error: true })
  const parsed = parseForm(decision, raw, inWords(t, 'de'))
  if (!parsed.ok) return mend(parsed.state)
  const today = berlinDay(visit.now)
  const decidedOn = readStaffDay(parsed.data.day, today)
  if (!decidedOn || decidedOn > today) return mend(withError(emptyForm(raw), 'day', t('keep.error.day')))
  await visit.tx((tx) => decideArchive(tx, { ...parsed.data, decidedOn }))
  return redirect(addresses.settings(visit.town, 'aufbewahrung'))
}

function view(visit: Visit, { model, decisions, destroyed: all, holds }: Loaded, form: FormState): View {
  const { day, month } = formats('de')
  // The daily probe of the channel stands in no figure.
  const destroyed = all.filter((one) => one.class !== 'probe')
  return {
    layout: 'staff',
    at: addresses.administration(visit.town),
    back: addresses.administration(visit.town),
    title: t('keep.title'),
    body: (
      <>
        <ErrorSummary form={form} />
        <Lead>{t('keep.lead')}</Lead>
        <DataTable
          caption={t('keep.periods')}
          columns={[t('keep.kind'), t('keep.period'), t('keep.archive')]}
          rows={retentionIds.map((kind) => [label('retention', kind), period(model, kind), said(decisions, kind)])}
        />
        <Card title={t('keep.held')}>
          {holds.length === 0 && <EmptyState>{t('keep.held.none')}</EmptyState>}
          <ul>
            {holds.map(({ kind, since, by, because }) => (
              <li>
                {t(because ? 'keep.held.request' : 'keep.held.line', { kind: nameOf(kind), day: day(since), by })}
              </li>
            ))}
          </ul>
        </Card>
        <Card title={t('keep.destroyed')}>
          {destroyed.length === 0 ? (
            <EmptyState>{t('keep.destroyed.none')}</EmptyState>
          ) : (
            <DataTable
              caption={t('keep.destroyed')}
              columns={[t('keep.month'), t('keep.kind'), t('keep.count')]}
              rows={destroyed.map((one) => [month(one.month), nameOf(one.class), String(one.count)])}
            />
          )}
        </Card>
        {visit.may('town.settings') && <Archive visit={visit} form={form} />}
      </>
    ),
  }
}

function period({ model }: Compiled, kind: (typeof retentionIds)[number]): string {
  const time = model.retention[kind]
  if ('days' in time) return time.days === 0 ? t('keep.at-once') : t('keep.days', { count: time.days })
  return t('keep.months', { count: time.months })
}

/** What the archive decided, or that it has not yet. */
function said(decisions: readonly ArchiveDecision[], kind: string): string {
  const found = decisions.find((one) => one.kind === kind)
  if (!found) return t('keep.archive.open')
  return t(`keep.archive.${found.decision}`, { day: formats('de').dayShort(found.decidedOn), by: found.notedBy })
}

const named = [
  'report',
  'contact',
  'notice',
  'original',
  'translation',
  'case',
  'choice',
  'handler-notes',
  'participant',
  'access-need',
  'feedback',
  'room',
  'inspection',
  'newsletter',
  'credential',
]
/** What was sealed under a class of keys, in words. */
const nameOf = (name: string): string =>
  t((named.includes(name) ? `keep.class.${name}` : 'keep.class.other') as WordKey)

const Archive = ({ visit, form }: { visit: Visit; form: FormState }) => (
  <Card title={t('keep.archive.add')}>
    <p>{t('keep.archive.text')}</p>
    <Form action={addresses.settings(visit.town, 'aufbewahrung')} token={visit.token}>
      <Select
        name="kind"
        label={t('keep.kind')}
        form={form}
        options={retentionIds.map((value) => ({ value, label: label('retention', value) }))}
      />
      <Radios
        name="decision"
        label={t('keep.archive')}
        form={form}
        options={choices.map((value) => ({ value, label: t(`keep.choice.${value}`) }))}
      />
      <TextField name="day" label={t('keep.day')} hint={t('keep.day.hint')} form={form} short />
      <Button>{t('keep.save')}</Button>
    </Form>
  </Card>
)
