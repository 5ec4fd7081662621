import { emptyForm, type FormState } from '#platform/forms/index.ts'
import { nobody, redirect, type Held, type View, type Visit } from '#platform/web/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, Card, ErrorSummary, Form, Lead, Notice, Select } from '#ui/index.ts'
import { modelInForce, word } from '#work/model/index.ts'
import { leave, rolesOnlyHers } from '../commands/leave.ts'
import type { HeldBy } from '../held.ts'
import { words } from '../words.ts'
import { Duties, fieldOf, handAll, NotHanded } from './handing.tsx'
import { found, idOf } from './person.tsx'

const t = words('de')
const here = (visit: Visit) => addresses.people(visit.town, idOf(visit), 'abschied')

/** The pages of leaving ask every field of work what somebody still holds. */
export function leaving(heldBy: HeldBy) {
  /** `/{town}/verwaltung/personen/{person}/abschied`: what goes to whom; `?an=` fills in one successor for all. */
  const page = (visit: Visit): Promise<View> => leaveView(visit, undefined, heldBy)

  /** Hands everything over and ends the access, all or nothing. */
  async function done(visit: Visit): Promise<Response | View> {
    const raw = await visit.form()
    try {
      await visit.tx(async (tx) => {
        const person = await found(tx, idOf(visit))
        await handAll(tx, await heldBy(tx, person.id), raw)
        await leave(tx, person.id)
      })
    } catch (error) {
      if (!(error instanceof NotHanded)) throw error
      return { ...(await leaveView(visit, error.form, heldBy)), ...mend }
    }
    return redirect(addresses.people(visit.town))
  }
  return { page, done }
}

const mend = { status: 422, error: true } as const

async function load(tx: TenantTx, id: string, heldBy: HeldBy) {
  const person = await found(tx, id)
  return {
    person,
    held: await heldBy(tx, person.id),
    only: await rolesOnlyHers(tx, person.id),
    model: await modelInForce(tx),
  }
}

/** Everybody who could take something over, whoever could take the most first. */
function successors(held: readonly Held[]) {
  const all = new Map<string, { id: string; name: string; able: number }>()
  for (const { to } of held)
    for (const { id, name } of to.filter((one) => one.id !== nobody))
      all.set(id, { id, name, able: (all.get(id)?.able ?? 0) + 1 })
  return [...all.values()].toSorted((a, b) => b.able - a.able || a.name.localeCompare(b.name, 'de'))
}

/** What stands in the fields before anybody chose: the successor where she can, else the only way there is. */
const proposal = (held: readonly Held[], successor: string | null): FormState =>
  emptyForm(
    Object.fromEntries(
      held.map((one) => {
        const only = one.to.length === 1 ? one.to[0]?.id : undefined
        return [fieldOf(one), (one.to.find(({ id }) => id === successor)?.id ?? only) || '']
      }),
    ),
  )

async function leaveView(visit: Visit, sent: FormState | undefined, heldBy: HeldBy): Promise<View> {
  const { person, held, only, model } = await visit.tx((tx) => load(tx, idOf(visit), heldBy))
  const successor = visit.url.searchParams.get('an')
  const form = sent ?? proposal(held, successor)
  const own = person.id === visit.person!.id
  const name = successors(held).find(({ id }) => id === successor)?.name
  const rest = held.filter(({ to }) => to.length > 1 && !to.some(({ id }) => id === successor)).length
  return {
    layout: 'staff',
    at: addresses.people(visit.town),
    back: addresses.people(visit.town, person.id),
    title: t('leave.title', { name: person.name }),
    body: (
      <>
        <ErrorSummary form={form} />
        <Lead>{t('leave.lead', { count: held.length })}</Lead>
        {own && <Notice kind="info">{t('leave.own')}</Notice>}
        {only.map((role) => (
          <Notice kind="waiting">{t('leave.only', { role: word(model, role).one })}</Notice>
        ))}
        {!own && only.length === 0 && held.length > 1 && (
          <Successor visit={visit} held={held} chosen={successor ?? ''} />
        )}
        {name && !sent && rest > 0 && <Notice kind="waiting">{t('leave.rest', { name, count: rest })}</Notice>}
        {!own && only.length === 0 && <HandOver visit={visit} held={held} form={form} />}
      </>
    ),
  }
}

/** One person for everything she is able to take over; only fills in the fields below. */
function Successor({ visit, held, chosen }: { visit: Visit; held: readonly Held[]; chosen: string }) {
  const options = successors(held).map(({ id, name, able }) => ({
    value: id,
    label: t('leave.successor.able', { name, able, count: held.length }),
  }))
  if (options.length === 0) return null
  return (
    <Card title={t('leave.successor.title')}>
      <form method="get" action={here(visit)}>
        <Select
          name="an"
          label={t('leave.successor')}
          hint={t('leave.successor.hint')}
          form={emptyForm({ an: chosen })}
          options={[{ value: '', label: '–' }, ...options]}
        />
        <Button look="secondary">{t('leave.successor.button')}</Button>
      </form>
    </Card>
  )
}

function HandOver({ visit, held, form }: { visit: Visit; held: readonly Held[]; form: FormState }) {
  return (
    <Form action={here(visit)} token={visit.token}>
      <Duties held={held} form={form} />
      <Card title={t('leave.after')}>
        <ul>
          {(['access', 'notes', 'asked', 'trace'] as const).map((key) => (
            <li>{t(`leave.after.${key}`)}</li>
          ))}
        </ul>
      </Card>
      <Button>{t(held.length > 0 ? 'leave.button' : 'leave.button.empty')}</Button>
    </Form>
  )
}
