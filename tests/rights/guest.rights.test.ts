import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { routes } from '#app/routes.ts'
import { startSession } from '#platform/auth/index.ts'
import { NotAllowed } from '#platform/kernel/index.ts'
import type { TenantTx, Who } from '#platform/tenancy/index.ts'
import { draftAgreement, signAgreement } from '#work/cases/agree/commands/agreement.ts'
import { assess } from '#work/cases/commands/assess.ts'
import { addMeasure } from '#work/cases/commands/measure.ts'
import { writeNote } from '#work/cases/commands/note.ts'
import { linkCases } from '#work/cases/near/commands/link.ts'
import { visitedCase } from '#work/cases/near/commands/owner.ts'
import { guestParts, type GuestPart } from '#work/cases/near/schema.ts'
import { shown } from '#work/cases/near/shown.ts'
import { openedCase } from '#work/cases/queries.ts'
import { saveMap } from '#work/cases/think/commands/map.ts'
import { addParty } from '#work/cases/think/commands/party.ts'
import { openedForAssessment, type Person } from '../support/case.ts'
import { invited, sent } from '../support/guest.ts'
import { program } from '../support/town.ts'
import { World, type Member } from './world.ts'

/*
 * A guest of another municipality against every route of the owner's, and, without any page before them, against every
 * table: what row-level security says by itself.
 */
let world: World
let coordination: Person
let selim: Member
let colleague: Person
/** Somebody may be a guest of two cases: each visit is a person of its own. */
const visits: Partial<Record<GuestPart | 'none', { id: string; guest: Person; case: string }>> = {}

const city = <T>(who: Who, work: (tx: TenantTx) => Promise<T>) => world.towns.at(work, who)
const away = <T>(who: Who, work: (tx: TenantTx) => Promise<T>) =>
  world.towns.tenants.inTenant({ municipality: world.towns.county, who }, work)

/** A case with a row in each of its tables that a guest could be shown, and in some that she never is. */
const full = (matter: string) =>
  city(coordination, async (tx) => {
    const id = await openedForAssessment(tx, matter)
    const dueOn = '2026-12-24'
    const party = await addParty(tx, id, { label: 'Anwohnerschaft', stands: 'party', form: 'group' })
    await assess(tx, id, { matter, nextStep: 'Alle anhören' }, {}, 0)
    await saveMap(tx, id, { actors: [{ party, influence: 1 }], relations: [] }, 0)
    await addMeasure(tx, id, { what: 'Zaun', owner: 'Bauhof', dueOn })
    await draftAgreement(tx, id, [{ who: 'Beide', what: 'Ruhe ab 22 Uhr', dueOn }], 0)
    await signAgreement(tx, id, { signedOn: '2026-11-20' })
    await writeNote(tx, id, 'Nur für mich', 0)
    return id
  })

beforeAll(async () => {
  world = await World.make()
  const { towns } = world
  coordination = { ...((await towns.appoint('coordination')) as Person), reach: ['own', 'cases'] }
  const come = await away(program, async (tx) => {
    const ids = [crypto.randomUUID(), crypto.randomUUID()]
    for (const id of ids) await tx.db.insertInto('auth.person').values({ id, name: 'Gast', mail: null }).execute()
    return { selim: { id: ids[0]!, token: (await startSession(tx, ids[0]!)).token }, colleague: ids[1]! }
  })
  selim = come.selim
  colleague = { kind: 'person', id: come.colleague, reach: ['own', 'cases'] }
  for (const part of ['none', ...guestParts] as const) {
    const about = await full(`Nur ${part}`)
    const other = await full(`Verbunden mit ${part}`)
    const number = await city(coordination, async (tx) => (await openedCase(tx, other))!.number)
    await city(coordination, (tx) => linkCases(tx, about, { number, way: 'same' }))
    const parts = part === 'none' ? [] : [part]
    const asked = {
      case: about,
      owner: towns.city,
      town: towns.county,
      asker: coordination,
      parts,
      until: '2027-01-31',
    }
    const id = await invited(towns, asked)
    const guest = await sent(towns, asked, id, selim.id, colleague)
    visits[part] = { id, case: about, guest: { kind: 'person', id: guest, reach: ['guest'] } }
  }
})
afterAll(() => world.towns.end())

const addressed = (path: string) => {
  const { id, case: about } = visits.course!
  const filled = path.replace(':town', 'lindenau').replace(':case', about).replace(':guest', id)
  return filled.replace('schreiben/:kind', 'schreiben/summary').replaceAll(/:\w+/g, crypto.randomUUID())
}
const closed = routes.filter(({ access, path }) => access.kind !== 'open' && path.startsWith('/:town/'))

test('no route of the owner opens for her: neither with her own session nor, had somebody given her one, as the guest', async () => {
  const given = { id: visits.course!.guest.id, token: '' }
  given.token = await city(program, async (tx) => (await startSession(tx, given.id)).token)
  expect(closed.filter(({ path }) => path.includes(':case')).length).toBeGreaterThan(40)
  const opened: string[] = []
  for (const { method, path } of closed) {
    const own = await world.send(method, addressed(path), selim)
    if (own !== 401) opened.push(`${method} ${path} own ${own}`)
    const as = await world.send(method, addressed(path), given)
    if (as !== 401) opened.push(`${method} ${path} guest ${as}`)
  }
  expect(opened).toEqual([])
}, 120_000)

/** How many rows of its own and of all others a table shows as a guest to whom one part was ticked. */
const rowsFor = (part: GuestPart | 'none', table: string) =>
  city(visits[part]!.guest, async (tx) => {
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from ${sql.raw(table)}`.execute(tx.db)
    return rows[0]!.n
  })

const columnsOf = async (tx: TenantTx, table: string) => {
  const { rows } = await sql<{
    name: string
  }>`select attname as name from pg_attribute where attrelid = ${table}::regclass and attnum > 0 and not attisdropped`.execute(
    tx.db,
  )
  return rows.map(({ name }) => name)
}

async function tenantTables(): Promise<string[]> {
  const client = new Client(world.towns.database.config)
  await client.connect()
  const { rows } = await client.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_policies where policyname = 'tenant' order by 1`,
  )
  await client.end()
  return rows.map(({ name }) => name)
}

/** What everybody who is let near a case needs: keys, the model's words, and what is about herself. */
const least = [
  'access."grant"',
  'auth.person',
  'cases."case"',
  'cases.guest',
  'model.version',
  'platform.municipality_key',
  'platform.record_key',
]
const ticked: Record<GuestPart | 'none', readonly string[]> = {
  none: [],
  parties: ['cases.assessment', 'cases.party'],
  map: ['cases.map', 'cases.party'],
  measures: ['cases.measure'],
  agreement: ['cases.agreement', 'cases.clause'],
  course: ['cases.entry'],
  say: [],
}

test.each(Object.entries(ticked) as [GuestPart | 'none', readonly string[]][])(
  'with %s ticked, the database itself shows her these tables and no other',
  async (part, tables) => {
    const shown: string[] = []
    for (const table of await tenantTables()) if ((await rowsFor(part, table)) > 0) shown.push(table)
    expect(shown).toEqual([...least, ...tables].map((name) => name.replace('cases.case', 'cases."case"')).toSorted())
    expect([await rowsFor(part, 'cases."case"'), await rowsFor(part, 'platform.record_key')]).toEqual([1, 1])
  },
)

test('of persons she reads her own row and no column of any other, and names only of those who stand in a ticked course', async () => {
  const stranger = (await world.towns.appoint('handler')) as Person
  const known = { mail: 'coordination@lindenau.example', phone: '0555 1234', superior_id: stranger.id }
  await city(program, (tx) => tx.db.updateTable('auth.person').set(known).where('id', '=', coordination.id).execute())
  const ask = async <T>(part: GuestPart | 'none', query: ReturnType<typeof sql<T>>) =>
    city(visits[part]!.guest, async (tx) => (await query.execute(tx.db)).rows)
  const columns = await city(program, (tx) => columnsOf(tx, 'auth.person'))
  for (const part of ['none', ...guestParts] as const) {
    const { guest } = visits[part]!
    for (const column of columns) {
      const rows = await ask(part, sql<{ id: string }>`select id, ${sql.ref(column)} from auth.person`)
      expect(
        rows.map(({ id }) => id),
        column,
      ).toEqual([guest.id])
      const probed = sql`select 1 from auth.person where id <> ${guest.id} and ${sql.ref(column)} is not null`
      expect(await ask(part, probed), column).toEqual([])
    }
    const nameOf = async (id: string) =>
      (await ask(part, sql<{ name: string | null }>`select cases.name_in_course(${id}) as name`))[0]?.name
    expect(await nameOf(coordination.id)).toBe(part === 'course' ? 'coordination' : null)
    expect(await nameOf(stranger.id)).toBeNull()
  }
  const read = await city(visits.course!.guest, (tx) => shown(tx, visits.course!.id))
  expect(read.told.map(({ by }) => by)).toContain('coordination')
  // Whoever works here is told nothing by it.
  expect(
    await city(coordination, (tx) => sql`select cases.name_in_course(${stranger.id}) as name`.execute(tx.db)),
  ).toMatchObject({ rows: [{ name: null }] })
})

test('she changes and deletes nothing anywhere, and adds nothing but that she read, and a message where she may', async () => {
  const { guest } = visits.course!
  for (const table of await tenantTables()) {
    const [schema, name] = table.replaceAll('"', '').split('.')
    for (const deed of [`update ${table} set municipality_id = municipality_id`, `delete from ${table}`]) {
      const said = await city(guest, (tx) => sql.raw(deed).execute(tx.db)).then(
        ({ numAffectedRows }) => Number(numAffectedRows),
        (error: { code?: string }) => error.code,
      )
      // 42501: the program itself may not.
      expect.soft([0, '42501'], deed).toContain(said)
    }
    const { rows } = await world.towns.at(
      (tx) =>
        sql<{
          policyname: string
        }>`select policyname from pg_policies where schemaname = ${schema!} and tablename = ${name!}`.execute(tx.db),
      program,
    )
    const policies = new Set(rows.map(({ policyname }) => policyname))
    const adds = ['cases.entry', 'platform.audit_entry'].includes(`${schema}.${name}`)
    expect.soft(policies.has('no_guest_changes') && policies.has('no_guest_deletes'), table).toBe(true)
    expect.soft(policies.has('no_guest_adds'), table).toBe(!adds)
  }
  await expect(
    city(guest, (tx) =>
      tx.db
        .insertInto('cases.entry')
        .values({
          id: crypto.randomUUID(),
          case_id: visits.course!.case,
          at: tx.now,
          kind: 'x',
          by_person: guest.id,
          step: null,
          person_id: null,
          note: null,
        })
        .execute(),
    ),
  ).rejects.toMatchObject({ code: '42501' })
})

test('a forged id leads nowhere: not with the visit of a case of hers, and not to a case of nobody', async () => {
  const { guest } = visits.map!
  for (const id of [visits.course!.id, visits.course!.case, crypto.randomUUID()])
    await expect(city(guest, (tx) => visitedCase(tx, id))).rejects.toThrow(NotAllowed)
  expect(await city(guest, (tx) => openedCase(tx, visits.course!.case))).toBeUndefined()
})

test('one page only enters another municipality', () => {
  const root = join(import.meta.dirname, '../../app')
  const entering = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
    (file) => /\.tsx?$/.test(file) && /\.asGuest\(/.test(readFileSync(join(root, file), 'utf8')),
  )
  expect(entering).toEqual(['work/cases/near/pages/visit.tsx'])
})
