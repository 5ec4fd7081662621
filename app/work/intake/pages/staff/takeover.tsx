import { chosen, emptyForm, readStaffDay, typed, withError, type FormState } from '#platform/forms/index.ts'
import { formats } from '#platform/i18n/index.ts'
import { berlinDay } from '#platform/kernel/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, Card, ErrorSummary, Form, Lead, Notice } from '#ui/index.ts'
import { modelVersion, type Compiled } from '#work/model/index.ts'
import { choose, loadImport, startTakeOver, undoTakeOver } from '../../commands/takeOver.ts'
import { previewOf, workedOnSince, type Preview } from '../../queries/takeover.ts'
import { fields, type Field } from '../../takeover/columns.ts'
import type { Settings } from '../../takeover/settings.ts'
import { stepsFor } from '../../takeover/steps.ts'
import { words } from '../../words.ts'
import { Chosen, Seen } from './parts/takeover.tsx'

const t = words('de')

interface Shown {
  readonly row: Awaited<ReturnType<typeof loadImport>>['row']
  readonly settings: Settings
  readonly model: Compiled
  readonly preview: Preview | undefined
  readonly touched: number
}

const load = (visit: Visit): Promise<Shown> =>
  visit.tx(async (tx) => {
    const id = visit.params.import ?? ''
    const { row, settings } = await loadImport(tx, id)
    return {
      row,
      settings,
      model: await modelVersion(tx, settings.modelVersion),
      preview: row.state === 'draft' ? await previewOf(tx, id) : undefined,
      touched: row.state === 'done' ? await workedOnSince(tx, id) : 0,
    }
  })

/** `/{town}/eingang/uebernahme/{import}`: what stands where, what comes of it, then take it in; or take it back. */
export async function get(visit: Visit): Promise<View> {
  const shown = await load(visit)
  return view(visit, shown, emptyForm(valuesOf(shown.settings)))
}

export async function post(visit: Visit): Promise<View | Response> {
  const id = visit.params.import ?? ''
  const form = emptyForm(await visit.form())
  const here = () => redirect(addresses.takeover(visit.town, id))
  const asked = typed(form, 'do')
  if (asked === 'undo') {
    await visit.tx((tx) => undoTakeOver(tx, id))
    return here()
  }
  const shown = await load(visit)
  const change = changeOf(form, shown, berlinDay(visit.now))
  await visit.tx((tx) => choose(tx, id, change))
  if (asked !== 'take') return here()
  const faults = missingIn({ ...shown.settings, ...change })
  if (faults.length === 0) {
    await visit.tx((tx) => startTakeOver(tx, id))
    return here()
  }
  const again = faults.reduce((state, { field, message }) => withError(state, field, t(message)), form)
  return { ...view(visit, await load(visit), again), status: 422, error: true }
}

function missingIn(settings: Settings) {
  const missing = (['matter', 'opened'] as const)
    .filter((field) => settings.mapping[field] === undefined)
    .map((field) => ({ field: `column-${field}`, message: `takeover.missing.${field}` as const }))
  if (settings.kind === 'list' && settings.goal === 'watch' && !settings.watchUntil)
    return [...missing, { field: 'watchUntil', message: 'missing.watchUntil' as const }]
  return missing
}

function changeOf(form: FormState, { settings, model }: Shown, today: string): Partial<Settings> {
  const columns = fields.flatMap((field) => {
    const column = typed(form, `column-${field}`)
    return /^\d{1,3}$/.test(column) && Number(column) < settings.headings.length
      ? [[field, Number(column)] as const]
      : []
  })
  return {
    mapping: Object.fromEntries(columns),
    fill: chosen(form, 'fill').filter((one): one is Field => fields.some((field) => field === one)),
    step: stepsFor(model).find(({ id }) => id === typed(form, 'step'))?.id ?? settings.step,
    goal: typed(form, 'goal') === 'inbox' ? 'inbox' : 'watch',
    watchUntil: readStaffDay(typed(form, 'watchUntil'), today),
  }
}

const valuesOf = (settings: Settings): Record<string, string | string[]> => ({
  ...Object.fromEntries(fields.map((field) => [`column-${field}`, String(settings.mapping[field] ?? '')])),
  fill: [...settings.fill],
  step: settings.step,
  goal: settings.goal,
  watchUntil: settings.watchUntil ?? '',
})

function view(visit: Visit, shown: Shown, form: FormState): View {
  const { row, settings, model, preview } = shown
  return {
    layout: 'staff',
    at: addresses.inbox(visit.town),
    back: addresses.takeovers(visit.town),
    title: t(`takeover.kind.${row.kind}`),
    body: (
      <>
        <ErrorSummary form={form} />
        <Lead>
          {t(`takeover.says.${row.state}`, { lines: row.lines, done: row.cases + row.figures + row.reports })}
        </Lead>
        {preview ? (
          <Form action={addresses.takeover(visit.town, row.id)} token={visit.token}>
            <Chosen settings={settings} model={model} form={form} />
            <p>
              <Button name="do" value="look" look="secondary">
                {t('takeover.look-again')}
              </Button>
            </p>
            <Seen preview={preview} settings={settings} model={model} />
            <p>
              <Button name="do" value="take">
                {t('takeover.take')}
              </Button>{' '}
              <Button name="do" value="undo" look="quiet">
                {t('takeover.drop')}
              </Button>
            </p>
          </Form>
        ) : (
          <Done visit={visit} shown={shown} />
        )}
      </>
    ),
  }
}

/** What came of it, and for fourteen days the way back. */
function Done({ visit, shown: { row, touched } }: { visit: Visit; shown: Shown }) {
  const { day } = formats('de')
  const open = row.state === 'done' && row.undo_until !== null && row.undo_until >= berlinDay(visit.now)
  return (
    <>
      <p>{t('takeover.made', { cases: row.cases, figures: row.figures, reports: row.reports })}</p>
      {row.left_out > 0 && <Notice kind="waiting">{t('takeover.left-out', { count: row.left_out })}</Notice>}
      {(row.state === 'running' || row.state === 'undoing') && (
        <p>
          <a href={addresses.takeover(visit.town, row.id)}>{t('takeover.look-how-far')}</a>
        </p>
      )}
      {open && (
        <Card title={t('takeover.undo.title')}>
          <p>{t('takeover.undo.until', { day: day(row.undo_until!) })}</p>
          {touched > 0 && <Notice kind="waiting">{t('takeover.undo.touched', { count: touched })}</Notice>}
          <Form action={addresses.takeover(visit.town, row.id)} token={visit.token}>
            <Button name="do" value="undo" look="secondary">
              {t('takeover.undo')}
            </Button>
          </Form>
        </Card>
      )}
    </>
  )
}
