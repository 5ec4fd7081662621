import { emptyForm, inWords, parseForm, withError, type FormState } from '#platform/forms/index.ts'
import { formats } from '#platform/i18n/index.ts'
import { berlinDay } from '#platform/kernel/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import {
  Button,
  Checkbox,
  DateOne,
  ErrorSummary,
  Form,
  Lead,
  MoreDetails,
  Radios,
  Select,
  TextArea,
  TextField,
} from '#ui/index.ts'
import { changeGathering, planGathering } from '../../commands/plan.ts'
import { servicesSet } from '../../commands/services.ts'
import { counts, revealRoom, type GatheringRow } from '../../commands/store.ts'
import { basicsForm, deletedAfter, kinds, readBasics, roughBasics, type Fault } from '../../schema.ts'
import { publicWords, words } from '../../words.ts'
import { gatheringOf, mend, partOf } from './frame.tsx'

const t = words('de')

interface Shown {
  readonly row: GatheringRow | undefined
  readonly held: number
  readonly services: readonly string[]
  readonly form: FormState
}

const blank = emptyForm({ where: 'online', listed: 'yes', from: '', until: '' })

/** `/{town}/veranstaltungen/verwalten/neu` and `…/{gathering}/angaben`: one page with everything that must be said. */
export const get = async (visit: Visit): Promise<View> => view(visit, await load(visit))

async function load(visit: Visit): Promise<Shown> {
  return visit.tx(async (tx) => {
    const services = await servicesSet(tx)
    if (!visit.params.gathering) return { row: undefined, held: 0, services, form: blank }
    const row = await gatheringOf(tx, visit)
    const { held } = await counts(tx, row.id)
    return { row, held, services, form: asTyped(row, await revealRoom(tx, row)) }
  })
}

const asTyped = (row: GatheringRow, { room, instructions }: { room: string; instructions: string }) =>
  emptyForm({
    kind: row.kind,
    title: row.title,
    summary: row.summary,
    day: formats('de').dayShort(row.on_day),
    from: row.from_time,
    until: row.until_time,
    deadline: formats('de').dayShort(row.deadline),
    places: row.places === null ? '' : String(row.places),
    where: row.online === null ? 'place' : row.place === null ? 'online' : 'both',
    place: row.place ?? '',
    online: row.online ?? 'fixed',
    room: row.online === 'fixed' ? room : '',
    instructions,
    ...(row.listed && { listed: 'yes' }),
    ...(row.by_hand && { byHand: 'yes' }),
    ...(row.confirm_mail && { confirmMail: 'yes' }),
    deleteOn: row.delete_on === deletedAfter(row.on_day) ? '' : formats('de').dayShort(row.delete_on),
  })

const sentence = ({ key, count }: Fault) => (count === undefined ? t(`fault.${key}`) : t(`fault.${key}`, { count }))

export async function post(visit: Visit): Promise<Response | View> {
  const shown = await load(visit)
  const raw = await visit.form()
  const parsed = parseForm(basicsForm, raw, inWords(t, 'de'))
  if (!parsed.ok) return { ...view(visit, { ...shown, form: everyFault(visit, shown, parsed.state) }), ...mend }
  const read = readBasics(parsed.data, berlinDay(visit.now), shown.held)
  const refused = (faults: readonly Fault[]) => {
    const form = faults.reduce((state, fault) => withError(state, fault.field, sentence(fault)), emptyForm(raw))
    return { ...view(visit, { ...shown, form }), ...mend }
  }
  if (!read.ok) return refused(read.faults)
  if (!shown.row) {
    const id = await visit.tx((tx) => planGathering(tx, read.basics))
    return redirect(addresses.manageGatherings(visit.town, id))
  }
  const { id } = shown.row
  const held = await visit.tx((tx) => changeGathering(tx, id, read.basics))
  if (held !== undefined) return refused([{ field: 'places', key: 'places.taken', count: held }])
  return redirect(addresses.manageGatherings(visit.town, id))
}

/** Where title or summary is missing, days and times are looked at all the same: whoever mends, mends once. */
function everyFault(visit: Visit, { held }: Shown, form: FormState): FormState {
  const rest = roughBasics.safeParse(form.values)
  const read = rest.success ? readBasics(rest.data, berlinDay(visit.now), held) : undefined
  const faults = read && !read.ok ? read.faults : []
  return faults.reduce((state, fault) => withError(state, fault.field, sentence(fault)), form)
}

function view(visit: Visit, { row, held, services, form }: Shown): View {
  const action = addresses.manageGatherings(visit.town, row?.id ?? 'neu', row ? 'angaben' : undefined)
  return partOf(visit, row?.id ?? '', {
    title: t(row ? 'basics.change' : 'basics.new'),
    body: (
      <>
        <ErrorSummary form={form} />
        <Lead>{row && row.state === 'announced' ? t('basics.told', { count: held }) : t('basics.lead')}</Lead>
        <Form action={action} token={visit.token}>
          <What form={form} />
          <When form={form} />
          <Where form={form} services={services} />
          <MoreDetails
            title={t('basics.more')}
            open={form.errors.some(({ field }) => field === 'instructions' || field === 'deleteOn')}
          >
            <TextArea
              name="instructions"
              label={t('basics.instructions')}
              hint={t('basics.instructions.hint')}
              optional
              form={form}
            />
            <Checkbox name="listed" label={t('basics.listed')} form={form} />
            <Checkbox name="byHand" label={t('basics.by-hand')} hint={t('basics.by-hand.hint')} form={form} />
            <Checkbox name="confirmMail" label={t('basics.confirm')} hint={t('basics.confirm.hint')} form={form} />
            <DateOne name="deleteOn" label={t('basics.delete')} hint={t('basics.delete.hint')} optional form={form} />
          </MoreDetails>
          <Button>{t(row ? 'basics.save' : 'basics.create')}</Button>
        </Form>
      </>
    ),
  })
}

const What = ({ form }: { form: FormState }) => (
  <>
    <Select
      name="kind"
      label={t('basics.kind')}
      form={form}
      options={kinds.map((value) => ({ value, label: publicWords('de')(`kind.${value}`) }))}
    />
    <TextField name="title" label={t('basics.title')} form={form} />
    <TextArea name="summary" label={t('basics.summary')} hint={t('basics.summary.hint')} form={form} />
  </>
)

const When = ({ form }: { form: FormState }) => (
  <>
    <DateOne name="day" label={t('basics.day')} hint={t('basics.day.hint')} form={form} />
    <TextField name="from" label={t('basics.from')} hint={t('basics.clock.hint')} short form={form} />
    <TextField name="until" label={t('basics.until')} short form={form} />
    <DateOne name="deadline" label={t('basics.deadline')} hint={t('basics.deadline.hint')} form={form} />
    <TextField name="places" label={t('basics.places')} hint={t('basics.places.hint')} short optional form={form} />
  </>
)

const Where = ({ form, services }: { form: FormState; services: readonly string[] }) => (
  <>
    <Radios
      name="where"
      label={t('basics.where')}
      form={form}
      options={(['online', 'place', 'both'] as const).map((value) => ({ value, label: t(`basics.where.${value}`) }))}
    />
    <TextField name="place" label={t('basics.place')} hint={t('basics.place.hint')} optional form={form} />
    {services.length > 0 && (
      <Select
        name="online"
        label={t('basics.online')}
        form={form}
        options={['fixed', ...services].map((value) => ({ value, label: t(`service.${value}` as 'service.fixed') }))}
      />
    )}
    <TextField name="room" label={t('basics.room')} hint={t('basics.room.hint')} optional form={form} />
  </>
)
