import { emptyForm, inWords, parseForm, readStaffDay, withError, type FormState } from '#platform/forms/index.ts'
import { formats, nameOfLanguage } from '#platform/i18n/index.ts'
import { berlinDay } from '#platform/kernel/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, Card, EmptyState, ErrorSummary, Form, Lead, Radios, Select, TextField } from '#ui/index.ts'
import { modelVersion } from '#work/model/index.ts'
import { assignAndGoOn, unassign } from '../commands/assign.ts'
import type { OpenedCase } from '../queries.ts'
import { lackingIn } from '../queries/entitled.ts'
import { grantsOf, handlersFor, type Capacity } from '../queries/people.ts'
import { assigning, parts } from '../schema.ts'
import { inOrder, type Missing } from '../rules.ts'
import { words } from '../words.ts'
import { caseOf, mend, partOf } from './parts/load.ts'
import { MissingElsewhere, missingState } from './parts/missing.tsx'

const t = words('de')

interface Shown {
  readonly found: OpenedCase
  /** The language asked for, a code. */
  readonly language: string | undefined
  readonly handlers: Awaited<ReturnType<typeof handlersFor>>
  readonly grants: Awaited<ReturnType<typeof grantsOf>>
}

const load = (visit: Visit): Promise<Shown> =>
  visit.tx(async (tx) => {
    const found = await caseOf(tx, visit)
    const handlers = await handlersFor(tx, found.id)
    const model = await modelVersion(tx, found.modelVersion)
    const ids = handlers.map(({ id }) => id)
    const lacking = (await lackingIn(tx, model, found.id, ids)).map(({ person }) => person)
    const language = visit.url.searchParams.get('sprache') ?? undefined
    return { found, language, handlers: inOrder(handlers, { language, lacking }), grants: await grantsOf(tx, found.id) }
  })

/** `/{town}/faelle/{case}/zuweisung`: who works on it, as what, until when. */
export const get = async (visit: Visit): Promise<View> => view(visit, await load(visit), emptyForm())

export async function post(visit: Visit): Promise<Response | View> {
  const shown = await load(visit)
  const { id } = shown.found
  const raw = await visit.form()
  const here = addresses.casePage(visit.town, id, 'zuweisung')
  if (typeof raw.withdraw === 'string') {
    const person = raw.withdraw
    await visit.tx((tx) => unassign(tx, id, person))
    return redirect(here)
  }
  const parsed = parseForm(assigning, raw, inWords(t, 'de'))
  if (!parsed.ok) return { ...view(visit, shown, parsed.state), ...mend }
  const until = parsed.data.until && readStaffDay(parsed.data.until, berlinDay(visit.now), 'ahead')
  if (parsed.data.until && !until)
    return { ...view(visit, shown, withError(emptyForm(raw), 'until', t('error.day'))), ...mend }
  const missing = await visit.tx((tx) =>
    assignAndGoOn(tx, visit.person?.roles ?? [], id, { ...parsed.data, until: until || undefined }),
  )
  if (missing.length === 0) return redirect(addresses.casePage(visit.town, id))
  return { ...view(visit, shown, missingState(raw, missing), missing), ...mend }
}

const view = (visit: Visit, shown: Shown, form: FormState, missing: readonly Missing[] = []): View =>
  partOf(visit, shown.found, {
    title: t('assign.title'),
    body: (
      <>
        <ErrorSummary form={form} />
        <MissingElsewhere visit={visit} id={shown.found.id} missing={missing} />
        <Lead>{t('assign.lead')}</Lead>
        {shown.grants.length > 0 && <Granted visit={visit} {...shown} />}
        <Languages visit={visit} {...shown} />
        {shown.handlers.length === 0 ? (
          <EmptyState>{t('assign.none')}</EmptyState>
        ) : (
          <Grant visit={visit} {...shown} form={form} />
        )}
      </>
    ),
  })

/** Asks for a language that some of them speak; asking changes nothing but the order. */
function Languages({ visit, found, handlers, language }: Shown & { visit: Visit }) {
  const codes = [...new Set(handlers.flatMap(({ languages }) => languages))]
  if (codes.length === 0) return null
  const options = codes
    .map((code) => ({ value: code, label: nameOfLanguage(code) }))
    .toSorted((a, b) => a.label.localeCompare(b.label, 'de'))
  return (
    <form action={addresses.casePage(visit.town, found.id, 'zuweisung')} method="get">
      <Select
        name="sprache"
        label={t('assign.language')}
        hint={t('assign.order')}
        form={emptyForm({ sprache: language ?? '' })}
        options={[{ value: '', label: t('assign.language.any') }, ...options]}
        optional
      />
      <Button look="secondary">{t('assign.language.ask')}</Button>
    </form>
  )
}

/** "hat Platz, etwa 4 Stunden in der Woche, bis 31. Januar 2027" */
function ready({ time, hours, until }: Capacity): string {
  return [
    t(`ready.${time}`),
    ...(hours === null ? [] : [t('ready.hours', { hours })]),
    ...(until === null ? [] : [t('ready.until', { day: formats('de').day(until) })]),
  ].join(' ')
}

/** What speaks for somebody, as she said or showed it herself. */
function about({ roles, employed, undertakenOn, capacity, languages, proofs }: Shown['handlers'][number]): string {
  const speaks = languages.map(nameOfLanguage)
  return [
    ...roles,
    ...proofs,
    ...(capacity ? [ready(capacity)] : []),
    ...(speaks.length > 0 ? [t('ready.speaks', { languages: formats('de').list(speaks) })] : []),
    ...(employed || undertakenOn ? [] : [t('assign.not-undertaken')]),
  ].join(', ')
}

const Grant = ({ visit, found, handlers, form }: Shown & { visit: Visit; form: FormState }) => (
  <Form action={addresses.casePage(visit.town, found.id, 'zuweisung')} token={visit.token}>
    <Radios
      name="person"
      label={t('assign.person')}
      form={form}
      options={handlers
        .filter(({ barred }) => !barred)
        .map((handler) => ({ value: handler.id, label: handler.name, hint: about(handler) }))}
    />
    <Radios
      name="as"
      label={t('assign.as')}
      form={form}
      options={parts.map((value) => ({
        value,
        label: t(`assign.as.${value}`),
        hint: value === 'extract' ? t('assign.as.extract.hint') : undefined,
      }))}
    />
    <TextField name="until" label={t('assign.until')} hint={t('assign.until.hint')} form={form} short optional />
    <Button>{t('assign.save')}</Button>
  </Form>
)

const Granted = ({ visit, found, grants }: Shown & { visit: Visit }) => (
  <Card title={t('assign.now')}>
    {grants.map(({ person, name, as, until }) => (
      <Form action={addresses.casePage(visit.town, found.id, 'zuweisung')} token={visit.token}>
        <p>
          {t(until ? 'assign.grant.until' : 'assign.grant', {
            name,
            as: t(`assign.as.${[...parts, 'holder' as const].find((one) => one === as) ?? 'lead'}`),
            ...(until && { day: formats('de').day(until) }),
          })}
        </p>
        {as !== 'holder' && (
          <Button name="withdraw" value={person} look="quiet">
            {t('assign.withdraw', { name })}
          </Button>
        )}
      </Form>
    ))}
  </Card>
)
