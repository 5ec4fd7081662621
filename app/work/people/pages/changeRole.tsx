import { emptyForm, withError, type FormState, type RawForm } from '#platform/forms/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { redirect, type Held, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, ErrorSummary, Form, Lead, Notice } from '#ui/index.ts'
import { modelInForce } from '#work/model/index.ts'
import { changeRole, dutiesOfRole, type RoleChange, type RoleFault } from '../commands/roles.ts'
import type { HeldBy } from '../held.ts'
import { rolesForTwo } from '../rules.ts'
import { nameOfRole, words } from '../words.ts'
import { Duties, fieldOf, handAll, NotHanded } from './handing.tsx'
import { found, idOf, termsOf, view } from './person.tsx'

const t = words('de')
const mend = { status: 422, error: true } as const

/** Gives a role, or ends the one a button names; what hangs on it is handed over in the same step, all or nothing. */
export const changingRoles = (heldBy: HeldBy) =>
  async function changeRoles(visit: Visit): Promise<Response | View> {
    const raw = await visit.form()
    const chosen = String(raw.end ?? raw.role ?? '')
    const change = { person: idOf(visit), role: chosen, ends: raw.end !== undefined }
    try {
      const fault = chosen === '' ? 'choose' : await visit.tx((tx) => changeAndHandOver(tx, change, raw, heldBy))
      if (!fault) return redirect(addresses.people(visit.town, idOf(visit)))
      if (fault === 'held') return handingView(visit, change, emptyForm(), heldBy)
      const terms = termsOf(await visit.tx((tx) => found(tx, idOf(visit))))
      const form = withError(emptyForm({ ...terms, role: chosen }), 'role', t(`error.role.${fault}`))
      return { ...(await view(visit, form)), ...mend }
    } catch (error) {
      if (!(error instanceof NotHanded)) throw error
      return { ...(await handingView(visit, change, error.form, heldBy)), ...mend }
    }
  }

/** Answers what speaks against it; `held` until the form says who takes over what. */
async function changeAndHandOver(
  tx: TenantTx,
  change: RoleChange,
  raw: RawForm,
  heldBy: HeldBy,
): Promise<RoleFault | undefined> {
  const fault = await changeRole(tx, change, heldBy)
  if (fault !== 'held' || raw.hand === undefined) return fault
  await handAll(tx, await dutiesOfRole(tx, change, heldBy), raw)
  const left = await changeRole(tx, change, heldBy)
  if (left) throw new Error(`handed over, and still ${left}`)
  return undefined
}

/** What hangs on a role, and who could take it over. */
async function handingView(visit: Visit, change: RoleChange, form: FormState, heldBy: HeldBy): Promise<View> {
  const { person, model, held } = await visit.tx(async (tx) => ({
    person: await found(tx, change.person),
    model: await modelInForce(tx),
    held: await dutiesOfRole(tx, change, heldBy),
  }))
  const role = nameOfRole(model, change.role)
  return {
    layout: 'staff',
    at: addresses.people(visit.town),
    back: addresses.people(visit.town, person.id),
    title: t('roles.handing.title', { role }),
    body: (
      <>
        <ErrorSummary form={form} />
        <Lead>{t('roles.handing.lead', { name: person.name, count: held.length })}</Lead>
        {rolesForTwo(model, [change.role]).length > 0 && <Notice kind="info">{t('roles.handing.two')}</Notice>}
        <Form action={addresses.people(visit.town, person.id, 'rollen')} token={visit.token}>
          <input type="hidden" name="end" value={change.role} />
          <Duties held={held} form={form.errors.length > 0 ? form : onlyWay(held)} />
          <Button name="hand" value="yes">
            {t('roles.handing.button')}
          </Button>
        </Form>
      </>
    ),
  }
}

/** What can go one way only is filled in. */
const onlyWay = (held: readonly Held[]): FormState =>
  emptyForm(Object.fromEntries(held.flatMap((one) => (one.to.length === 1 ? [[fieldOf(one), one.to[0]!.id]] : []))))
