import { afterAll, beforeAll, expect, test } from 'vitest'
import { endInvitation, invite, newRecoveryCodes, startSession } from '#platform/auth/index.ts'
import { foundTowns, program, type Towns } from '#tests/support/town.ts'
import { programOver, Visitor } from '#tests/support/web.ts'
import { confirmFromCommandLine, stopToken } from './recover.ts'

let towns: Towns
let app: ReturnType<typeof programOver>
beforeAll(async () => {
  towns = await foundTowns()
  app = programOver(towns)
})
afterAll(() => towns.end())

const releases = '/lindenau/verwaltung/freigaben'
const later = (hours: number) => void (towns.clock.now = new Date(towns.clock.now.getTime() + hours * 3_600_000))
const idOn = (html: string) => /freigaben\/([0-9a-f-]{36})\/stopp/.exec(html)?.[1] ?? ''

async function staff(role: string, mail: string | null = null): Promise<{ id: string; open(): Promise<Visitor> }> {
  const { id } = (await towns.appoint(role)) as { id: string }
  await towns.at((tx) => tx.db.updateTable('auth.person').set({ mail }).where('id', '=', id).execute(), program)
  const open = async () => {
    const visitor = new Visitor(towns, app)
    visitor.setCookie('b-lindenau', (await towns.at((tx) => startSession(tx, id), program)).token)
    return visitor
  }
  return { id, open }
}

const ask = async (mail: string, visitor = new Visitor(towns, app)) => {
  const { text } = await visitor.post('/lindenau/anmelden/kein-zugang', { mail })
  return { text, number: /<strong>(\d{3} \d{3})<\/strong>/.exec(text)?.[1] ?? '' }
}
const confirm = async (who: Visitor, id: string, number: string) =>
  (await who.post(`${releases}/${id}`, { [`number-${id}`]: number })).status
const open = (person: string) =>
  towns.at((tx) => tx.db.selectFrom('people.recovery').selectAll().where('person_id', '=', person).execute(), program)
const mails = (person: string) =>
  towns.at(
    async (tx) =>
      (await tx.db.selectFrom('mail.delivery').select('kind').where('person_id', '=', person).execute())
        .map((row) => row.kind)
        .toSorted(),
    program,
  )

test('two others who heard the number, a day of waiting, and then one link for a day', async () => {
  const mail = 'verloren@lindenau.invalid'
  const anna = await staff('handler', mail)
  const [first, second, third] = [await staff('coordination'), await staff('coordination'), await staff('coordination')]
  const { number } = await ask(mail)
  const one = await first.open()
  expect((await one.get('/lindenau/heute')).text).toContain('braucht einen neuen Zugang')
  const id = idOn((await one.get(releases)).text)
  expect(await confirm(one, id, '000 000')).toBe(422)
  expect(await confirm(one, id, number)).toBe(303)
  expect(await confirm(one, id, number)).toBe(403)
  expect((await open(anna.id))[0]?.ready_at).toBeNull()
  expect(await confirm(await second.open(), id, number)).toBe(303)
  expect(await confirm(await third.open(), id, number)).toBe(403)
  expect(await mails(anna.id)).toEqual(['people.recovery.asked', 'people.recovery.confirmed'])
  expect(await mails(third.id)).toContain('notice.news')
  expect((await one.post(`${releases}/${id}/verweis`)).status).toBe(403)
  later(23)
  expect((await (await first.open()).post(`${releases}/${id}/verweis`)).status).toBe(403)
  later(2)
  expect((await (await third.open()).post(`${releases}/${id}/verweis`)).status).toBe(403)
  const shown = await (await second.open()).post(`${releases}/${id}/verweis`)
  const link = /(\/lindenau\/einladung\/[\w-]+)/.exec(shown.text)?.[1] ?? ''
  expect((await (await first.open()).post(`${releases}/${id}/verweis`)).status).toBe(404)
  expect((await new Visitor(towns, app).get(link)).status).toBe(200)
  const kept = await towns.at((tx) => tx.db.selectFrom('auth.invitation').selectAll().execute(), program)
  expect(kept.find((row) => row.person_id === anna.id)?.anew).toBe(true)
  later(25)
  expect((await new Visitor(towns, app).get(link)).status).toBe(404)
})

test('the page says the same for an address that exists and one that does not', async () => {
  const mail = 'wer@lindenau.invalid'
  await staff('handler', mail)
  const plain = async (asked: string) => (await ask(asked)).text.replaceAll(/\d{3} \d{3}|value="[^"]*"/g, '')
  const begin = performance.now()
  const unknown = await plain('niemand@lindenau.invalid')
  expect(performance.now() - begin).toBeGreaterThanOrEqual(295)
  expect(unknown).toContain('Merken Sie sich diese Nummer')
  expect(await plain(mail)).toBe(unknown)
})

test('nobody confirms for herself, and three requests stand open at most', async () => {
  const mail = 'selbst@lindenau.invalid'
  const boss = await staff('coordination', mail)
  const numbers: string[] = []
  for (let n = 0; n < 4; n++) numbers.push((await ask(mail)).number)
  const rows = await open(boss.id)
  expect(rows).toHaveLength(3)
  const visitor = await boss.open()
  for (const { id } of rows) for (const number of numbers) expect(await confirm(visitor, id, number)).toBe(403)
})

test('who guesses the number must wait', async () => {
  const mail = 'raten@lindenau.invalid'
  const anna = await staff('handler', mail)
  const { number } = await ask(mail)
  const [row] = await open(anna.id)
  const helper = await (await staff('coordination')).open()
  for (let n = 0; n < 5; n++) expect(await confirm(helper, row!.id, '000 000')).toBe(422)
  expect(await confirm(helper, row!.id, number)).toBe(422)
  later(0.01)
  expect(await confirm(helper, row!.id, number)).toBe(303)
})

test('the person stops it by the link in her mail or on her own page, anybody concerned on theirs', async () => {
  const mail = 'halt@lindenau.invalid'
  const anna = await staff('handler', mail)
  const request = async () => {
    await ask(mail)
    return (await open(anna.id))[0]!.id
  }
  const byMail = await request()
  const token = await towns.at(async (tx) => stopToken(tx, byMail), program)
  const anybody = new Visitor(towns, app)
  const page = `/lindenau/anmelden/kein-zugang/${token}`
  expect((await anybody.get(page)).status).toBe(200)
  expect(await open(anna.id)).toHaveLength(1)
  const forged = `/lindenau/anmelden/kein-zugang/${byMail}.${'A'.repeat(43)}`
  expect((await anybody.get(forged)).status).toBe(404)
  await anybody.post(forged)
  expect(await open(anna.id)).toHaveLength(1)
  await anybody.post(page)
  expect(await open(anna.id)).toEqual([])

  await request()
  const hers = await anna.open()
  expect((await hers.get('/lindenau/heute')).text).toContain('in Ihrem Namen')
  const stranger = await (await staff('handler')).open()
  await stranger.post('/lindenau/heute/zugang/stopp')
  expect(await open(anna.id)).toHaveLength(1)
  await hers.post('/lindenau/heute/zugang/stopp')
  expect(await open(anna.id)).toEqual([])

  const id = await request()
  expect((await stranger.post(`${releases}/${id}/stopp`)).status).toBe(403)
  await (await (await staff('coordination')).open()).post(`${releases}/${id}/stopp`)
  expect(await open(anna.id)).toEqual([])
})

test('after a week a request is void', async () => {
  const mail = 'alt@lindenau.invalid'
  const anna = await staff('handler', mail)
  const { number } = await ask(mail)
  const [row] = await open(anna.id)
  later(7 * 24 + 1)
  expect(await confirm(await (await staff('coordination')).open(), row!.id, number)).toBe(404)
})

test.each([true, false])('the one-time link ends open sessions, and after a loss (%s) also codes', async (anew) => {
  const anna = await staff('handler')
  const before = await anna.open()
  const left = await towns.at(async (tx) => {
    await newRecoveryCodes(tx, anna.id)
    await endInvitation(tx, await invite(tx, anna.id, { anew }))
    return tx.db.selectFrom('auth.recovery_code').select('code_hash').where('person_id', '=', anna.id).execute()
  }, program)
  expect(left).toHaveLength(anew ? 0 : 8)
  expect((await before.get('/lindenau/heute')).status).toBe(401)
})

test('in an office of two whoever runs the machine is one of the two, once, and never gives the link out', async () => {
  const mail = 'buero@lindenau.invalid'
  const anna = await staff('coordination', mail)
  const other = await staff('coordination')
  const { number } = await ask(mail)
  const byMachine = (given = number, to = mail) => towns.at((tx) => confirmFromCommandLine(tx, to, given), program)
  expect(await byMachine('000 000')).toBe(false)
  expect(await byMachine(number, 'andere@lindenau.invalid')).toBe(false)
  expect(await byMachine(number, mail.toUpperCase())).toBe(true)
  expect(await byMachine()).toBe(false)
  expect((await open(anna.id))[0]?.ready_at).toBeNull()
  const hers = await other.open()
  const shown = (await hers.get(releases)).text
  expect(shown).toContain('Bestätigt von der Befehlszeile des Rechners')
  const id = idOn(shown)
  expect(await confirm(hers, id, number)).toBe(303)
  later(25)
  const link = (await (await other.open()).post(`${releases}/${id}/verweis`)).text
  expect(link).toContain('/lindenau/einladung/')
  expect(await mails(anna.id)).toEqual(['people.recovery.asked', 'people.recovery.confirmed', 'people.recovery.issued'])
})
