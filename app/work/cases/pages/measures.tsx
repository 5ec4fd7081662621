import { emptyForm, inWords, parseForm, readStaffDay, withError, type FormState } from '#platform/forms/index.ts'
import { formats } from '#platform/i18n/index.ts'
import { berlinDay } from '#platform/kernel/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, Card, ErrorSummary, Form, Lead, TextField } from '#ui/index.ts'
import { addMeasure, endMeasure } from '../commands/measure.ts'
import type { OpenedCase } from '../queries.ts'
import { measures, type ShownMeasure } from '../queries/course.ts'
import { measure } from '../schema.ts'
import { words } from '../words.ts'
import { caseOf, mend, partOf } from './parts/load.ts'

const t = words('de')

interface Shown {
  readonly found: OpenedCase
  readonly rows: ShownMeasure[]
}

const load = (visit: Visit): Promise<Shown> =>
  visit.tx(async (tx) => {
    const found = await caseOf(tx, visit)
    return { found, rows: await measures(tx, found.id, found.contentKey) }
  })

/** `/{town}/faelle/{case}/massnahmen`: who does what by when, and whether it was done. */
export const get = async (visit: Visit): Promise<View> => view(visit, await load(visit), emptyForm())

export async function post(visit: Visit): Promise<Response | View> {
  const shown = await load(visit)
  const { id } = shown.found
  const here = addresses.casePage(visit.town, id, 'massnahmen')
  const raw = await visit.form()
  for (const state of ['done', 'dropped'] as const) {
    const ended = raw[state]
    if (typeof ended !== 'string') continue
    await visit.tx((tx) => endMeasure(tx, id, ended, state))
    return redirect(here)
  }
  const parsed = parseForm(measure, raw, inWords(t, 'de'))
  if (!parsed.ok) return { ...view(visit, shown, parsed.state), ...mend }
  const dueOn = readStaffDay(parsed.data.dueOn, berlinDay(visit.now), 'ahead')
  if (!dueOn) return { ...view(visit, shown, withError(emptyForm(raw), 'dueOn', t('error.dueOn'))), ...mend }
  await visit.tx((tx) => addMeasure(tx, id, { ...parsed.data, dueOn }))
  return redirect(here)
}

const leadOf = (rows: readonly ShownMeasure[]): string =>
  rows.length === 0
    ? t('measure.none')
    : t('measure.lead', { count: rows.filter(({ state }) => state === 'open').length })

const view = (visit: Visit, { found, rows }: Shown, form: FormState): View =>
  partOf(visit, found, {
    title: t('measure.title'),
    body: (
      <>
        <ErrorSummary form={form} />
        <Lead>{leadOf(rows)}</Lead>
        {rows.map((row) => (
          <One visit={visit} id={found.id} row={row} />
        ))}
        {!found.closedOn && <New visit={visit} id={found.id} form={form} />}
      </>
    ),
  })

const One = ({ visit, id, row }: { visit: Visit; id: string; row: ShownMeasure }) => (
  <Card title={row.what}>
    <p>
      {row.owner}, {t('measure.due', { day: formats('de').day(row.dueOn) })}, {t(`measure.state.${row.state}`)}
    </p>
    {row.state === 'open' && (
      <Form action={addresses.casePage(visit.town, id, 'massnahmen')} token={visit.token}>
        <Button name="done" value={row.id} look="secondary">
          {t('measure.done')}
          <span class="hidden-visually">: {row.what}</span>
        </Button>{' '}
        <Button name="dropped" value={row.id} look="quiet">
          {t('measure.dropped')}
          <span class="hidden-visually">: {row.what}</span>
        </Button>
      </Form>
    )}
  </Card>
)

const New = ({ visit, id, form }: { visit: Visit; id: string; form: FormState }) => (
  <Card title={t('measure.new')}>
    <Form action={addresses.casePage(visit.town, id, 'massnahmen')} token={visit.token}>
      <TextField name="what" label={t('measure.what')} form={form} />
      <TextField name="owner" label={t('measure.owner')} hint={t('measure.owner.hint')} form={form} />
      <TextField name="dueOn" label={t('measure.dueOn')} form={form} short />
      <Button>{t('measure.add')}</Button>
    </Form>
  </Card>
)
