import {
  emptyForm,
  inWords,
  parseForm,
  renderedVersion,
  staleEdit,
  withError,
  type FormState,
  type RawForm,
} from '#platform/forms/index.ts'
import { StaleEdit } from '#platform/kernel/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, Card, Form, Radios, Select, TextArea, TextField } from '#ui/index.ts'
import { lands, modelInForce } from '#work/model/index.ts'
import { saveOffice } from '../../commands/settings.ts'
import { accentIds, accents, kindsFor, noAbout, office } from '../schema.ts'
import { settingsOf } from '../../queries/settings.ts'
import { filled, frame, saved, t, VersionField, wasSaved, type Shown } from './frame.tsx'

const here = (visit: Visit) => addresses.settings(visit.town, 'kommune')
const accentOf = (hex: string | null) => accentIds.find((id) => accents[id] === hex) ?? 'petrol'

const load = (visit: Visit) =>
  visit.tx(async (tx) => {
    const { version, about } = await settingsOf(tx)
    const { body } = (await modelInForce(tx)).model
    const { name, kind, accent } = visit.town
    return { version, values: { name, kind, land: body.land, accent: accentOf(accent), ...about } as RawForm }
  })

/** `/{town}/verwaltung/kommune` */
export async function get(visit: Visit): Promise<View> {
  const { values, version } = await load(visit)
  return view(visit, { form: filled(values, version), saved: wasSaved(visit) })
}

export async function post(visit: Visit): Promise<Response | View> {
  const raw = await visit.form()
  const parsed = parseForm(office, raw, inWords(t, 'de'))
  if (!parsed.ok) return view(visit, { form: parsed.state })
  if (!kindsFor(visit.town.kind).includes(parsed.data.kind))
    return view(visit, { form: withError(emptyForm(raw), 'kind', t('error.kind')) })
  try {
    const by = { onto: renderedVersion(raw) ?? -1, by: visit.person?.name ?? '', note: t('about.note') }
    await visit.tx((tx) => saveOffice(tx, parsed.data, by))
    return redirect(saved(here(visit)))
  } catch (error) {
    if (!(error instanceof StaleEdit)) throw error
    const now = await load(visit)
    return view(visit, { form: filled(raw, now.version), stale: staleEdit(raw, now) })
  }
}

type Line = keyof typeof noAbout
const hinted = [
  'representedBy',
  'oversight',
  'privacyOfficer',
  'privacyAuthority',
  'accessContact',
  'accessArbitration',
] as const
const labels: Record<string, string> = Object.fromEntries([
  ...(['name', 'kind', 'land', 'accent'] as const).map((field) => [field, t(`about.${field}`)]),
  ...(Object.keys(noAbout) as Line[]).map((field) => [field, t(`about.${field}`)]),
])

const Hinted = ({ form, fields }: { form: FormState; fields: readonly (typeof hinted)[number][] }) => (
  <>
    {fields.map((name) => (
      <TextArea name={name} label={t(`about.${name}`)} hint={t(`about.${name}.hint`)} form={form} rows={2} />
    ))}
  </>
)

const Sign = ({ form, kind }: { form: FormState; kind: string }) => (
  <Card title={t('about.sign')}>
    <TextField name="name" label={t('about.name')} form={form} />
    <Select
      name="kind"
      label={t('about.kind')}
      form={form}
      options={kindsFor(kind).map((value) => ({ value, label: t(`about.kind.${value}`) }))}
    />
    <Select
      name="land"
      label={t('about.land')}
      hint={t('about.land.hint')}
      form={form}
      options={lands.map((value) => ({ value, label: t(`land.${value}`) }))}
    />
    <Radios
      name="accent"
      label={t('about.accent')}
      hint={t('about.accent.hint')}
      form={form}
      options={accentIds.map((value) => ({ value, label: t(`accent.${value}`) }))}
    />
  </Card>
)

const view = (visit: Visit, shown: Shown): View =>
  frame(
    visit,
    { title: 'about.title', lead: t('about.lead'), labels },
    shown,
    <Form action={here(visit)} token={visit.token}>
      <VersionField form={shown.form} />
      <Sign form={shown.form} kind={visit.town.kind} />
      <Card title={t('about.reach')}>
        <TextField name="street" label={t('about.street')} form={shown.form} />
        <TextField name="place" label={t('about.place')} form={shown.form} />
        <TextField name="phone" type="tel" label={t('about.phone')} form={shown.form} />
        <TextField name="mail" type="email" label={t('about.mail')} form={shown.form} />
      </Card>
      <Card title={t('about.legal')}>
        <Hinted form={shown.form} fields={hinted.slice(0, 4)} />
      </Card>
      <Card title={t('about.access')}>
        <Hinted form={shown.form} fields={hinted.slice(4)} />
      </Card>
      <Button>{t('about.save')}</Button>
    </Form>,
  )
