import {
  emptyForm,
  hiddenFields,
  inWords,
  parseForm,
  renderedVersion,
  type FormState,
  type RawForm,
} from '#platform/forms/index.ts'
import { StaleEdit } from '#platform/kernel/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import {
  Button,
  Card,
  CompareTexts,
  DataTable,
  EmptyState,
  ErrorSummary,
  Form,
  Lead,
  Notice,
  Radios,
  Select,
  TextField,
} from '#ui/index.ts'
import { caseOf, mend, partOf } from '../../pages/parts/load.ts'
import type { OpenedCase } from '../../queries.ts'
import { addParty, changeParty, mergeParty, removeParty, restoreParty, unmergeParty } from '../commands/party.ts'
import { mayThink } from '../parts/may.ts'
import { partiesOf, type Parties, type Party } from '../queries.ts'
import { forms, party, stands } from '../schema.ts'
import { words } from '../words.ts'

const t = words('de')

interface Shown {
  readonly found: OpenedCase
  readonly parties: Parties
  /** The one whose form is open. */
  readonly chosen: Party | undefined
}

const load = (visit: Visit, chosen: unknown): Promise<Shown> =>
  visit.tx(async (tx) => {
    const found = await caseOf(tx, visit)
    const parties = await partiesOf(tx, found.id, found.contentKey)
    return { found, parties, chosen: parties.present.find(({ id }) => id === chosen) }
  })

const stored = ({ label, about, stands, form }: Party): RawForm => ({ label, about, stands, form })
const page = (visit: Visit, id: string) => addresses.casePage(visit.town, id, 'beteiligte')

/** `/{town}/faelle/{case}/beteiligte`: who is part of it, by role; `?wer=` opens one of them. */
export async function get(visit: Visit): Promise<View> {
  const shown = await load(visit, visit.url.searchParams.get('wer'))
  const { chosen } = shown
  return view(
    visit,
    shown,
    emptyForm(chosen ? { ...stored(chosen), [hiddenFields.version]: String(chosen.version) } : {}),
  )
}

const deeds = { remove: removeParty, restore: restoreParty, unmerge: unmergeParty } as const

export async function post(visit: Visit): Promise<Response | View> {
  const raw = await visit.form()
  const shown = await load(visit, raw.party)
  const { id } = shown.found
  for (const [name, deed] of Object.entries(deeds)) {
    const who = raw[name]
    if (typeof who !== 'string') continue
    await visit.tx((tx) => deed(tx, id, who))
    return redirect(page(visit, id))
  }
  if (typeof raw.merge === 'string') return merge(visit, shown, raw)
  const parsed = parseForm(party, raw, inWords(t, 'de'))
  if (!parsed.ok) return { ...view(visit, shown, parsed.state), ...mend }
  const save = (tx: TenantTx) =>
    shown.chosen
      ? changeParty(tx, id, shown.chosen.id, parsed.data, renderedVersion(raw) ?? -1)
      : addParty(tx, id, parsed.data)
  try {
    await visit.tx<unknown>(save)
    return redirect(page(visit, id))
  } catch (error) {
    if (!(error instanceof StaleEdit)) throw error
    const now = await load(visit, raw.party)
    const values = { ...raw, [hiddenFields.version]: String(now.chosen?.version ?? '') }
    return { ...view(visit, now, emptyForm(values), true), status: 409, error: true }
  }
}

async function merge(visit: Visit, shown: Shown, raw: RawForm): Promise<Response | View> {
  const { found, parties } = shown
  const into = parties.present.find((one) => one.id === raw.into)
  if (!into || into.id === raw.merge) {
    const errors = [{ field: 'into', message: t('error.into') }]
    return { ...view(visit, shown, { values: raw, errors }), ...mend }
  }
  await visit.tx((tx) => mergeParty(tx, found.id, String(raw.merge), into.id))
  return redirect(page(visit, found.id))
}

const view = (visit: Visit, shown: Shown, form: FormState, stale = false): View => {
  const { found, parties, chosen } = shown
  const works = mayThink(visit, found)
  return partOf(visit, found, {
    title: chosen && works ? t('party.one', { label: chosen.label }) : t('party.title'),
    ...(chosen && { back: page(visit, found.id) }),
    body: (
      <>
        <ErrorSummary form={form} />
        {stale && chosen && <Stale chosen={chosen} form={form} />}
        {chosen && works ? (
          <>
            <Card title={t('party.change')}>
              <Said visit={visit} shown={shown} form={form} />
            </Card>
            <Part visit={visit} shown={shown} form={form} />
          </>
        ) : (
          <>
            <Lead>{t('party.state', { count: parties.present.length })}</Lead>
            {parties.present.length === 0 ? (
              <EmptyState>{t('party.none')}</EmptyState>
            ) : (
              <Present visit={visit} shown={shown} works={works} />
            )}
            {works && (
              <Card title={t('party.add')}>
                <Said visit={visit} shown={shown} form={form} />
              </Card>
            )}
            <Gone visit={visit} shown={shown} works={works} />
          </>
        )}
      </>
    ),
  })
}

const Stale = ({ chosen, form }: { chosen: Party; form: FormState }) => {
  const now = stored(chosen)
  const names = { label: t('party.label'), about: t('party.about'), stands: t('party.stands'), form: t('party.form') }
  const text = (field: keyof typeof names, value: unknown) =>
    field === 'stands' || field === 'form' ? sayChoice(String(value ?? '')) : String(value ?? '')
  const differences = (Object.keys(names) as (keyof typeof names)[])
    .filter((field) => (now[field] ?? '') !== (form.values[field] ?? ''))
    .map((field) => ({ field, typed: text(field, form.values[field]), stored: text(field, now[field]) }))
  return (
    <>
      <Notice kind="waiting">{t('stale')}</Notice>
      <CompareTexts differences={differences} labels={names} />
    </>
  )
}

const sayChoice = (value: string) =>
  (stands as readonly string[]).includes(value)
    ? t(`stands.${value as (typeof stands)[number]}`)
    : (forms as readonly string[]).includes(value)
      ? t(`form.${value as (typeof forms)[number]}`)
      : ''

const Present = ({ visit, shown: { found, parties }, works }: { visit: Visit; shown: Shown; works: boolean }) => (
  <DataTable
    caption={t('party.title')}
    columns={[t('party.label'), t('party.stands'), t('party.form'), t('party.about')]}
    rows={parties.present.map((one) => [
      works ? <a href={`${page(visit, found.id)}?wer=${one.id}`}>{one.label}</a> : one.label,
      t(`stands.${one.stands}`),
      t(`form.${one.form}`),
      one.about || '–',
    ])}
  />
)

const Said = ({ visit, shown: { found, chosen }, form }: { visit: Visit; shown: Shown; form: FormState }) => (
  <Form action={page(visit, found.id)} token={visit.token}>
    {chosen && <input type="hidden" name="party" value={chosen.id} />}
    {chosen && (
      <input type="hidden" name={hiddenFields.version} value={String(form.values[hiddenFields.version] ?? '')} />
    )}
    <TextField name="label" label={t('party.label')} hint={t('party.label.hint')} form={form} />
    <Radios
      name="stands"
      label={t('party.stands')}
      form={form}
      options={stands.map((value) => ({ value, label: t(`stands.${value}`) }))}
    />
    <Radios
      name="form"
      label={t('party.form')}
      form={form}
      options={forms.map((value) => ({ value, label: t(`form.${value}`) }))}
    />
    <TextField name="about" label={t('party.about')} hint={t('party.about.hint')} form={form} optional />
    <Button>{t(chosen ? 'party.save' : 'party.note')}</Button>
  </Form>
)

/** Ways out for one that was noted twice or by mistake. */
const Part = ({ visit, shown, form }: { visit: Visit; shown: Shown; form: FormState }) => {
  const { found, parties, chosen } = shown
  const others = parties.present.filter(({ id }) => id !== chosen?.id)
  if (!chosen) return null
  return (
    <>
      {others.length > 0 && (
        <Card title={t('party.merge')}>
          <p>{t('party.merge.about')}</p>
          <Form action={page(visit, found.id)} token={visit.token}>
            <input type="hidden" name="party" value={chosen.id} />
            <Select
              name="into"
              label={t('party.merge.into')}
              form={form}
              options={[{ value: '', label: '–' }, ...others.map(({ id, label }) => ({ value: id, label }))]}
            />
            <Button name="merge" value={chosen.id} look="secondary">
              {t('party.merge.save')}
            </Button>
          </Form>
        </Card>
      )}
      <Card title={t('party.remove')}>
        <p>{t('party.remove.about')}</p>
        <Form action={page(visit, found.id)} token={visit.token}>
          <Button name="remove" value={chosen.id} look="secondary">
            {t('party.remove.save')}
          </Button>
        </Form>
      </Card>
    </>
  )
}

const Gone = ({ visit, shown: { found, parties }, works }: { visit: Visit; shown: Shown; works: boolean }) => {
  const gone = parties.all.filter(({ mergedInto, removedOn }) => mergedInto !== null || removedOn !== null)
  if (gone.length === 0) return null
  return (
    <Card title={t('party.gone')}>
      {gone.map(({ id, label, mergedInto }) => (
        <Form action={page(visit, found.id)} token={visit.token}>
          <p>
            {mergedInto
              ? t('party.gone.merged', { label, into: parties.label(mergedInto) })
              : t('party.gone.removed', { label })}
          </p>
          {works && (
            <Button name={mergedInto ? 'unmerge' : 'restore'} value={id} look="quiet">
              {t(mergedInto ? 'party.unmerge' : 'party.restore', { label })}
            </Button>
          )}
        </Form>
      ))}
    </Card>
  )
}
