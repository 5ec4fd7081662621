import { emptyForm, inWords, parseForm, readStaffDay, withError, type FormState } from '#platform/forms/index.ts'
import { formats } from '#platform/i18n/index.ts'
import { berlinDay } from '#platform/kernel/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, Card, ErrorSummary, Form, Lead, Select, TextField } from '#ui/index.ts'
import { AbsenceRefused, endAbsence, setAbsence } from '../commands/absence.ts'
import { absencesOf, colleagues, staffOf } from '../queries.ts'
import { newAbsence } from '../schema.ts'
import { words } from '../words.ts'

const t = words('de')
const fieldOf = {
  days: 'until',
  past: 'from',
  self: 'deputy',
  two: 'deputy',
  apart: 'deputy',
  unfit: 'deputy',
  superior: 'deputy',
} as const

/** `/{town}/heute/abwesenheit`: when one is away oneself, and who stands in. */
export const get = (visit: Visit): Promise<View> => view(visit, emptyForm())

export async function post(visit: Visit): Promise<Response | View> {
  const parsed = parseForm(newAbsence, await visit.form(), inWords(t, 'de'))
  if (!parsed.ok) return wrong(visit, parsed.state)
  const today = berlinDay(visit.now)
  const form = emptyForm(await visit.form())
  const from = readStaffDay(parsed.data.from, today, 'ahead')
  const until = parsed.data.until === '' ? null : readStaffDay(parsed.data.until, today, 'ahead')
  if (from === undefined) return wrong(visit, withError(form, 'from', t('error.day')))
  if (until === undefined) return wrong(visit, withError(form, 'until', t('error.day')))
  try {
    await visit.tx((tx) =>
      setAbsence(tx, { person: parsed.data.person || visit.person!.id, deputy: parsed.data.deputy, from, until }),
    )
  } catch (error) {
    if (!(error instanceof AbsenceRefused)) throw error
    return wrong(visit, withError(form, fieldOf[error.fault], t(`error.absence.${error.fault}`)))
  }
  return redirect(addresses.ownAbsence(visit.town))
}

/** `/{town}/heute/abwesenheit/{absence}`: back again. */
export async function end(visit: Visit): Promise<Response> {
  await visit.tx((tx) => endAbsence(tx, visit.params.absence ?? ''))
  return redirect(addresses.ownAbsence(visit.town))
}

const wrong = async (visit: Visit, form: FormState): Promise<View> => ({
  ...(await view(visit, form)),
  status: 422,
  error: true,
})

type Absence = Awaited<ReturnType<typeof absencesOf>>[number]

/** One absence that stands, her own or of somebody she is above, and its end. */
function Standing({ visit, absence }: { visit: Visit; absence: Absence }) {
  const { id, from_on, until_on, deputy, person_id, name } = absence
  const { dayShort } = formats('de')
  const own = person_id === visit.person?.id
  return (
    <Card title={own ? t('absence.of', { deputy }) : t('absence.of.other', { deputy, name })}>
      <p>
        {until_on
          ? t('absence.days', { from: dayShort(from_on), until: dayShort(until_on) })
          : t('absence.open', { from: dayShort(from_on) })}
      </p>
      <Form action={addresses.ownAbsence(visit.town, id)} token={visit.token}>
        <Button look="secondary">{t('absence.end')}</Button>
      </Form>
    </Card>
  )
}

async function view(visit: Visit, form: FormState): Promise<View> {
  const me = visit.person!.id
  const { own, others, staff } = await visit.tx(async (tx) => ({
    own: await absencesOf(tx, me),
    others: await colleagues(tx, me),
    staff: await staffOf(tx, me),
  }))
  return {
    layout: 'staff',
    at: addresses.today(visit.town),
    back: addresses.today(visit.town),
    title: t('absence.title'),
    body: (
      <>
        <ErrorSummary form={form} />
        <Lead>{t('absence.lead')}</Lead>
        {own.map((absence) => (
          <Standing visit={visit} absence={absence} />
        ))}
        <Card title={t('absence.add')}>
          <Form action={addresses.ownAbsence(visit.town)} token={visit.token}>
            {staff.length > 0 && (
              <Select
                name="person"
                label={t('absence.person')}
                hint={t('absence.person.hint')}
                form={form}
                options={[
                  { value: '', label: t('absence.person.self') },
                  ...staff.map(({ id, name }) => ({ value: id, label: name })),
                ]}
              />
            )}
            <TextField name="from" label={t('absence.from')} hint={t('absence.from.hint')} form={form} short />
            <TextField
              name="until"
              label={t('absence.until')}
              hint={t('absence.until.hint')}
              form={form}
              short
              optional
            />
            <Select
              name="deputy"
              label={t('absence.deputy')}
              form={form}
              options={[{ value: '', label: '–' }, ...others.map(({ id, name }) => ({ value: id, label: name }))]}
            />
            <Button>{t('absence.button')}</Button>
          </Form>
        </Card>
      </>
    ),
  }
}
