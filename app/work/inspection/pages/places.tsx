import { emptyForm, typed, withError, type FormState } from '#platform/forms/index.ts'
import { NotAllowed } from '#platform/kernel/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, Card, Checkboxes, EmptyState, ErrorSummary, Form, Lead, TextField } from '#ui/index.ts'
import { noteSearch } from '../commands/search.ts'
import { addToRequest } from '../commands/note.ts'
import { placesOf, type Place } from '../queries/places.ts'
import type { OpenedRequest } from '../queries/requests.ts'
import { words } from '../words.ts'
import { mend, pageOf, requestOf } from './parts.tsx'

const t = words('de')

const load = (visit: Visit) =>
  visit.tx(async (tx) => {
    if (!visit.may('intake.contacts')) throw new NotAllowed('contacts', { hidden: false })
    const found = await requestOf(tx, visit)
    if (found.state !== 'open') throw new NotAllowed('request', { hidden: false })
    return found
  })

/** `/{town}/einsicht/{request}/fundstellen`: where a person stands by exactly this name, number or address. */
export async function get(visit: Visit): Promise<View> {
  const found = await load(visit)
  return view(visit, found, emptyForm({ name: found.basis === 'gdpr' ? found.asker : '' }), undefined)
}

const valueOf = ({ report, caseId }: Place) => (caseId ? `fall:${caseId}` : `meldung:${report}`)
const idsIn = (all: readonly string[], kind: string) =>
  all.flatMap((one) => (one.startsWith(`${kind}:`) ? [one.slice(kind.length + 1)] : []))

/** The name is sent, never put into an address. What is added was found by the same search, made once more. */
export async function post(visit: Visit): Promise<Response | View> {
  const found = await load(visit)
  const raw = await visit.form()
  const form = emptyForm(raw)
  const name = typed(form, 'name')
  if (name.trim().length < 3)
    return { ...view(visit, found, withError(form, 'name', t('error.name')), undefined), ...mend }
  const places = await visit.tx(async (tx) => {
    const all = await placesOf(tx, name)
    if (found.basis === 'gdpr') await noteSearch(tx, found.id)
    return all
  })
  if (raw.do !== 'add') return view(visit, found, form, places)
  const asked = [raw.place ?? []].flat()
  const chosen = places.map(valueOf).filter((value) => asked.includes(value))
  if (chosen.length === 0) return { ...view(visit, found, withError(form, 'place', t('error.place')), places), ...mend }
  await visit.tx((tx) =>
    addToRequest(tx, found.id, { cases: idsIn(chosen, 'fall'), reports: idsIn(chosen, 'meldung') }),
  )
  return redirect(addresses.inspections(visit.town, found.id))
}

function view(visit: Visit, found: OpenedRequest, form: FormState, places: readonly Place[] | undefined): View {
  const here = addresses.inspections(visit.town, found.id, 'fundstellen')
  const options = [...new Map((places ?? []).map((place) => [valueOf(place), place])).entries()]
  return pageOf(visit, {
    back: addresses.inspections(visit.town, found.id),
    title: t('places.title'),
    body: (
      <>
        <ErrorSummary form={form} />
        <Lead>{t('places.lead')}</Lead>
        <Form action={here} token={visit.token}>
          <TextField name="name" label={t('places.name')} hint={t('places.name.hint')} form={form} />
          <Button name="do" value="search" look={places ? 'secondary' : undefined}>
            {t('places.search')}
          </Button>
          {places && (
            <Card title={t('places.found', { count: options.length })}>
              {options.length === 0 ? (
                <EmptyState>{t('places.none')}</EmptyState>
              ) : (
                <>
                  <Checkboxes
                    name="place"
                    label={t('places.which')}
                    form={form}
                    options={options.map(([value, place], i) => ({
                      value,
                      label: t(place.caseId ? 'places.case' : 'places.report', { place: i + 1 }),
                      hint: t(`places.${place.kind}`),
                    }))}
                  />
                  <Button name="do" value="add">
                    {t('places.add')}
                  </Button>
                </>
              )}
            </Card>
          )}
        </Form>
      </>
    ),
  })
}
