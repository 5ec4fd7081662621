import { holdersOf } from '#platform/access/index.ts'
import { emptyForm, withError, type FormState } from '#platform/forms/index.ts'
import { NotAllowed } from '#platform/kernel/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, Card, EmptyState, ErrorSummary, Form, Lead, Select } from '#ui/index.ts'
import { modelInForce } from '#work/model/index.ts'
import { mend } from '../../pages/parts/load.ts'
import { namesOf } from '../../queries/people.ts'
import { agreeTo, endVisit, visits } from '../commands/visitor.ts'
import { words } from '../words.ts'
import { Terms } from './guests.tsx'

const t = words('de')

/** Who could be sent: everybody who works on cases here. */
async function colleagues(tx: TenantTx): Promise<Map<string, string>> {
  const model = await modelInForce(tx)
  const roles = [...model.verbs]
    .filter(([, verbs]) => verbs.has('cases.handle') || verbs.has('cases.read'))
    .map(([role]) => role)
  return namesOf(
    tx,
    (await holdersOf(tx, roles)).map(({ person }) => person),
  )
}

const load = async (visit: Visit) => {
  const [shown, towns] = await Promise.all([
    visit.tx(async (tx) => {
      const all = await visits(tx)
      return { all, names: visit.may('cases.assign') ? await colleagues(tx) : new Map<string, string>() }
    }),
    visit.towns(),
  ])
  return { ...shown, towns }
}
type Shown = Awaited<ReturnType<typeof load>>

/** `/{town}/gastfaelle`: cases of other municipalities somebody of ours is asked for, or works on. */
export const get = async (visit: Visit): Promise<View> => view(visit, await load(visit), emptyForm())

export async function post(visit: Visit): Promise<Response | View> {
  const raw = await visit.form()
  const shown = await load(visit)
  const asked = shown.all.find((one) => one.id === (raw.agree ?? raw.end))
  if (!asked) throw new NotAllowed('guest', { hidden: true })
  const { id } = asked
  if (raw.end) {
    await visit.tx((tx) => endVisit(tx, id))
    return redirect(addresses.visits(visit.town))
  }
  const person = String(raw[`person-${id}`] ?? '')
  if (!shown.names.has(person))
    return { ...view(visit, shown, withError(emptyForm(raw), `person-${id}`, t('missing.person'))), ...mend }
  await visit.tx((tx) => agreeTo(tx, id, person))
  return redirect(addresses.visits(visit.town))
}

function view(visit: Visit, { all, names, towns }: Shown, form: FormState): View {
  const people = [...names].map(([value, label]) => ({ value, label }))
  return {
    layout: 'staff',
    at: addresses.cases(visit.town),
    back: addresses.cases(visit.town),
    title: t('visits.title'),
    body: (
      <>
        <ErrorSummary form={form} />
        <Lead>{t('visits.lead')}</Lead>
        {all.length === 0 && <EmptyState>{t('visits.none')}</EmptyState>}
        {all.map((one) => (
          <Card title={t('visits.case', { town: towns.find(({ id }) => id === one.owner)?.name ?? '' })}>
            <Terms {...one} />
            {one.state === 'agreed' && <p>{t('visits.agreed')}</p>}
            {one.state === 'standing' && one.person_id === visit.person?.id && (
              <p>
                <a href={addresses.visits(visit.town, one.id)}>{t('visits.open')}</a>
              </p>
            )}
            {visit.may('cases.assign') && (
              <Form action={addresses.visits(visit.town)} token={visit.token}>
                {one.state === 'asked' && (
                  <>
                    <p>{t('visits.asked-for', { name: one.name })}</p>
                    <Select name={`person-${one.id}`} label={t('visits.person')} form={form} options={people} />
                    <Button name="agree" value={one.id}>
                      {t('visits.agree')}
                    </Button>
                  </>
                )}
                {one.state !== 'asked' && (
                  <p>{t('visits.goes', { name: names.get(one.person_id ?? '') ?? one.name })}</p>
                )}
                <Button name="end" value={one.id} look="secondary">
                  {t(one.state === 'asked' ? 'visits.refuse' : 'guest.end')}
                </Button>
              </Form>
            )}
          </Card>
        ))}
      </>
    ),
  }
}
