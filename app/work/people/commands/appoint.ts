import { record } from '#platform/audit/index.ts'
import { invite } from '#platform/auth/index.ts'
import { defineFact, tell } from '#platform/facts/index.ts'
import { berlinDay, newId } from '#platform/kernel/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { modelInForce } from '#work/model/index.ts'
import { apart, commandLine, rolesForTwo } from '../rules.ts'
import type { NewPerson } from '../schema.ts'

/** Somebody was given a role. */
export const personAppointed = defineFact<{ role: string }>('people.person.appointed')

export async function appoint(
  tx: TenantTx,
  person: string,
  role: string,
  by: { first: string | null; second: string | null },
): Promise<void> {
  await tx.db
    .insertInto('auth.appointment')
    .values({
      id: newId(),
      person_id: person,
      role,
      from_on: berlinDay(tx.now),
      appointed_by: by.first,
      second_by: by.second,
    })
    .execute()
  await record(tx, 'appointed', `person:${person}:${role}`)
  await tell(tx, personAppointed, `person:${person}`, { role })
}

async function enterPerson(tx: TenantTx, { name, mail }: NewPerson): Promise<string> {
  const id = newId()
  await tx.db.insertInto('auth.person').values({ id, name, mail }).execute()
  await record(tx, 'entered', `person:${id}`)
  return id
}

/** Thrown for roles that nobody may hold together. */
export class RolesApart extends Error {}

/**
 * A person with her roles, and the token of her invitation. Roles that can change who may do what are proposed; a
 * second person releases them. Throws RolesApart, and the database's unique violation when the address is taken.
 */
export async function invitePerson(tx: TenantTx, wanted: NewPerson): Promise<{ token: string; proposed: string[] }> {
  if (tx.who.kind !== 'person') throw new Error('only a person invites')
  const model = await modelInForce(tx)
  const known = wanted.roles.filter((role) => model.roles.has(role))
  if (apart(model, known)) throw new RolesApart()
  const proposed = rolesForTwo(model, known)
  const id = await enterPerson(tx, wanted)
  for (const role of known.filter((one) => !proposed.includes(one)))
    await appoint(tx, id, role, { first: tx.who.id, second: null })
  for (const role of proposed) {
    await tx.db
      .insertInto('people.proposal')
      .values({ id: newId(), person_id: id, role, proposed_by: tx.who.id, proposed_on: berlinDay(tx.now) })
      .execute()
    await record(tx, 'proposed', `person:${id}:${role}`)
  }
  return { token: await invite(tx, id), proposed }
}

/**
 * A person added by whoever runs the machine. It takes effect once, while nobody has signed in yet: a municipality whose
 * first invitations ran out gets in again. Later every role waits for a person of the field of work.
 */
export async function addFromCommandLine(
  tx: TenantTx,
  wanted: NewPerson,
): Promise<{ token: string; proposed: boolean; unknown: string[] }> {
  const model = await modelInForce(tx)
  const unknown = wanted.roles.filter((role) => !model.roles.has(role))
  if (unknown.length > 0) return { token: '', proposed: false, unknown }
  const proposed = await isInUse(tx)
  const id = await enterPerson(tx, wanted)
  for (const role of wanted.roles) {
    if (!proposed) await appoint(tx, id, role, { first: null, second: null })
    else
      await tx.db
        .insertInto('people.proposal')
        .values({ id: newId(), person_id: id, role, proposed_by: commandLine, proposed_on: berlinDay(tx.now) })
        .execute()
  }
  await record(tx, proposed ? 'proposed-from-command-line' : 'added-from-command-line', `person:${id}`)
  return { token: await invite(tx, id), proposed, unknown }
}

async function isInUse(tx: TenantTx): Promise<boolean> {
  const person = await tx.db.selectFrom('auth.credential').select('person_id').limit(1).executeTakeFirst()
  // Whoever comes in by the administration's sign-in service has no password here.
  const linked = await tx.db.selectFrom('auth.identity').select('person_id').limit(1).executeTakeFirst()
  const before = await tx.db
    .selectFrom('platform.audit_entry')
    .select('id')
    .where('verb', '=', 'added-from-command-line')
    .limit(1)
    .executeTakeFirst()
  return person !== undefined || linked !== undefined || before !== undefined
}

/** The first two people of a new municipality, appointed by set-up itself. Returns their invitations. */
export async function appointFirst(
  tx: TenantTx,
  persons: readonly NewPerson[],
): Promise<{ name: string; token: string }[]> {
  const made: { name: string; token: string }[] = []
  for (const person of persons) {
    const id = await enterPerson(tx, person)
    for (const role of person.roles) await appoint(tx, id, role, { first: null, second: null })
    made.push({ name: person.name, token: await invite(tx, id) })
  }
  return made
}
