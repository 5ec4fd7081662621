import { doneTo } from '#platform/audit/index.ts'
import { emptyForm, typed, withError, type FormState } from '#platform/forms/index.ts'
import { NotAllowed } from '#platform/kernel/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, Card, Checkboxes, EmptyState, ErrorSummary, Form, Lead, TextField } from '#ui/index.ts'
import { beginPart } from '../commands/part.ts'
import { noteSearch } from '../commands/search.ts'
import { placesOf } from '../queries/places.ts'
import { partOf } from '../queries/requests.ts'
import { words } from '../words.ts'
import { dayOf, mend, pageOf, requestOf } from './parts.tsx'

const t = words('de')

const load = (visit: Visit) =>
  visit.tx(async (tx) => {
    const found = await requestOf(tx, visit)
    if (found.state !== 'open' || found.basis !== 'gdpr' || found.quiet)
      throw new NotAllowed('request', { hidden: false })
    return { found, part: await partOf(tx, found.id) }
  })
type Loaded = Awaited<ReturnType<typeof load>>

/** `/{town}/einsicht/{request}/vertretung`: the substitute looks for a person in what only she reads. */
export async function get(visit: Visit): Promise<View> {
  const loaded = await load(visit)
  return view(visit, loaded, emptyForm({ name: loaded.found.asker }), undefined)
}

/** The name is sent, never put into an address. What she found goes into a request of her own, nothing else is kept of it. */
export async function post(visit: Visit): Promise<Response | View> {
  const loaded = await load(visit)
  const raw = await visit.form()
  const form = emptyForm(raw)
  if (raw.do === 'done') {
    await visit.tx((tx) => noteSearch(tx, loaded.found.id))
    return redirect(addresses.today(visit.town))
  }
  const name = typed(form, 'name')
  if (name.trim().length < 3)
    return { ...view(visit, loaded, withError(form, 'name', t('error.name')), undefined), ...mend }
  const hits = await visit.tx((tx) => hitsOf(tx, name))
  if (raw.do !== 'begin') return view(visit, loaded, emptyForm({ ...raw, place: hits.read }), hits)
  const wrong = (message: string) => ({ ...view(visit, loaded, withError(form, 'place', message), hits), ...mend })
  const chosen = hits.read.filter((id) => [raw.place ?? []].flat().includes(id))
  if (chosen.length === 0) return wrong(t('error.place'))
  if (loaded.part && loaded.part.state !== 'open') return wrong(t('error.part'))
  const id = await visit.tx((tx) => beginPart(tx, loaded.found.id, chosen))
  return redirect(addresses.inspections(visit.town, id))
}

/** What the substitute found, and what of it somebody has opened. */
interface Hits {
  readonly reports: readonly string[]
  readonly read: string[]
}

async function hitsOf(tx: TenantTx, name: string): Promise<Hits> {
  const reports = [...new Set((await placesOf(tx, name)).map(({ report }) => report))]
  // Making the proposal counts as opening, and would silence the reminder of a danger nobody has read.
  const opened = await doneTo(
    tx,
    'opened',
    reports.map((id) => `report:${id}`),
  )
  return { reports, read: reports.filter((id) => opened.has(`report:${id}`)) }
}

function view(visit: Visit, { found, part }: Loaded, form: FormState, hits: Hits | undefined): View {
  return pageOf(visit, {
    back: addresses.today(visit.town),
    title: t('substitute.title', { number: found.number }),
    body: (
      <>
        <ErrorSummary form={form} />
        <Lead>{t('substitute.lead', { day: dayOf(found.dueOn) })}</Lead>
        <p>{t('substitute.what')}</p>
        {part && (
          <p>
            <a href={addresses.inspections(visit.town, part.id)}>{t('substitute.part', { number: part.number })}</a>
          </p>
        )}
        <Form action={addresses.inspections(visit.town, found.id, 'vertretung')} token={visit.token}>
          <TextField name="name" label={t('places.name')} hint={t('places.name.hint')} form={form} />
          <Button name="do" value="search" look={hits ? 'secondary' : undefined}>
            {t('places.search')}
          </Button>
          {hits && (
            <Card title={t('places.found', { count: hits.reports.length })}>
              <Found visit={visit} hits={hits} form={form} />
              <Button name="do" value="done" look={hits.read.length > 0 ? 'secondary' : undefined}>
                {t(hits.read.length > 0 ? 'substitute.none' : 'substitute.done')}
              </Button>
            </Card>
          )}
        </Form>
      </>
    ),
  })
}

const Found = ({ visit, hits: { reports, read }, form }: { visit: Visit; hits: Hits; form: FormState }) => {
  if (reports.length === 0) return <EmptyState>{t('places.none')}</EmptyState>
  const place = (id: string) => t('places.report', { place: reports.indexOf(id) + 1 })
  return (
    <>
      <p>{t('substitute.answer')}</p>
      <ul>
        {reports.map((id) => (
          <li>
            <a href={addresses.reportPage(visit.town, id)}>{place(id)}</a>
          </li>
        ))}
      </ul>
      {read.length < reports.length && <p>{t('substitute.unread')}</p>}
      {read.length > 0 && (
        <>
          <Checkboxes
            name="place"
            label={t('substitute.which')}
            form={form}
            options={read.map((id) => ({ value: id, label: place(id) }))}
          />
          <Button name="do" value="begin">
            {t('substitute.begin')}
          </Button>{' '}
        </>
      )}
    </>
  )
}
