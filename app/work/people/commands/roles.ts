import { entitled } from '#platform/access/index.ts'
import { record } from '#platform/audit/index.ts'
import { defineFact, tell } from '#platform/facts/index.ts'
import { addDays, berlinDay, newId, NotAllowed } from '#platform/kernel/index.ts'
import { notify, queueMail } from '#platform/mail/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import type { Held } from '#platform/web/index.ts'
import { modelInForce, verbsOf } from '#work/model/index.ts'
import type { HeldBy } from '../held.ts'
import { rolesByDeputy, rolesHeld } from '../queries/roles.ts'
import { apart, commandLine, rolesForTwo } from '../rules.ts'
import { appoint } from './appoint.ts'
import { helpersFor } from './recover.ts'
import { rolesOnlyHers } from './leave.ts'

/** A role of somebody's has ended. Delivered as the program, which also sees what whoever ended it may not know of. */
export const roleEnded = defineFact<{ role: string }>('people.role.ended')

/** One role more or less for somebody. */
export interface RoleChange {
  readonly person: string
  readonly role: string
  readonly ends: boolean
}

/** `proof`: she has not shown what the role needs; `only`: nobody else holds what the municipality needs; `held`: something would be left without anybody. */
export type RoleFault = 'proof' | 'apart' | 'only' | 'held'

async function roleFault(
  tx: TenantTx,
  { person, role, ends }: RoleChange,
  heldBy: HeldBy,
): Promise<RoleFault | undefined> {
  const model = await modelInForce(tx)
  const own = (await rolesHeld(tx, person)).map((one) => one.role)
  const needs = ends ? [] : (model.roles.get(role)?.needs ?? [])
  const shown = (await entitled(tx, needs.length > 0 ? [person] : [])).get(person)
  if (needs.some((id) => !shown?.has(id))) return 'proof'
  if (!ends) return apart(model, [...own, role, ...(await rolesByDeputy(tx, person))]) ? 'apart' : undefined
  if ((await rolesOnlyHers(tx, person)).includes(role)) return 'only'
  return (await dutiesOfRole(tx, { person, role }, heldBy)).length > 0 ? 'held' : undefined
}

/** What somebody could not go on with if this role of hers ended, as far as the actor may see it. */
export async function dutiesOfRole(
  tx: TenantTx,
  { person, role }: Pick<RoleChange, 'person' | 'role'>,
  heldBy: HeldBy,
): Promise<Held[]> {
  const roles = (await rolesHeld(tx, person)).map((one) => one.role).filter((one) => one !== role)
  const left = { roles, verbs: verbsOf(await modelInForce(tx), roles) }
  return (await heldBy(tx, person)).filter(({ keeps }) => keeps && !keeps(left))
}

/** Nobody changes her own roles, and each person's are changed by one at a time. */
async function lockOther(tx: TenantTx, person: string): Promise<string> {
  const row = await tx.db
    .selectFrom('auth.person')
    .select('id')
    .where('id', '=', person)
    .where('left_on', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw new NotAllowed('person', { hidden: true })
  if (tx.who.kind !== 'person' || tx.who.id === person) throw new NotAllowed('own roles', { hidden: false })
  return tx.who.id
}

/** Works from the next request on: what lay ahead is taken back, what ran ended yesterday. */
async function dismiss(tx: TenantTx, person: string, role: string): Promise<void> {
  const today = berlinDay(tx.now)
  const hers = { person_id: person, role }
  await tx.db
    .deleteFrom('auth.appointment')
    .where((eb) => eb.and(hers))
    .where('from_on', '>=', today)
    .execute()
  await tx.db
    .updateTable('auth.appointment')
    .set({ until_on: addDays(today, -1) })
    .where((eb) => eb.and(hers))
    .where((eb) => eb.or([eb('until_on', 'is', null), eb('until_on', '>=', today)]))
    .execute()
  await record(tx, 'dismissed', `person:${person}:${role}`)
  await tell(tx, roleEnded, `person:${person}`, { role })
}

async function carryOut(
  tx: TenantTx,
  { person, role, ends }: RoleChange,
  by: { first: string; second: string | null },
): Promise<void> {
  if (ends) await dismiss(tx, person, role)
  else await appoint(tx, person, role, by)
  await queueMail(tx, { kind: 'people.roles', once: newId(), person })
}

async function propose(tx: TenantTx, { person, role, ends }: RoleChange, by: string): Promise<void> {
  await tx.db
    .insertInto('people.proposal')
    .values({ id: newId(), person_id: person, role, ends, proposed_by: by, proposed_on: berlinDay(tx.now) })
    .execute()
  await record(tx, ends ? 'end-proposed' : 'proposed', `person:${person}:${role}`)
  const others = (await helpersFor(tx, person)).filter((one) => one !== by)
  await notify(tx, others, tx.now)
}

/**
 * Gives somebody a role or ends one, at once; where rights over rights, reports or cases are concerned it is proposed
 * to a second person. What is the case already stays so. Returns what speaks against it. Throws NotAllowed for oneself.
 */
export async function changeRole(tx: TenantTx, change: RoleChange, heldBy: HeldBy): Promise<RoleFault | undefined> {
  const by = await lockOther(tx, change.person)
  const has = (await rolesHeld(tx, change.person)).some(({ role }) => role === change.role)
  const waiting = await tx.db
    .selectFrom('people.proposal')
    .select('id')
    .where('person_id', '=', change.person)
    .where('role', '=', change.role)
    .executeTakeFirst()
  const model = await modelInForce(tx)
  if (has !== change.ends || waiting || (!change.ends && !model.roles.has(change.role))) return undefined
  const fault = await roleFault(tx, change, heldBy)
  if (fault) return fault
  if (rolesForTwo(model, [change.role]).length > 0) await propose(tx, change, by)
  else await carryOut(tx, change, { first: by, second: null })
  return undefined
}

async function lockProposal(tx: TenantTx, id: string) {
  const row = await tx.db.selectFrom('people.proposal').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  if (!row) throw new NotAllowed('proposal', { hidden: true })
  return { row, me: await lockOther(tx, row.person_id) }
}

/** The second person releases a proposal; never the one who made it. Returns what speaks against it by now. */
export async function confirmProposal(tx: TenantTx, id: string, heldBy: HeldBy): Promise<RoleFault | undefined> {
  const { row, me } = await lockProposal(tx, id)
  if (row.proposed_by === me) throw new NotAllowed('proposal', { hidden: false })
  const change = { person: row.person_id, role: row.role, ends: row.ends }
  const fault = await roleFault(tx, change, heldBy)
  if (fault) return fault
  await tx.db.deleteFrom('people.proposal').where('id', '=', id).execute()
  await carryOut(tx, change, { first: row.proposed_by, second: me })
  return undefined
}

/** Takes a proposal back, or refuses it; nobody the one about herself. Whoever made it is told. */
export async function refuseProposal(tx: TenantTx, id: string): Promise<void> {
  const { row, me } = await lockProposal(tx, id)
  await tx.db.deleteFrom('people.proposal').where('id', '=', id).execute()
  await record(tx, 'proposal-refused', `person:${row.person_id}:${row.role}`)
  if (row.proposed_by !== me && row.proposed_by !== commandLine) await notify(tx, [row.proposed_by], tx.now)
}
