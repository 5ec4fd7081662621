import { emptyForm, inWords, parseForm, readStaffDay, typed, withError, type FormState } from '#platform/forms/index.ts'
import { formats } from '#platform/i18n/index.ts'
import { berlinDay } from '#platform/kernel/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, Card, Form, Notice, Radios, TextField } from '#ui/index.ts'
import { proveChannel } from '#work/intake/index.ts'
import { channelProved, closeForm, confirmProxy, goPublic, saveDates } from '../../commands/settings.ts'
import { whatIsMissing } from '../rules.ts'
import { dates, proxy } from '../schema.ts'
import { nameOfPerson, standingOf, type Settings } from '../../queries/settings.ts'
import { frame, saved, t, wasSaved } from './frame.tsx'
import { NeedsList } from './needs.tsx'

const here = (visit: Visit) => addresses.settings(visit.town, 'oeffentlich')
const { day, dayShort } = formats('de')

const load = (visit: Visit) =>
  visit.tx(async (tx) => {
    const standing = await standingOf(tx)
    const confirmedBy = standing.proxy_by ? await nameOfPerson(tx, standing.proxy_by) : ''
    return { standing, confirmedBy, missing: whatIsMissing(standing) }
  })

const stored = (visit: Visit, { assessment_on, council_on }: Settings): FormState =>
  emptyForm({
    assessment: assessment_on ? dayShort(assessment_on) : '',
    council: council_on ? dayShort(council_on) : '',
    logs: visit.town.proxy_logs ?? 'unknown',
    days: String(visit.town.proxy_days ?? ''),
  })

/** `/{town}/verwaltung/oeffentlich` */
export const get = (visit: Visit): Promise<View> => view(visit)

export async function post(visit: Visit): Promise<Response | View> {
  const deed = String((await visit.form()).do ?? '')
  const run = deeds[deed as keyof typeof deeds]
  const faulty = run && (await run(visit))
  return faulty ? view(visit, faulty) : redirect(deed === 'probe' ? `${here(visit)}?probe` : saved(here(visit)))
}

/** Each does what its button says; what is wrong comes back with the form. */
const deeds = {
  open: async (visit: Visit) => {
    const missing = await visit.tx(goPublic)
    return missing.length > 0 ? withError(emptyForm(), 'liste', t('public.refused')) : undefined
  },
  close: (visit: Visit) => visit.tx(closeForm).then(() => undefined),
  dates: setDates,
  proxy: async (visit: Visit) => {
    const parsed = parseForm(proxy, await visit.form(), inWords(t, 'de'))
    if (!parsed.ok) return parsed.state
    await visit.tx((tx) => confirmProxy(tx, parsed.data))
    return undefined
  },
  probe: async (visit: Visit) => {
    const program = { kind: 'program', name: 'probe' } as const
    const went = visit.self && (await visit.txAs(program, proveChannel(visit.self)))
    if (!went) return withError(emptyForm(), 'probe', t('probe.bad'))
    await visit.tx(channelProved)
    return undefined
  },
} as const

async function setDates(visit: Visit): Promise<FormState | undefined> {
  const parsed = parseForm(dates, await visit.form(), inWords(t, 'de'))
  if (!parsed.ok) return parsed.state
  const today = berlinDay(visit.now)
  let form = emptyForm(await visit.form())
  const read = (field: 'assessment' | 'council') => {
    if (typed(form, field) === '') return null
    const on = readStaffDay(typed(form, field), today)
    if (!on) form = withError(form, field, t('error.day'))
    else if (on > today) form = withError(form, field, t('error.day.future'))
    return on ?? null
  }
  const days = { assessment: read('assessment'), council: read('council') }
  if (form.errors.length > 0) return form
  await visit.tx((tx) => saveDates(tx, days))
  return undefined
}

async function view(visit: Visit, faulty?: FormState): Promise<View> {
  const { standing, confirmedBy, missing } = await load(visit)
  const { opened_at: since } = visit.town
  const before = stored(visit, standing)
  const form = faulty ? { values: { ...before.values, ...faulty.values }, errors: faulty.errors } : before
  const state = t(since ? 'public.state.open' : 'public.state', { count: missing.length })
  const lead = since ? `${t('public.open', { day: day(since) })} ${state}` : state
  return frame(
    visit,
    { title: 'public.title', lead },
    { form, saved: wasSaved(visit) },
    <>
      <Switch visit={visit} ready={missing.length === 0} />
      <NeedsList visit={visit} missing={missing} />
      <Dates visit={visit} form={form} />
      <Channel visit={visit} form={form} on={standing.probe_on} />
      <Proxy visit={visit} form={form} confirmedBy={confirmedBy} />
    </>,
  )
}

function Switch({ visit, ready }: { visit: Visit; ready: boolean }) {
  const open = visit.town.opened_at !== null
  if (!open && !ready) return null
  return (
    <Form action={here(visit)} token={visit.token}>
      {open && <p>{t('public.close.hint')}</p>}
      <Button name="do" value={open ? 'close' : 'open'} look={open ? 'quiet' : 'primary'}>
        {t(open ? 'public.close' : 'public.button')}
      </Button>
    </Form>
  )
}

const Dates = ({ visit, form }: { visit: Visit; form: FormState }) => (
  <Card title={t('dates.title')}>
    <Form action={here(visit)} token={visit.token}>
      <TextField name="assessment" label={t('dates.assessment')} hint={t('dates.hint')} form={form} short />
      <TextField name="council" label={t('dates.council')} hint={t('dates.hint')} form={form} short />
      <Button name="do" value="dates" look="secondary">
        {t('dates.save')}
      </Button>
    </Form>
  </Card>
)

const Channel = ({ visit, form, on }: { visit: Visit; form: FormState; on: string | null }) => (
  <Card title={t('probe.title')} id="probe">
    <p>{t('probe.lead')}</p>
    {visit.url.searchParams.has('probe') && form.errors.length === 0 ? (
      <Notice kind="done">{t('probe.good')}</Notice>
    ) : (
      on && <p>{t('probe.on', { day: day(on) })}</p>
    )}
    <Form action={here(visit)} token={visit.token}>
      <Button name="do" value="probe" look="secondary">
        {t('probe.button')}
      </Button>
    </Form>
  </Card>
)

function Proxy({ visit, form, confirmedBy }: { visit: Visit; form: FormState; confirmedBy: string }) {
  const { proxy_on: on } = visit.town
  return (
    <Card title={t('proxy.title')}>
      <p>{t('proxy.lead')}</p>
      {on && <Notice kind="done">{t('proxy.by', { day: day(on), name: confirmedBy })}</Notice>}
      <Form action={here(visit)} token={visit.token}>
        <Radios
          name="logs"
          label={t('proxy.logs')}
          form={form}
          options={(['unknown', 'none', 'short', 'full'] as const).map((value) => ({
            value,
            label: t(`proxy.${value}`),
          }))}
        />
        <TextField name="days" label={t('proxy.days')} hint={t('proxy.days.hint')} form={form} short optional />
        <Button name="do" value="proxy" look="secondary">
          {t('proxy.save')}
        </Button>
      </Form>
    </Card>
  )
}
