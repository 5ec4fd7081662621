import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bar, grant } from '#platform/access/index.ts'
import { rolesToday } from '#platform/auth/index.ts'
import { addDays, berlinDay } from '#platform/kernel/index.ts'
import type { Who } from '#platform/tenancy/index.ts'
import { foundTowns, program, type Towns } from '#tests/support/town.ts'
import type { Visit } from '#platform/web/index.ts'
import { post } from '../pages/absence.tsx'
import { endAbsence, setAbsence } from './absence.ts'

const now = new Date('2026-11-23T13:37:42Z')
const today = berlinDay(now)

let towns: Towns
beforeAll(async () => {
  towns = await foundTowns(now)
})
afterAll(() => towns.end())

type Staff = Extract<Who, { kind: 'person' }>
const staff = async (role: string): Promise<Staff> => ({ ...((await towns.appoint(role)) as Staff), reach: ['own'] })
const away = (who: Staff, deputy: Staff, from = today, until: string | null = null) =>
  towns.at((tx) => setAbsence(tx, { person: who.id, deputy: deputy.id, from, until }), who)
const back = (who: Staff, id: string) => towns.at((tx) => endAbsence(tx, id), who)

const barred = (person: Staff) =>
  towns.at(
    async (tx) =>
      (await tx.db.selectFrom('access.barred').select('record_id').where('person_id', '=', person.id).execute()).map(
        (row) => row.record_id,
      ),
    program,
  )
const rolesOf = async (person: Staff) => (await towns.at((tx) => rolesToday(tx, person.id), program))?.roles
const absences = (person: Staff) =>
  towns.at((tx) => tx.db.selectFrom('auth.absence').selectAll().where('person_id', '=', person.id).execute(), program)

/** What the row-level policies count as granted to somebody, asked as that person. */
const seesGrantsOf = (who: Staff) =>
  towns.at(async (tx) => {
    const { rows } = await sql<{ id: string }>`select access.persons() as id`.execute(tx.db)
    return rows.map((row) => row.id).toSorted()
  }, who)

test('a deputy has roles and grants on the days of the absence only, and loses them when it is ended', async () => {
  const [anna, bert] = [await staff('handler'), await staff('guide')]
  expect(await rolesOf(bert)).toEqual(['guide'])
  const id = await away(anna, bert)
  expect(await rolesOf(bert)).toEqual(['guide', 'handler'])
  expect(await seesGrantsOf(bert)).toEqual([anna.id, bert.id].toSorted())
  await back(anna, id)
  expect(await rolesOf(bert)).toEqual(['guide'])
  expect(await seesGrantsOf(bert)).toEqual([bert.id])
  await away(anna, bert, addDays(today, 1), addDays(today, 3))
  expect(await seesGrantsOf(bert)).toEqual([bert.id])
})

test('what keeps somebody away keeps a deputy away who is named later, and the deputy of the deputy', async () => {
  const [anna, bert, carla] = [await staff('handler'), await staff('handler'), await staff('handler')]
  const report = crypto.randomUUID()
  await towns.at((tx) => bar(tx, report, [anna.id]), program)
  await away(bert, carla)
  await away(anna, bert)
  expect(await barred(bert)).toEqual([report])
  expect(await barred(carla)).toEqual([report])
  const later = crypto.randomUUID()
  await towns.at((tx) => bar(tx, later, [anna.id]), program)
  expect(await barred(carla)).toContain(later)
})

test('nobody deputises for somebody who is kept from what she herself was given; nothing is left behind', async () => {
  const [anna, bert] = [await staff('handler'), await staff('handler')]
  const matter = crypto.randomUUID()
  await towns.at((tx) => bar(tx, matter, [anna.id]), program)
  await towns.at((tx) => grant(tx, { record: matter, person: bert.id, role: 'handler' }), anna)
  await expect(away(anna, bert)).rejects.toMatchObject({ fault: 'unfit' })
  expect(await absences(anna)).toEqual([])
  expect(await barred(bert)).toEqual([])
})

test('rights that two people give are not lent to somebody who has none of them', async () => {
  const [anna, second, guide] = [await staff('coordination'), await staff('coordination'), await staff('guide')]
  await expect(away(anna, guide)).rejects.toMatchObject({ fault: 'two' })
  expect(await rolesOf(guide)).toEqual(['guide'])
  await away(anna, second)
  expect(await absences(anna)).toHaveLength(1)
})

test('the substitute lends to nobody from whom reports are held', async () => {
  const [substitute, other, coordination] = [
    await staff('substitute'),
    await staff('substitute'),
    await staff('coordination'),
  ]
  await expect(away(substitute, coordination)).rejects.toMatchObject({ fault: 'apart' })
  await expect(away(coordination, substitute)).rejects.toMatchObject({ fault: 'apart' })
  await away(substitute, other)
  expect(await rolesOf(other)).toEqual(['substitute'])
})

test('only oneself sets and ends an absence, with days that make sense', async () => {
  const [anna, bert] = [await staff('handler'), await staff('handler')]
  const set = (who: Who) =>
    towns.at((tx) => setAbsence(tx, { person: anna.id, deputy: bert.id, from: today, until: null }), who)
  await expect(set(bert)).rejects.toThrow('not allowed')
  await expect(away(anna, anna)).rejects.toMatchObject({ fault: 'self' })
  await expect(away(anna, bert, today, addDays(today, -1))).rejects.toMatchObject({ fault: 'days' })
  await expect(away(anna, bert, addDays(today, -1))).rejects.toMatchObject({ fault: 'past' })
  const id = await away(anna, bert)
  await expect(back(bert, id)).rejects.toThrow('not allowed')
  const written = await towns.at(
    (tx) => tx.db.selectFrom('platform.audit_entry').select('verb').where('thing', '=', `person:${anna.id}`).execute(),
    program,
  )
  expect(written.map((row) => row.verb)).toEqual(['absent'])
})

test('the page reads days as staff type them and names the field of a fault', async () => {
  const [anna, bert] = [await staff('handler'), await staff('handler')]
  const send = (form: Record<string, string>) =>
    post({
      form: async () => form,
      now,
      person: { id: anna.id },
      town: { slug: 'lindenau' },
      tx: (work: Parameters<Towns['at']>[0]) => towns.at(work, anna),
    } as unknown as Visit)
  expect(await send({ from: 'heute', until: '', deputy: anna.id })).toMatchObject({ status: 422, error: true })
  expect(await send({ from: 'bald', until: '', deputy: bert.id })).toMatchObject({ status: 422, error: true })
  expect(await absences(anna)).toEqual([])
  const done = await send({ from: 'heute', until: addDays(today, 2), deputy: bert.id })
  expect((done as Response).headers.get('location')).toBe('/lindenau/heute/abwesenheit')
  expect(await absences(anna)).toMatchObject([{ deputy_id: bert.id, from_on: today, until_on: addDays(today, 2) }])
})
