import { emptyForm, inWords, parseForm, typed, withError, type FormState } from '#platform/forms/index.ts'
import { berlinDay } from '#platform/kernel/index.ts'
import { redirect, type Handler, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, Checkbox, ErrorSummary, Form, Lead, MoreDetails, Select, TextArea, TextField } from '#ui/index.ts'
import { modelInForce, word, type Compiled } from '#work/model/index.ts'
import { addDates } from '../../commands/series.ts'
import { changeParts } from '../../commands/plan.ts'
import type { GatheringRow } from '../../commands/store.ts'
import {
  afterForm,
  contentForm,
  datesForm,
  formForm,
  groupsOf,
  otherLanguages,
  readDates,
  readMaterials,
  readProgramme,
  readQuestions,
  translationsOf,
  writeMaterials,
  writeProgramme,
  writeQuestions,
} from '../../schema.ts'
import { words } from '../../words.ts'
import { gatheringOf, mend, partOf } from './frame.tsx'

const t = words('de')
type Step = 'programm' | 'fragen' | 'termine' | 'ergebnisse'

const load = (visit: Visit) =>
  visit.tx(async (tx) => ({ row: await gatheringOf(tx, visit), model: await modelInForce(tx) }))
type Loaded = Awaited<ReturnType<typeof load>>

const page = (visit: Visit, { row }: Loaded, step: Step, form: FormState, fields: View['body']): View =>
  partOf(visit, row.id, {
    title: t(`part.${step}`),
    body: (
      <>
        <ErrorSummary form={form} />
        <Lead>{t(`${step}.lead`)}</Lead>
        <Form action={addresses.manageGatherings(visit.town, row.id, step)} token={visit.token}>
          {fields}
          <Button>{t(step === 'termine' ? 'termine.save' : 'parts.save')}</Button>
        </Form>
      </>
    ),
  })

const back = (visit: Visit, { row }: Loaded) => redirect(addresses.manageGatherings(visit.town, row.id))

/** `…/{gathering}/programm`: the programme with its speakers, and the page in further languages. */
export const getProgramme: Handler = async (visit) => {
  const loaded = await load(visit)
  return programmeView(visit, loaded, programmeTyped(loaded.row))
}

const programmeTyped = (row: GatheringRow) =>
  emptyForm({
    programme: writeProgramme(row.programme),
    ...Object.fromEntries(
      otherLanguages.flatMap((id) => [
        [`title-${id}`, row.translations[id]?.title ?? ''],
        [`summary-${id}`, row.translations[id]?.summary ?? ''],
      ]),
    ),
  })

export const postProgramme: Handler = async (visit) => {
  const loaded = await load(visit)
  const raw = await visit.form()
  const parsed = parseForm(contentForm, raw, inWords(t, 'de'))
  if (!parsed.ok) return { ...programmeView(visit, loaded, parsed.state), ...mend }
  const read = readProgramme(parsed.data.programme)
  if ('broken' in read) {
    const form = withError(emptyForm(raw), 'programme', t('error.programme', { line: read.broken }))
    return { ...programmeView(visit, loaded, form), ...mend }
  }
  const translations = translationsOf(parsed.data)
  await visit.tx((tx) => changeParts(tx, loaded.row.id, { programme: read.points, translations }))
  return back(visit, loaded)
}

const programmeView = (visit: Visit, loaded: Loaded, form: FormState) =>
  page(
    visit,
    loaded,
    'programm',
    form,
    <>
      <TextArea
        name="programme"
        label={t('programm.lines')}
        hint={t('programm.lines.hint')}
        rows={8}
        optional
        form={form}
      />
      <InLanguage id="en" form={form} />
      <MoreDetails title={t('programm.more')} open={loaded.row.kind === 'citizens-dialogue'}>
        {otherLanguages
          .filter((id) => id !== 'en')
          .map((id) => (
            <InLanguage id={id} form={form} />
          ))}
      </MoreDetails>
    </>,
  )

const InLanguage = ({ id, form }: { id: (typeof otherLanguages)[number]; form: FormState }) => (
  <>
    <TextField name={`title-${id}`} label={t('programm.title.in', { language: id })} optional form={form} />
    <TextArea name={`summary-${id}`} label={t('programm.summary.in', { language: id })} optional rows={3} form={form} />
  </>
)

/** `…/{gathering}/fragen`: what the form asks beside name and address, groups that go first, and what people need. */
export const getForm: Handler = async (visit) => {
  const loaded = await load(visit)
  return formView(visit, loaded, formTyped(loaded.row))
}

const formTyped = (row: GatheringRow) =>
  emptyForm({
    questions: writeQuestions(row.questions),
    groups: row.priority_groups.join('\n'),
    ...(row.ask_needs && { askNeeds: 'yes' }),
    needsReader: row.needs_reader ?? '',
  })

export const postForm: Handler = async (visit) => {
  const loaded = await load(visit)
  const parsed = parseForm(formForm, await visit.form(), inWords(t, 'de'))
  if (!parsed.ok) return { ...formView(visit, loaded, parsed.state), ...mend }
  const { questions, groups, askNeeds, needsReader } = parsed.data
  await visit.tx((tx) =>
    changeParts(tx, loaded.row.id, {
      questions: readQuestions(questions),
      groups: groupsOf(groups),
      askNeeds,
      needsReader: loaded.model.roles.has(needsReader) ? needsReader : null,
    }),
  )
  return back(visit, loaded)
}

const roleOptions = (model: Compiled) => [
  { value: '', label: t('fragen.reader.nobody') },
  ...[...model.roles.keys()].map((value) => ({ value, label: word(model, value).one })),
]

const formView = (visit: Visit, loaded: Loaded, form: FormState) =>
  page(
    visit,
    loaded,
    'fragen',
    form,
    <>
      <TextArea name="questions" label={t('fragen.questions')} hint={t('fragen.questions.hint')} optional form={form} />
      <TextArea name="groups" label={t('fragen.groups')} hint={t('fragen.groups.hint')} rows={3} optional form={form} />
      <Checkbox name="askNeeds" label={t('fragen.needs')} form={form} />
      <Select
        name="needsReader"
        label={t('fragen.reader')}
        hint={t('fragen.reader.hint')}
        form={form}
        options={roleOptions(loaded.model)}
      />
    </>,
  )

/** `…/{gathering}/termine`: further dates of the same, a series. */
export const getDates: Handler = async (visit) => datesView(visit, await load(visit), emptyForm())

export const postDates: Handler = async (visit) => {
  const loaded = await load(visit)
  const raw = await visit.form()
  const parsed = parseForm(datesForm, raw, inWords(t, 'de'))
  if (!parsed.ok) return { ...datesView(visit, loaded, parsed.state), ...mend }
  const { from_time: from, until_time: until } = loaded.row
  const read = readDates(parsed.data.dates, berlinDay(visit.now), { from, until })
  if ('broken' in read || read.dates.length === 0) {
    const line = 'broken' in read ? read.broken : ''
    const form = withError(emptyForm(raw), 'dates', line ? t('error.dates', { line }) : t('error.dates.none'))
    return { ...datesView(visit, loaded, form), ...mend }
  }
  await visit.tx((tx) => addDates(tx, loaded.row.id, read.dates))
  return redirect(addresses.manageGatherings(visit.town))
}

const datesView = (visit: Visit, loaded: Loaded, form: FormState) =>
  page(
    visit,
    loaded,
    'termine',
    form,
    <TextArea name="dates" label={t('termine.lines')} hint={t('termine.lines.hint')} rows={6} form={form} />,
  )

/** `…/{gathering}/ergebnisse`: what is published afterwards. */
export const getAfter: Handler = async (visit) => {
  const loaded = await load(visit)
  const { materials, proceedings } = loaded.row
  return afterView(visit, loaded, emptyForm({ materials: writeMaterials(materials), proceedings: proceedings ?? '' }))
}

export const postAfter: Handler = async (visit) => {
  const loaded = await load(visit)
  const raw = await visit.form()
  const parsed = parseForm(afterForm, raw, inWords(t, 'de'))
  if (!parsed.ok) return { ...afterView(visit, loaded, parsed.state), ...mend }
  const read = readMaterials(typed(emptyForm(raw), 'materials'))
  if ('broken' in read) {
    const form = withError(emptyForm(raw), 'materials', t('error.materials', { line: read.broken }))
    return { ...afterView(visit, loaded, form), ...mend }
  }
  const proceedings = parsed.data.proceedings || null
  await visit.tx((tx) => changeParts(tx, loaded.row.id, { materials: read.materials, proceedings }))
  return back(visit, loaded)
}

const afterView = (visit: Visit, loaded: Loaded, form: FormState) =>
  page(
    visit,
    loaded,
    'ergebnisse',
    form,
    <>
      <TextArea
        name="proceedings"
        label={t('ergebnisse.proceedings')}
        hint={t('ergebnisse.proceedings.hint')}
        rows={12}
        optional
        form={form}
      />
      <TextArea
        name="materials"
        label={t('ergebnisse.materials')}
        hint={t('ergebnisse.materials.hint')}
        rows={3}
        optional
        form={form}
      />
    </>,
  )
