import { barDeputies } from '#platform/access/index.ts'
import { rolesHeld } from '#platform/auth/index.ts'
import { record } from '#platform/audit/index.ts'
import { defineFact, tell } from '#platform/facts/index.ts'
import { addDays, berlinDay, newId, NotAllowed } from '#platform/kernel/index.ts'
import { notify } from '#platform/mail/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { modelInForce } from '#work/model/index.ts'
import { staffOf } from '../queries.ts'
import { absenceFault, type AbsenceFault } from '../rules.ts'

const personAbsent = defineFact<{ deputy: string; from: string; until: string | null }>('people.person.absent')

export interface Absence {
  readonly person: string
  readonly deputy: string
  /** First and last day, `YYYY-MM-DD` in Berlin; without a last day until somebody ends it. */
  readonly from: string
  readonly until: string | null
}

/** Thrown so that everything written before is undone with the transaction. */
export class AbsenceRefused extends Error {
  readonly fault: AbsenceFault

  constructor(fault: AbsenceFault) {
    super(`absence refused: ${fault}`)
    this.fault = fault
  }
}

const stillHere = async (tx: TenantTx, person: string): Promise<boolean> => {
  const row = await tx.db
    .selectFrom('auth.person')
    .select('id')
    .where('id', '=', person)
    .where((eb) => eb.or([eb('left_on', 'is', null), eb('left_on', '>', berlinDay(tx.now))]))
    // Locked, so that two absences of the same two persons at once cannot miss each other's exclusions.
    .forUpdate()
    .executeTakeFirst()
  return row !== undefined
}

const isSuperior = async (tx: TenantTx, superior: string, person: string): Promise<boolean> =>
  (await staffOf(tx, superior)).some(({ id }) => id === person)

/**
 * Somebody is away and names who stands in. The deputy gets roles and grants for those days, and is kept from all that
 * the absent person is kept from. Throws AbsenceRefused with the fault, and NotAllowed when set for somebody
 * whose superior one is not.
 */
export async function setAbsence(tx: TenantTx, absence: Absence): Promise<string> {
  const { who } = tx
  if (who.kind !== 'person') throw new NotAllowed('absence', { hidden: false })
  const forOther = who.id !== absence.person
  if (forOther && !(await isSuperior(tx, who.id, absence.person))) throw new NotAllowed('absence', { hidden: false })
  // Whoever sets it for somebody ill gains nothing to read by it.
  if (forOther && absence.deputy === who.id) throw new AbsenceRefused('superior')
  for (const person of [absence.person, absence.deputy].toSorted())
    if (!(await stillHere(tx, person))) throw new NotAllowed('deputy', { hidden: true })
  const fault = absenceFault(
    await modelInForce(tx),
    { ...absence, today: berlinDay(tx.now) },
    { absent: await rolesHeld(tx, absence.person), deputy: await rolesHeld(tx, absence.deputy) },
  )
  if (fault) throw new AbsenceRefused(fault)
  const id = await placeDeputy(tx, absence)
  if (forOther) await notify(tx, [absence.person], tx.now)
  return id
}

/** Writes who stands in. Whether she may is asked before; what only the records tell throws AbsenceRefused. */
export async function placeDeputy(tx: TenantTx, { person, deputy, from, until }: Absence): Promise<string> {
  if (tx.who.kind !== 'person') throw new NotAllowed('absence', { hidden: false })
  const id = newId()
  await tx.db
    .insertInto('auth.absence')
    .values({ id, person_id: person, deputy_id: deputy, from_on: from, until_on: until, set_by: tx.who.id })
    .execute()
  if (!(await barDeputies(tx, person))) throw new AbsenceRefused('unfit')
  await record(tx, 'absent', `person:${person}`)
  await tell(tx, personAbsent, `person:${person}`, { deputy, from, until })
  return id
}

/** Ends one's own absence or one of one's staff: the deputy has nothing of it from the next request on. */
export async function endAbsence(tx: TenantTx, id: string): Promise<void> {
  const row = await tx.db.selectFrom('auth.absence').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  const { who } = tx
  const may =
    row && who.kind === 'person' && (who.id === row.person_id || (await isSuperior(tx, who.id, row.person_id)))
  if (!may) throw new NotAllowed('absence', { hidden: true })
  const yesterday = addDays(berlinDay(tx.now), -1)
  if (row.from_on > yesterday) await tx.db.deleteFrom('auth.absence').where('id', '=', id).execute()
  else await tx.db.updateTable('auth.absence').set({ until_on: yesterday }).where('id', '=', id).execute()
  await record(tx, 'back', `person:${row.person_id}`)
}
