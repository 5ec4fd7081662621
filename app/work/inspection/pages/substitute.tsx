import { emptyForm, typed, withError, type FormState } from '#platform/forms/index.ts'
import { NotAllowed } from '#platform/kernel/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, Card, EmptyState, ErrorSummary, Form, Lead, TextField } from '#ui/index.ts'
import { noteSearch } from '../commands/search.ts'
import { placesOf, type Place } from '../queries/places.ts'
import type { OpenedRequest } from '../queries/requests.ts'
import { words } from '../words.ts'
import { dayOf, mend, pageOf, requestOf } from './parts.tsx'

const t = words('de')

const load = (visit: Visit) =>
  visit.tx(async (tx) => {
    const found = await requestOf(tx, visit)
    if (found.state !== 'open' || found.basis !== 'gdpr') throw new NotAllowed('request', { hidden: false })
    return found
  })

/** `/{town}/einsicht/{request}/vertretung`: the substitute looks for a person in what only she reads. */
export async function get(visit: Visit): Promise<View> {
  const found = await load(visit)
  return view(visit, found, emptyForm({ name: found.asker }), undefined)
}

/** The name is sent, never put into an address. That she looked is kept, not what she found. */
export async function post(visit: Visit): Promise<Response | View> {
  const found = await load(visit)
  const form = emptyForm(await visit.form())
  if (typed(form, 'do') === 'done') {
    await visit.tx((tx) => noteSearch(tx, found.id))
    return redirect(addresses.today(visit.town))
  }
  const name = typed(form, 'name')
  if (name.trim().length < 3)
    return { ...view(visit, found, withError(form, 'name', t('error.name')), undefined), ...mend }
  return view(visit, found, form, await visit.tx((tx) => placesOf(tx, name)))
}

function view(visit: Visit, found: OpenedRequest, form: FormState, places: readonly Place[] | undefined): View {
  const reports = [...new Set((places ?? []).map(({ report }) => report))]
  return pageOf(visit, {
    back: addresses.today(visit.town),
    title: t('substitute.title', { number: found.number }),
    body: (
      <>
        <ErrorSummary form={form} />
        <Lead>{t('substitute.lead', { day: dayOf(found.dueOn) })}</Lead>
        <p>{t('substitute.what')}</p>
        <Form action={addresses.inspections(visit.town, found.id, 'vertretung')} token={visit.token}>
          <TextField name="name" label={t('places.name')} hint={t('places.name.hint')} form={form} />
          <Button name="do" value="search" look={places ? 'secondary' : undefined}>
            {t('places.search')}
          </Button>
          {places && (
            <Card title={t('places.found', { count: reports.length })}>
              {reports.length === 0 ? (
                <EmptyState>{t('places.none')}</EmptyState>
              ) : (
                <>
                  <p>{t('substitute.answer')}</p>
                  <ul>
                    {reports.map((id, i) => (
                      <li>
                        <a href={addresses.reportPage(visit.town, id)}>{t('places.report', { place: i + 1 })}</a>
                      </li>
                    ))}
                  </ul>
                </>
              )}
              <Button name="do" value="done">
                {t('substitute.done')}
              </Button>
            </Card>
          )}
        </Form>
      </>
    ),
  })
}
