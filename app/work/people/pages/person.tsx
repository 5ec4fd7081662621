import { entitlementsOf } from '#platform/access/index.ts'
import { emptyForm, inWords, parseForm, readStaffDay, withError, type FormState } from '#platform/forms/index.ts'
import { formats } from '#platform/i18n/index.ts'
import { berlinDay, NotAllowed } from '#platform/kernel/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, Checkbox, ErrorSummary, Form, Lead, Select, TextField } from '#ui/index.ts'
import { modelInForce } from '#work/model/index.ts'
import { setTerms } from '../commands/person.ts'
import { rolesHeld } from '../queries/roles.ts'
import { colleagues, personBy, proposals } from '../queries.ts'
import { terms } from '../schema.ts'
import { words } from '../words.ts'
import { Proofs } from './proofs.tsx'
import { Roles } from './roles.tsx'

const t = words('de')
const { dayShort } = formats('de')
export const idOf = (visit: Visit) => visit.params.person ?? ''

/** Somebody who works here; hidden once she has left. */
export async function found(tx: TenantTx, id: string) {
  const person = await personBy(tx, id)
  if (!person) throw new NotAllowed('person', { hidden: true })
  return person
}

export const termsOf = (person: Awaited<ReturnType<typeof found>>) => ({
  employed: person.employed ? 'yes' : '',
  undertaken: person.undertaken_on ? dayShort(person.undertaken_on) : '',
  superior: person.superior_id ?? '',
})

/** `/{town}/verwaltung/personen/{person}`: which roles somebody has, and on which terms she works here. */
export const get = async (visit: Visit): Promise<View> =>
  view(visit, emptyForm(termsOf(await visit.tx((tx) => found(tx, idOf(visit))))))

export async function post(visit: Visit): Promise<Response | View> {
  const parsed = parseForm(terms, await visit.form(), inWords(t, 'de'))
  if (!parsed.ok) return { ...(await view(visit, parsed.state)), status: 422, error: true }
  const { employed, undertaken, superior } = parsed.data
  const day = undertaken === '' ? null : readStaffDay(undertaken, berlinDay(visit.now))
  if (day === undefined) {
    const form = withError(emptyForm(await visit.form()), 'undertaken', t('error.day'))
    return { ...(await view(visit, form)), status: 422, error: true }
  }
  await visit.tx((tx) =>
    setTerms(tx, idOf(visit), { employed: employed === 'yes', undertakenOn: day, superior: superior || null }),
  )
  return redirect(addresses.people(visit.town))
}

interface TermsProps {
  readonly visit: Visit
  readonly person: string
  readonly others: Awaited<ReturnType<typeof colleagues>>
  readonly form: FormState
}

function Terms({ visit, person, others, form }: TermsProps) {
  return (
    <Form action={addresses.people(visit.town, person, 'angaben')} token={visit.token}>
      <Checkbox name="employed" label={t('person.employed')} form={form} />
      <TextField
        name="undertaken"
        label={t('person.undertaken')}
        hint={t('person.undertaken.hint')}
        form={form}
        short
        optional
      />
      <Select
        name="superior"
        label={t('person.superior')}
        hint={t('person.superior.hint')}
        form={form}
        optional
        options={[{ value: '', label: '–' }, ...others.map(({ id, name }) => ({ value: id, label: name }))]}
      />
      <Button>{t('person.button')}</Button>
    </Form>
  )
}

/** The page of a person, with a form on it that has to be mended. */
export async function view(visit: Visit, form: FormState): Promise<View> {
  const { person, others, roles, shown } = await visit.tx(async (tx) => ({
    person: await found(tx, idOf(visit)),
    others: await colleagues(tx, idOf(visit)),
    shown: await entitlementsOf(tx, idOf(visit)),
    roles: {
      model: await modelInForce(tx),
      held: await rolesHeld(tx, idOf(visit)),
      waiting: (await proposals(tx)).filter(({ person_id }) => person_id === idOf(visit)),
    },
  }))
  const own = person.id === visit.person!.id
  return {
    layout: 'staff',
    at: addresses.people(visit.town),
    back: addresses.people(visit.town),
    title: person.name,
    body: (
      <>
        <ErrorSummary form={form} />
        <Lead>{own ? t('person.own') : t('person.lead')}</Lead>
        <Roles visit={visit} person={person.id} {...roles} form={form} />
        <Proofs visit={visit} person={person.id} model={roles.model} shown={shown} form={form} />
        {!own && (
          <>
            <Terms visit={visit} person={person.id} others={others} form={form} />
            <p>
              <a href={addresses.people(visit.town, person.id, 'abschied')}>{t('leave.link', { name: person.name })}</a>
            </p>
          </>
        )}
      </>
    ),
  }
}
