import { emptyForm, inWords, parseForm, readStaffDay, typed, withError, type FormState } from '#platform/forms/index.ts'
import { formats } from '#platform/i18n/index.ts'
import { berlinDay } from '#platform/kernel/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, ErrorSummary, Form, Lead, Radios, TextArea, TextField } from '#ui/index.ts'
import { caseRecord } from '#work/cases/index.ts'
import { bases, rules } from '../bases.ts'
import { noteRequest, type Concerns } from '../commands/note.ts'
import { noting } from '../schema.ts'
import { words } from '../words.ts'
import { mend, pageOf } from './parts.tsx'

const t = words('de')

/** `/{town}/einsicht/neu?zu=fall:<id>`: who asks, on what basis, since when. */
export async function get(visit: Visit): Promise<View> {
  const about = visit.url.searchParams.get('zu') ?? ''
  return view(visit, emptyForm({ about, receivedOn: formats('de').dayShort(berlinDay(visit.now)) }))
}

const concerns = (about: string | undefined): Concerns => {
  const [kind, id = ''] = (about ?? '').split(':')
  return { cases: kind === 'fall' ? [id] : [], reports: kind === 'meldung' ? [id] : [] }
}

export async function post(visit: Visit): Promise<Response | View> {
  const raw = await visit.form()
  const parsed = parseForm(noting, raw, inWords(t, 'de'))
  if (!parsed.ok) return { ...(await view(visit, parsed.state)), ...mend }
  const wrong = async (field: string, message: string) => ({
    ...(await view(visit, withError(emptyForm(raw), field, message))),
    ...mend,
  })
  const today = berlinDay(visit.now)
  const receivedOn = readStaffDay(parsed.data.receivedOn, today)
  if (!receivedOn || receivedOn > today) return wrong('receivedOn', t('error.receivedOn'))
  const typedDue = parsed.data.dueOn
  const dueOn = typedDue ? readStaffDay(typedDue, today, 'ahead') : undefined
  if (typedDue && (!dueOn || dueOn < receivedOn)) return wrong('dueOn', t('error.dueOn'))
  const id = await visit.tx((tx) => noteRequest(tx, { ...parsed.data, receivedOn, dueOn }, concerns(parsed.data.about)))
  return redirect(addresses.inspections(visit.town, id))
}

async function view(visit: Visit, form: FormState): Promise<View> {
  const { cases } = concerns(typed(form, 'about'))
  const [id] = cases
  const found = id ? await visit.tx((tx) => caseRecord(tx, id)) : undefined
  return pageOf(visit, {
    title: t('new.title'),
    body: (
      <>
        <ErrorSummary form={form} />
        <Lead>{found ? t('new.lead.case', { number: found.number, matter: found.matter }) : t('new.lead')}</Lead>
        <Form action={addresses.newInspection(visit.town)} token={visit.token}>
          <input type="hidden" name="about" value={typed(form, 'about')} />
          <Radios
            name="basis"
            label={t('new.basis')}
            form={form}
            options={bases.map((value) => ({
              value,
              label: t(`basis.${value}`),
              hint: t(rules[value].statutory ? 'within.law' : 'within.usual', { time: time(value) }),
            }))}
          />
          <TextField name="asker" label={t('new.asker')} hint={t('new.asker.hint')} form={form} />
          <TextArea name="wants" label={t('new.wants')} form={form} rows={3} />
          <TextField name="receivedOn" label={t('new.receivedOn')} form={form} short />
          <TextField name="dueOn" label={t('new.dueOn')} hint={t('new.dueOn.hint')} form={form} short optional />
          <Button>{t('new.save')}</Button>
        </Form>
      </>
    ),
  })
}

function time(basis: (typeof bases)[number]): string {
  const { within } = rules[basis]
  return 'months' in within ? t('months', { count: within.months }) : t('days', { count: within.days })
}
