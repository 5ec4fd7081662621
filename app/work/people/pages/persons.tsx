import { emptyForm, inWords, parseForm, type FormState } from '#platform/forms/index.ts'
import { formats } from '#platform/i18n/index.ts'
import { type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Badge, Button, Card, Checkboxes, DataTable, ErrorSummary, Form, Lead, TextField } from '#ui/index.ts'
import { modelInForce } from '#work/model/index.ts'
import { invitePerson, RolesApart } from '../commands/appoint.ts'
import { persons, proposals } from '../queries.ts'
import { rolesAt } from '../rules.ts'
import { newPerson } from '../schema.ts'
import { nameOfRole, words } from '../words.ts'
import { Proposals } from './releases.tsx'

const t = words('de')

const load = (visit: Visit) =>
  visit.tx(async (tx) => ({ model: await modelInForce(tx), all: await persons(tx), waiting: await proposals(tx) }))
type Loaded = Awaited<ReturnType<typeof load>>

/** `/{town}/verwaltung/personen` */
export const get = async (visit: Visit): Promise<View> => view(visit, await load(visit), emptyForm())

export async function post(visit: Visit): Promise<View> {
  const parsed = parseForm(newPerson, await visit.form(), inWords(t, 'de'))
  if (!parsed.ok) return { ...view(visit, await load(visit), parsed.state), status: 422, error: true }
  try {
    const { token, proposed } = await visit.tx((tx) => invitePerson(tx, parsed.data))
    return invitedView(visit, parsed.data.name, token, proposed.length > 0)
  } catch (error) {
    const taken = (error as { code?: string }).code === '23505'
    if (!taken && !(error instanceof RolesApart)) throw error
    const fault = taken
      ? { field: 'mail', message: t('error.mail.taken') }
      : { field: 'roles', message: t('error.role.apart') }
    const form = { values: await visit.form(), errors: [fault] }
    return { ...view(visit, await load(visit), form), status: 422, error: true }
  }
}

const invitedView = (visit: Visit, name: string, token: string, proposed: boolean): View => ({
  layout: 'staff',
  at: addresses.people(visit.town),
  back: addresses.people(visit.town),
  title: t('people.invited', { name }),
  body: (
    <>
      <Lead>{t('people.invited.text')}</Lead>
      <p class="ltr">{visit.origin + addresses.invitation(visit.town, token)}</p>
      {proposed && (
        <Card title={t('people.proposed', { name })}>
          <p>{t('people.proposed.text')}</p>
        </Card>
      )}
    </>
  ),
})

function view(visit: Visit, { model, all, waiting }: Loaded, form: FormState): View {
  const { dayShort } = formats('de')
  return {
    layout: 'staff',
    at: addresses.people(visit.town),
    title: t('people.title'),
    body: (
      <>
        <ErrorSummary form={form} />
        <Lead>{t('people.lead', { count: all.length })}</Lead>
        <DataTable
          caption={t('people.title')}
          columns={[t('people.column.name'), t('people.column.roles'), t('people.column.since')]}
          rows={all.map(({ id, name, roles, since, invited }) => [
            <>
              <a href={addresses.people(visit.town, id)}>{name}</a>{' '}
              {invited && <Badge kind="waiting">{t('people.open')}</Badge>}
            </>,
            roles.map((role) => nameOfRole(model, role)).join(', '),
            since ? dayShort(since) : '–',
          ])}
        />
        <Proposals visit={visit} model={model} waiting={waiting} />
        <Card title={t('people.add')}>
          <Form action={addresses.people(visit.town)} token={visit.token}>
            <TextField name="name" label={t('people.name')} form={form} />
            <TextField name="mail" type="email" label={t('people.mail')} form={form} />
            <Checkboxes
              name="roles"
              label={t('people.roles')}
              form={form}
              options={rolesAt(model, visit.town.kind).map((role) => ({ value: role, label: nameOfRole(model, role) }))}
            />
            <Button>{t('people.button')}</Button>
          </Form>
        </Card>
      </>
    ),
  }
}
