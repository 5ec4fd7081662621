import { afterAll, beforeAll, expect, test } from 'vitest'
import { startSession } from '#platform/auth/index.ts'
import { foundTowns, program, type Towns } from '#tests/support/town.ts'
import { programOver, Visitor } from '#tests/support/web.ts'

let towns: Towns
let app: ReturnType<typeof programOver>
beforeAll(async () => {
  towns = await foundTowns()
  app = programOver(towns)
})
afterAll(() => towns.end())

const at = <T>(work: Parameters<typeof towns.at<T>>[0]) =>
  towns.tenants.inTenant({ municipality: towns.county, who: program }, work)
const later = (hours: number) => void (towns.clock.now = new Date(towns.clock.now.getTime() + hours * 3_600_000))

/** Somebody of the county, whose model wants a second person before the register leaves; signed in anew each time. */
async function staff(role: string) {
  const id = crypto.randomUUID()
  await at(async (tx) => {
    await tx.db
      .insertInto('auth.person')
      .values({ id, name: `${role} ${id.slice(0, 4)}`, mail: null })
      .execute()
    const appointment = { id: crypto.randomUUID(), person_id: id, role, from_on: '2026-01-01' }
    await tx.db.insertInto('auth.appointment').values(appointment).execute()
  })
  return async () => {
    const visitor = new Visitor(towns, app)
    visitor.setCookie('b-auental', (await at((tx) => startSession(tx, id))).token)
    return visitor
  }
}
const register = '/auental/faelle/register'
const second = '/auental/zweite-person'
const asks = { do: 'ask', purpose: 'report' }
const open = (html: string) => /name="register" value="([0-9a-f-]{36})"/.exec(html)?.[1]
const answer = async (who: Visitor, said: 'agree' | 'refuse') =>
  (await who.post(second, { register: open((await who.get(second)).text) ?? crypto.randomUUID(), answer: said })).status

test('where the model wants it, the register leaves once, within a day, after a second person agreed', async () => {
  const [office, head, other] = [await staff('coordination'), await staff('sponsor'), await staff('coordination')]
  const asker = await office()
  expect((await asker.get(register)).text).not.toContain('>Register ausgeben</button>')
  expect((await asker.post(register)).status).toBe(403)
  expect((await asker.post(register, { do: 'ask' })).text).toContain('wozu Sie das Register brauchen')
  expect((await asker.post(register, asks)).status).toBe(303)
  await asker.post(register, asks)
  expect((await asker.post(register)).status).toBe(403)
  // Neither whoever asked nor a role the model does not name.
  expect([open((await asker.get(second)).text), open((await (await other()).get(second)).text)]).toEqual([
    undefined,
    undefined,
  ])
  expect(await answer(asker, 'agree')).toBe(404)
  const chief = await head()
  expect((await chief.get('/auental/heute')).text).toContain('Darf das Register ausgegeben werden?')
  expect((await chief.get(second)).text).toContain('Bericht an Rat oder Ausschuss')
  expect(await answer(chief, 'agree')).toBe(303)
  expect(await answer(chief, 'agree')).toBe(404)
  expect((await (await other()).post(register)).status).toBe(403)
  expect((await asker.post(register)).status).toBe(200)
  expect((await asker.post(register)).status).toBe(403)
  await asker.post(register, asks)
  await answer(await head(), 'agree')
  later(25)
  expect((await (await office()).post(register)).status).toBe(403)
})

test('a refusal is said, a new question is possible, and all of it stands in the audit', async () => {
  const [office, head] = [await staff('coordination'), await staff('substitute')]
  const asker = await office()
  await asker.post(register, asks)
  expect(await answer(await head(), 'refuse')).toBe(303)
  expect((await asker.get(register)).text).toContain('hat nicht zugestimmt')
  expect((await asker.post(register)).status).toBe(403)
  await asker.post(register, asks)
  expect((await asker.get(register)).text).toContain('Sobald die zweite Person zugestimmt hat')
  const verbs = await at((tx) =>
    tx.db.selectFrom('platform.audit_entry').select('verb').where('thing', '=', 'register').execute(),
  )
  expect(new Set(verbs.map(({ verb }) => verb))).toEqual(
    new Set(['asked-to-export', 'export-agreed', 'export-refused', 'exported']),
  )
})

test('without a word about it in the model nobody is asked', async () => {
  const { id } = (await towns.appoint('coordination')) as { id: string }
  const visitor = new Visitor(towns, app)
  visitor.setCookie('b-lindenau', (await towns.at((tx) => startSession(tx, id), program)).token)
  expect((await visitor.get('/lindenau/faelle/register')).text).toContain('>Register ausgeben</button>')
  expect((await visitor.post('/lindenau/faelle/register')).status).toBe(200)
})
