import { emptyForm, inWords, parseForm, typed, withError, type FormState } from '#platform/forms/index.ts'
import { formats } from '#platform/i18n/index.ts'
import { addDays } from '#platform/kernel/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, ErrorSummary, Form, Lead, Notice, Radios, Select, TextArea, TextField } from '#ui/index.ts'
import type { GatheringRow } from '../../commands/store.ts'
import { register } from '../../door.ts'
import { needKeptDays, registrationForm, type Question } from '../../schema.ts'
import { titleIn, whenText } from '../../sentences.ts'
import { publicWords } from '../../words.ts'
import { load, shown, type Chance } from './gathering.tsx'

/** `/{town}/veranstaltungen/{gathering}/anmelden` */
export async function get(visit: Visit): Promise<View> {
  const { row, chance } = await load(visit)
  return view(visit, row, chance, emptyForm())
}

/** The form is checked against a row that may be a second old; whether there is room is decided under the lock. */
export async function post(visit: Visit): Promise<Response | View> {
  const row = await recently(visit)
  const t = publicWords(visit.language)
  const raw = await visit.form()
  const parsed = parseForm(registrationForm, raw, inWords(t, visit.language))
  const answered = answersOf(row.questions, raw, t('register.error.answer'))
  let form: FormState = parsed.ok ? emptyForm(raw) : parsed.state
  for (const { field, message } of answered.errors) form = withError(form, field, message)
  if (parsed.ok && form.errors.length === 0) {
    const { name, mail, group: rank, need } = parsed.data
    const { answers } = answered
    if (await register(visit, row.id, { name, mail, rank, need, answers, language: visit.language }))
      return redirect(addresses.gathering(visit.town, row.slug, 'angemeldet'))
  }
  const now = await load(visit)
  return { ...view(visit, now.row, now.chance, form), status: 422, error: form.errors.length > 0 }
}

/** By the directory's entry of a town, which lives five seconds. */
const seen = new WeakMap<Visit['town'], Map<string, { row: Promise<GatheringRow>; until: number }>>()

/** When hundreds press the button at once, the gathering is looked up once. */
function recently(visit: Visit): Promise<GatheringRow> {
  const slug = visit.params.gathering ?? ''
  const town = seen.get(visit.town) ?? new Map<string, { row: Promise<GatheringRow>; until: number }>()
  seen.set(visit.town, town)
  const held = town.get(slug)
  if (held && held.until > performance.now()) return held.row
  const row = visit.tx((tx) => shown(tx, visit))
  row.catch(() => town.delete(slug))
  town.set(slug, { row, until: performance.now() + 1_000 })
  return row
}

/** The answers to the gathering's own questions, in their order; each missing one is named. */
export function answersOf(questions: readonly Question[], raw: FormState['values'], missing: string) {
  const form = emptyForm(raw)
  const answers = questions.map(({ kind, choices }, n) => {
    const text = typed(form, `q${n}`).slice(0, 1_000)
    if (kind === 'choice') return choices.includes(text) ? text : ''
    return kind === 'yes-no' && text !== 'yes' && text !== 'no' ? '' : text
  })
  const errors = questions.flatMap(({ needed }, n) =>
    needed && answers[n] === '' ? [{ field: `q${n}`, message: missing }] : [],
  )
  return { answers: answers.some(Boolean) ? answers : [], errors }
}

/** The gathering's own questions as fields. */
export function Questions({
  visit,
  questions,
  form,
}: {
  visit: Visit
  questions: readonly Question[]
  form: FormState
}) {
  const t = publicWords(visit.language)
  return (
    <>
      {questions.map(({ label, kind, choices, needed }, n) => {
        const field = { name: `q${n}`, label, form, optional: !needed }
        if (kind === 'choice') return <Radios {...field} options={choices.map((value) => ({ value, label: value }))} />
        if (kind === 'yes-no')
          return (
            <Radios
              {...field}
              options={[
                { value: 'yes', label: t('register.yes') },
                { value: 'no', label: t('register.no') },
              ]}
            />
          )
        return <TextField {...field} />
      })}
    </>
  )
}

function view(visit: Visit, row: GatheringRow, chance: Chance, form: FormState): View {
  const t = publicWords(visit.language)
  const closed = chance === 'over' || chance === 'cancelled'
  return {
    layout: 'public',
    title: t('register.title'),
    back: addresses.gathering(visit.town, row.slug),
    body: closed ? (
      <Notice kind="info">{t(chance === 'cancelled' ? 'cancelled' : 'register.closed')}</Notice>
    ) : (
      <>
        <ErrorSummary form={form} />
        <Lead>
          {t('register.lead', {
            title: `\u2068${titleIn(row, visit.language)}\u2069`,
            when: whenText(row, visit.language),
          })}
        </Lead>
        {chance === 'list' && <Notice kind="waiting">{t('chance.list')}</Notice>}
        {chance === 'late' && <Notice kind="waiting">{t('chance.late')}</Notice>}
        <Form action={addresses.gathering(visit.town, row.slug, 'anmelden')} token={visit.token}>
          <Fields visit={visit} row={row} form={form} />
          <p>{t('register.privacy', { day: formats(visit.language).day(row.delete_on) })}</p>
          <Button>{t(chance === 'place' ? 'register.button' : 'page.join-list')}</Button>
        </Form>
      </>
    ),
  }
}

function Fields({ visit, row, form }: { visit: Visit; row: GatheringRow; form: FormState }) {
  const t = publicWords(visit.language)
  const asksNeed = row.ask_needs && row.needs_reader !== null
  return (
    <>
      <TextField name="name" label={t('register.name')} autocomplete="name" form={form} />
      <TextField
        name="mail"
        type="email"
        label={t('register.mail')}
        hint={t('register.mail.hint')}
        autocomplete="email"
        form={form}
      />
      {row.priority_groups.length > 1 && (
        <Select
          name="group"
          label={t('register.group')}
          form={form}
          options={row.priority_groups.map((label, n) => ({ value: String(n), label }))}
        />
      )}
      <Questions visit={visit} questions={row.questions} form={form} />
      {asksNeed && (
        <TextArea
          name="need"
          label={t('register.need')}
          hint={t('register.need.hint', { day: formats(visit.language).day(addDays(row.on_day, needKeptDays)) })}
          rows={3}
          optional
          form={form}
        />
      )}
    </>
  )
}

/** `/{town}/veranstaltungen/{gathering}/angemeldet`: the same words for everybody, whoever was known already. */
export async function done(visit: Visit): Promise<View> {
  const { row } = await load(visit)
  const t = publicWords(visit.language)
  return {
    layout: 'public',
    title: t('registered.title'),
    back: addresses.gathering(visit.town, row.slug),
    body: (
      <>
        <Lead>{t('registered.text')}</Lead>
        <p>{t('registered.mail')}</p>
        <p>{t('registered.nothing')}</p>
      </>
    ),
  }
}
