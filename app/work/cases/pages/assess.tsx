import {
  emptyForm,
  hiddenFields,
  inWords,
  parseForm,
  staleEdit,
  type FormState,
  type RawForm,
  type Stale,
} from '#platform/forms/index.ts'
import { formats } from '#platform/i18n/index.ts'
import { NotAllowed, StaleEdit } from '#platform/kernel/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import {
  Button,
  ErrorSummary,
  Form,
  Lead,
  MoreDetails,
  Notice,
  Radios,
  SummaryList,
  TextArea,
  TextField,
} from '#ui/index.ts'
import { modelVersion, say, stepOfKind, type Field } from '#work/model/index.ts'
import { assess } from '../commands/assess.ts'
import type { OpenedCase } from '../queries.ts'
import { assessments } from '../queries/course.ts'
import { askName, readAnswers } from '../rules.ts'
import { assessing, levels } from '../schema.ts'
import { words, type WordKey } from '../words.ts'
import { Asks } from './parts/ask.tsx'
import { caseOf, mend, partOf } from './parts/load.ts'
import { missingState } from './parts/missing.tsx'

const t = words('de')

interface Shown {
  readonly found: OpenedCase
  readonly fields: readonly Field[]
  readonly versions: Awaited<ReturnType<typeof assessments>>
}

const load = (visit: Visit): Promise<Shown> =>
  visit.tx(async (tx) => {
    const found = await caseOf(tx, visit)
    if (found.closedOn) throw new NotAllowed('closed case', { hidden: true })
    const model = await modelVersion(tx, found.modelVersion)
    const fields = stepOfKind(model, 'assess').ask
    return { found, fields, versions: await assessments(tx, found.id, found.contentKey) }
  })

/** The newest version as the form would send it. */
function stored({ found, versions }: Shown): { version: number; values: RawForm } {
  const [last] = versions
  const answers = Object.entries(last?.answers ?? {}).map(([id, value]) => [askName({ id }), value] as const)
  const values = {
    matter: found.matter,
    nextStep: last?.nextStep ?? '',
    level: found.level ?? '',
    notes: last?.notes ?? '',
    ...Object.fromEntries(answers),
  }
  return { version: last?.number ?? 0, values }
}

const withVersion = ({ version, values }: { version: number; values: RawForm }): RawForm => ({
  ...values,
  [hiddenFields.version]: String(version),
})

/** `/{town}/faelle/{case}/einschaetzung` */
export async function get(visit: Visit): Promise<View> {
  const shown = await load(visit)
  return view(visit, shown, emptyForm(withVersion(stored(shown))))
}

export async function post(visit: Visit): Promise<Response | View> {
  const shown = await load(visit)
  const raw = await visit.form()
  const parsed = parseForm(assessing, raw, inWords(t, 'de'))
  if (!parsed.ok) return { ...view(visit, shown, parsed.state), ...mend }
  const { answers, missing } = readAnswers(shown.fields, raw)
  if (missing.length > 0) return { ...view(visit, shown, missingState(raw, missing)), ...mend }
  try {
    const onto = Number(raw[hiddenFields.version] ?? -1)
    await visit.tx((tx) => assess(tx, shown.found.id, parsed.data, answers, onto))
    return redirect(addresses.casePage(visit.town, shown.found.id))
  } catch (error) {
    if (!(error instanceof StaleEdit)) throw error
    const now = await load(visit)
    const stale = staleEdit(raw, stored(now))
    const values = { ...raw, [hiddenFields.version]: String(stored(now).version) }
    return { ...view(visit, now, emptyForm(values), stale), status: 409, error: true }
  }
}

const labels: Record<string, WordKey> = {
  matter: 'assess.matter',
  nextStep: 'assess.nextStep',
  level: 'assess.level',
  notes: 'assess.notes',
}

/** Both texts, field by field, so that nobody's work is lost. */
function Both({ stale, fields }: { stale: Stale; fields: readonly Field[] }) {
  const name = (field: string) => {
    const key = labels[field]
    const asked = fields.find((one) => askName(one) === field)
    return key ? t(key) : asked ? say(asked.label, 'de') : field
  }
  return (
    <>
      <Notice kind="waiting">{t('stale.title')}</Notice>
      <SummaryList
        rows={stale.differences.flatMap(({ field, typed, stored: theirs }) => [
          { label: t('stale.theirs', { field: name(field) }), value: theirs || '–' },
          { label: t('stale.yours', { field: name(field) }), value: typed || '–' },
        ])}
      />
    </>
  )
}

const view = (visit: Visit, { found, fields, versions }: Shown, form: FormState, stale?: Stale): View =>
  partOf(visit, found.id, {
    title: t('assess.title'),
    body: (
      <>
        <ErrorSummary form={form} />
        {stale && <Both stale={stale} fields={fields} />}
        <Lead>{t('assess.lead')}</Lead>
        <Form action={addresses.casePage(visit.town, found.id, 'einschaetzung')} token={visit.token}>
          <input type="hidden" name={hiddenFields.version} value={String(form.values[hiddenFields.version] ?? '')} />
          <TextField name="matter" label={t('assess.matter')} hint={t('assess.matter.hint')} form={form} />
          <TextArea name="nextStep" label={t('assess.nextStep')} form={form} rows={2} />
          <MoreDetails title={t('assess.more')} open={form.errors.length > 0 || versions.length > 0}>
            <TextArea name="notes" label={t('assess.notes')} hint={t('assess.notes.hint')} form={form} optional />
            <Radios
              name="level"
              label={t('assess.level')}
              form={form}
              options={levels.map((value) => ({ value, label: t(`level.${value}`) }))}
              optional
            />
            <Asks fields={fields} form={form} />
          </MoreDetails>
          <Button>{t('assess.save')}</Button>
        </Form>
        {versions.length > 0 && <Versions versions={versions} />}
      </>
    ),
  })

const Versions = ({ versions }: Pick<Shown, 'versions'>) => (
  <>
    <h2>{t('assess.versions')}</h2>
    {versions.map(({ number, madeOn, by, matter, nextStep, notes }) => (
      <MoreDetails title={t('assess.version', { number, day: formats('de').day(madeOn), name: by })}>
        <SummaryList
          rows={[
            { label: t('assess.matter'), value: matter },
            { label: t('assess.nextStep'), value: nextStep },
            ...(notes ? [{ label: t('assess.notes'), value: notes }] : []),
          ]}
        />
      </MoreDetails>
    ))}
  </>
)
