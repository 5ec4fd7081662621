import {
  inWords,
  parseForm,
  renderedVersion,
  staleEdit,
  typed,
  withError,
  emptyForm,
  type FormState,
  type RawForm,
} from '#platform/forms/index.ts'
import { berlinDay, StaleEdit } from '#platform/kernel/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, Card, Form, TextArea, TextField } from '#ui/index.ts'
import {
  faultText,
  modelInForce,
  numberOf,
  ownNumbers,
  type Area,
  type Model,
  type TownFacts,
} from '#work/model/index.ts'
import { saveTimes } from '../../commands/settings.ts'
import { numbers } from '../schema.ts'
import { readClosures, readHours, writeClosures, writeHours, type Span } from '../times.ts'
import { settingsOf } from '../../queries/settings.ts'
import { filled, frame, saved, t, VersionField, wasSaved, type Shown } from './frame.tsx'

const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
const here = (visit: Visit) => addresses.settings(visit.town, 'zeiten')
const hoursField = (day: string) => `hours-${day}`
const areaField = (id: string) => `area-${id}`

function valuesOf(model: Model): RawForm {
  const { weekly, closed } = model.hours
  return {
    ...Object.fromEntries(days.map((day) => [hoursField(day), writeHours(weekly[day])])),
    closed: writeClosures(closed.map(({ from, until, why }) => ({ from, until, why: why.de }))),
    ...Object.fromEntries(model.areas.map(({ id, name }) => [areaField(id), name])),
    newAreas: '',
    ...Object.fromEntries(ownNumbers.map((kind) => [kind, numberOf(model, kind)])),
  }
}

const load = (visit: Visit) =>
  visit.tx(async (tx) => {
    const { model } = await modelInForce(tx)
    const { areas, hours } = model
    // A county may have a youth office in each of its towns instead of one for all.
    const youthByArea = model.numbers.some((one) => one.kind === 'youth-office' && one.areas)
    const { version } = await settingsOf(tx)
    return { version, areas, closed: hours.closed, youthByArea, values: valuesOf(model) }
  })
type Now = Awaited<ReturnType<typeof load>>

/** `/{town}/verwaltung/zeiten` */
export async function get(visit: Visit): Promise<View> {
  const { values, version, areas } = await load(visit)
  return view(visit, areas, { form: filled(values, version), saved: wasSaved(visit) })
}

export async function post(visit: Visit): Promise<Response | View> {
  const raw = await visit.form()
  const now = await load(visit)
  const read = readTimes(raw, now, berlinDay(visit.now))
  if ('errors' in read) return view(visit, now.areas, { form: read })
  try {
    const by = { onto: renderedVersion(raw) ?? -1, by: visit.person?.name ?? '', note: t('times.note') }
    const refused = await visit.tx((tx) => saveTimes(tx, read, by))
    if (!refused) return redirect(saved(here(visit)))
    const fault = refused.faults.map(faultText).join(' ')
    return view(visit, now.areas, { form: withError(emptyForm(raw), 'newAreas', t('error.area.used', { fault })) })
  } catch (error) {
    if (!(error instanceof StaleEdit)) throw error
    return view(visit, now.areas, { form: filled(raw, now.version), stale: staleEdit(raw, now) })
  }
}

/** What the form says, as facts of the town, or the form with its faults. */
function readTimes(
  raw: RawForm,
  known: Pick<Now, 'areas' | 'closed' | 'youthByArea'>,
  today: string,
): Required<Pick<TownFacts, 'hours' | 'areas' | 'numbers'>> | FormState {
  const parsed = parseForm(numbers, raw, inWords(t, 'de'))
  let form = parsed.ok ? emptyForm(raw) : parsed.state
  const weekly: Partial<Record<(typeof days)[number], Span[]>> = {}
  for (const day of days) {
    const spans = readHours(typed(form, hoursField(day)))
    if (!spans) form = withError(form, hoursField(day), t('error.hours'))
    else if (spans.length > 0) weekly[day] = spans
  }
  if (!known.youthByArea && typed(form, 'youth-office') === '')
    form = withError(form, 'youth-office', t('error.number.youth'))
  const closures = readClosures(typed(form, 'closed'), today)
  if (typeof closures === 'number') form = withError(form, 'closed', t('error.closed', { line: closures }))
  const lines = typed(form, 'newAreas').split('\n')
  const areas = [
    ...known.areas.map(({ id }) => ({ id, name: typed(form, areaField(id)) })),
    ...lines.map((name) => ({ name: name.trim() })),
  ].filter(({ name }) => name !== '')
  if (areas.length === 0) form = withError(form, 'newAreas', t('error.areas'))
  if (form.errors.length === 0 && Object.keys(weekly).length === 0)
    form = withError(form, hoursField('mon'), t('error.hours.none'))
  if (!parsed.ok || form.errors.length > 0 || typeof closures === 'number') return form
  // A reason that stood there before keeps its translations.
  const reason = (why: string) => known.closed.find((one) => one.why.de === why)?.why ?? { de: why }
  const closed = closures.map(({ why, ...closure }) => ({ ...closure, why: reason(why) }))
  return { hours: { weekly, closed }, areas, numbers: parsed.data }
}

const labelsFor = (areas: readonly Area[]): Record<string, string> =>
  Object.fromEntries([
    ...days.map((day) => [hoursField(day), t(`day.${day}`)]),
    ...areas.map(({ id, name }) => [areaField(id), name]),
    ...ownNumbers.map((kind) => [kind, t(`number.${kind}`)]),
    ['closed', t('times.closed')],
    ['newAreas', t('times.newAreas')],
  ])

function view(visit: Visit, areas: readonly Area[], shown: Shown): View {
  const { form } = shown
  return frame(
    visit,
    { title: 'times.title', lead: t('times.lead'), labels: labelsFor(areas) },
    shown,
    <Form action={here(visit)} token={visit.token}>
      <VersionField form={form} />
      <Card title={t('times.hours')}>
        <p>{t('times.hours.hint')}</p>
        {days.map((day) => (
          <TextField name={hoursField(day)} label={t(`day.${day}`)} form={form} />
        ))}
        <TextArea name="closed" label={t('times.closed')} hint={t('times.closed.hint')} form={form} rows={4} optional />
      </Card>
      <Card title={t('times.areas')}>
        <p>{t('times.areas.hint')}</p>
        {areas.map(({ id }, i) => (
          <TextField name={areaField(id)} label={t('times.area', { number: i + 1 })} form={form} />
        ))}
        <TextArea
          name="newAreas"
          label={t('times.newAreas')}
          hint={t('times.newAreas.hint')}
          form={form}
          rows={4}
          optional
        />
      </Card>
      <Card title={t('times.numbers')}>
        <p>{t('times.numbers.lead')}</p>
        {ownNumbers.map((kind) => (
          <TextField
            name={kind}
            type="tel"
            label={t(`number.${kind}`)}
            form={form}
            optional={kind !== 'youth-office'}
          />
        ))}
      </Card>
      <Button>{t('times.save')}</Button>
    </Form>,
  )
}
