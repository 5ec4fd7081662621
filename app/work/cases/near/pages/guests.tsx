import { emptyForm, inWords, parseForm, readStaffDay, withError, type FormState } from '#platform/forms/index.ts'
import { formats } from '#platform/i18n/index.ts'
import { berlinDay } from '#platform/kernel/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import {
  Button,
  Card,
  Checkboxes,
  EmptyState,
  ErrorSummary,
  Form,
  Lead,
  Radios,
  Select,
  SummaryList,
  TextField,
} from '#ui/index.ts'
import { caseOf, mend, partOf } from '../../pages/parts/load.ts'
import { endGuest, guestsOf, inviteGuest } from '../commands/owner.ts'
import { bases, guestParts, inviting, purposes, type Invitation } from '../schema.ts'
import { words } from '../words.ts'

const t = words('de')

const load = async (visit: Visit) => {
  const [shown, towns] = await Promise.all([
    visit.tx(async (tx) => {
      const found = await caseOf(tx, visit)
      return { found, guests: await guestsOf(tx, found.id) }
    }),
    visit.towns(),
  ])
  return { ...shown, towns: towns.filter(({ id, opened_at }) => id !== visit.town.id && opened_at !== null) }
}
type Shown = Awaited<ReturnType<typeof load>>

/** `/{town}/faelle/{case}/gast`: who of another municipality works on it, what for and until when. */
export const get = async (visit: Visit): Promise<View> => view(visit, await load(visit), emptyForm())

export async function post(visit: Visit): Promise<Response | View> {
  const shown = await load(visit)
  const { id } = shown.found
  const raw = await visit.form()
  const here = addresses.casePage(visit.town, id, 'gast')
  const ended = shown.guests.find((one) => one.id === raw.end)
  if (ended) {
    await visit.tx((tx) => endGuest(tx, ended.id))
    return redirect(here)
  }
  const parsed = parseForm(inviting, raw, inWords(t, 'de'))
  if (!parsed.ok) return { ...view(visit, shown, parsed.state), ...mend }
  const wrong = (field: 'until' | 'town') =>
    ({ ...view(visit, shown, withError(emptyForm(raw), field, t(`missing.${field}`))), ...mend }) as View
  const until = readStaffDay(parsed.data.until, berlinDay(visit.now), 'ahead')
  if (!until) return wrong('until')
  const town = shown.towns.find(({ slug }) => slug === parsed.data.town)
  if (!town) return wrong('town')
  const { town: _, ...asked } = { ...parsed.data, until }
  const done = await visit.tx((tx) => inviteGuest(tx, id, town.id, asked))
  if ('missing' in done) return done.missing[0]?.field === 'town' ? wrong('town') : wrong('until')
  return redirect(here)
}

function view(visit: Visit, { found, guests, towns }: Shown, form: FormState): View {
  const action = addresses.casePage(visit.town, found.id, 'gast')
  const standing = guests.filter(({ state }) => state !== 'ended')
  return partOf(visit, found, {
    title: t('guest.title'),
    body: (
      <>
        <ErrorSummary form={form} />
        <Lead>{t('guest.lead')}</Lead>
        {standing.length === 0 && <EmptyState>{t('guest.none')}</EmptyState>}
        {standing.map((guest) => (
          <Card
            title={
              guest.state === 'standing'
                ? guest.name
                : t('guest.of', { name: guest.name, town: towns.find(({ id }) => id === guest.town)?.name ?? '' })
            }
          >
            <Terms {...guest} />
            <p>{t(`guest.state.${guest.state === 'asked' ? 'asked' : 'standing'}`)}</p>
            <Form action={action} token={visit.token}>
              <Button name="end" value={guest.id} look="secondary">
                {t(guest.state === 'asked' ? 'guest.take-back' : 'guest.end')}
              </Button>
            </Form>
          </Card>
        ))}
        <Card title={t('guest.ask')}>
          <Form action={action} token={visit.token}>
            <Select
              name="town"
              label={t('guest.town')}
              form={form}
              options={towns.map(({ slug, name }) => ({ value: slug, label: name }))}
            />
            <TextField name="name" label={t('guest.name')} hint={t('guest.name.hint')} form={form} />
            <Radios name="purpose" label={t('guest.purpose')} form={form} options={options('purpose', purposes)} />
            <Radios name="basis" label={t('guest.basis')} form={form} options={options('basis', bases)} />
            <Checkboxes
              name="parts"
              label={t('guest.parts')}
              hint={t('guest.parts.hint')}
              form={form}
              options={guestParts.map((value) => ({ value, label: t(`guest.part.${value}`) }))}
              optional
            />
            <TextField name="until" label={t('guest.until')} hint={t('guest.until.hint')} form={form} short />
            <Button>{t('guest.ask.button')}</Button>
          </Form>
        </Card>
      </>
    ),
  })
}

type Choice = (typeof purposes)[number] | (typeof bases)[number]
const label = (kind: 'purpose' | 'basis', value: Choice) => t(`guest.${kind}.${value}` as 'guest.purpose.joint')
const options = (kind: 'purpose' | 'basis', values: readonly Choice[]) =>
  values.map((value) => ({ value, label: label(kind, value) }))

/** What was agreed about a guest, the same words for both offices. */
export const Terms = ({ purpose, basis, parts, until }: Pick<Invitation, 'purpose' | 'basis' | 'parts' | 'until'>) => (
  <SummaryList
    rows={[
      { label: t('guest.purpose'), value: label('purpose', purpose) },
      { label: t('guest.basis'), value: label('basis', basis) },
      {
        label: t('guest.shown'),
        value: [t('guest.shown.least'), ...parts.map((one) => t(`guest.part.${one}`))].join('; '),
      },
      { label: t('guest.until'), value: formats('de').day(until) },
    ]}
  />
)
