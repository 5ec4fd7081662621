import { record } from '#platform/audit/index.ts'
import { addDays, berlinDay } from '#platform/kernel/index.ts'
import { notify } from '#platform/mail/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { rolesHeld } from '#platform/auth/index.ts'
import { nobody, type Held } from '#platform/web/index.ts'
import { formats } from '#platform/i18n/index.ts'
import { modelInForce } from '#work/model/index.ts'
import { colleagues, staffOf } from '../queries.ts'
import { absenceFault } from '../rules.ts'
import { words } from '../words.ts'
import { placeDeputy } from './absence.ts'

const t = words('de')
const { dayShort } = formats('de')

/** Whom somebody stands in for, and whose superior she is: others do that when she leaves. */
export const heldPersons = async (tx: TenantTx, person: string): Promise<Held[]> => [
  ...(await deputyships(tx, person)),
  ...(await superiorOf(tx, person)),
]

const running = (tx: TenantTx, deputy: string) =>
  tx.db
    .selectFrom('auth.absence as a')
    .innerJoin('auth.person as p', (join) =>
      join.onRef('p.municipality_id', '=', 'a.municipality_id').onRef('p.id', '=', 'a.person_id'),
    )
    .select(['a.id', 'a.person_id', 'a.from_on', 'a.until_on', 'p.name'])
    .where('a.deputy_id', '=', deputy)
    .where((eb) => eb.or([eb('a.until_on', 'is', null), eb('a.until_on', '>=', berlinDay(tx.now))]))
    .orderBy('a.from_on')
    .execute()
type Running = Awaited<ReturnType<typeof running>>[number]

async function deputyships(tx: TenantTx, person: string): Promise<Held[]> {
  const held: Held[] = []
  const model = await modelInForce(tx)
  const today = berlinDay(tx.now)
  for (const row of await running(tx, person)) {
    const absent = await rolesHeld(tx, row.person_id)
    const { id, name, until_on: until } = row
    held.push({
      record: id,
      among: t('held.deputies'),
      what: until ? t('held.deputy.until', { name, day: dayShort(until) }) : t('held.deputy', { name }),
      to: [...(await couldStandIn(tx, row, person)), { id: nobody, name: t('held.deputy.nobody') }],
      keeps: ({ roles }) => {
        const absence = { person: row.person_id, deputy: person, from: today, until: row.until_on, today }
        return absenceFault(model, absence, { absent, deputy: roles }) === undefined
      },
      handOver: (inTx, to) => (to === nobody ? endDeputy(inTx, row) : passDeputy(inTx, row, to)),
    })
  }
  return held
}

async function couldStandIn(tx: TenantTx, row: Running, leaver: string) {
  const model = await modelInForce(tx)
  const today = berlinDay(tx.now)
  const absent = await rolesHeld(tx, row.person_id)
  const found = []
  for (const one of (await colleagues(tx, leaver)).filter(({ id }) => id !== row.person_id)) {
    const absence = { person: row.person_id, deputy: one.id, from: today, until: row.until_on, today }
    if (!absenceFault(model, absence, { absent, deputy: await rolesHeld(tx, one.id) })) found.push(one)
  }
  return found
}

/** As of yesterday; one that lay ahead is taken back. */
async function endRunning(tx: TenantTx, { id, from_on }: Running): Promise<void> {
  const today = berlinDay(tx.now)
  if (from_on < today)
    await tx.db
      .updateTable('auth.absence')
      .set({ until_on: addDays(today, -1) })
      .where('id', '=', id)
      .execute()
  else await tx.db.deleteFrom('auth.absence').where('id', '=', id).execute()
}

/** Nobody stands in from now on; the absent person is told. */
async function endDeputy(tx: TenantTx, row: Running): Promise<void> {
  await endRunning(tx, row)
  await notify(tx, [row.person_id], tx.now)
}

/** The other stands in from now on; the absent person is told. Throws AbsenceRefused where she may not. */
async function passDeputy(tx: TenantTx, row: Running, to: string): Promise<void> {
  const { person_id: person, from_on, until_on: until } = row
  const today = berlinDay(tx.now)
  const from = from_on > today ? from_on : today
  await endRunning(tx, row)
  await placeDeputy(tx, { person, deputy: to, from, until })
  await notify(tx, [person, to], tx.now)
}

async function superiorOf(tx: TenantTx, person: string): Promise<Held[]> {
  const others = await colleagues(tx, person)
  return (await staffOf(tx, person)).map(({ id, name }) => ({
    record: id,
    among: t('held.staff'),
    what: t('held.superior', { name }),
    to: [...others.filter((one) => one.id !== id), { id: nobody, name: t('held.superior.nobody') }],
    handOver: async (inTx, to) => {
      const superior = to === nobody ? null : to
      await inTx.db.updateTable('auth.person').set({ superior_id: superior }).where('id', '=', id).execute()
      await record(inTx, 'terms-set', `person:${id}`)
    },
  }))
}
