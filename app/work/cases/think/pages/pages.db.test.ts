import { afterAll, beforeAll, expect, test } from 'vitest'
import { startSession } from '#platform/auth/index.ts'
import { enter, lockOpenCase } from '../../commands/store.ts'
import { openedForAssessment, type Person } from '#tests/support/case.ts'
import { htmlFaults } from '#tests/support/html.ts'
import { foundTowns, program, type Towns } from '#tests/support/town.ts'
import { programOver, Visitor } from '#tests/support/web.ts'

let towns: Towns
let her: Visitor
let his: Visitor
beforeAll(async () => {
  towns = await foundTowns()
  const app = programOver(towns)
  const signedIn = async () => {
    const { id } = (await towns.appoint('coordination')) as Person
    const visitor = new Visitor(towns, app)
    visitor.setCookie('b-lindenau', await towns.at(async (tx) => (await startSession(tx, id)).token, program))
    return visitor
  }
  her = await signedIn()
  his = await signedIn()
})
afterAll(() => towns.end())

const open = async () => `/lindenau/faelle/${await towns.at((tx) => openedForAssessment(tx), program)}`
const sound = async (visitor: Visitor, path: string) => {
  const page = await visitor.get(path)
  expect(page.status).toBe(200)
  expect(await htmlFaults(page.text)).toEqual([])
  return page.text
}
const party = async (at: string, label: string) => {
  const fields = { label, stands: 'party', form: 'group' }
  expect((await her.post(`${at}/beteiligte`, fields)).status).toBe(303)
  const page = await her.get(`${at}/beteiligte`)
  return new RegExp(`wer=([0-9a-f-]{36})"[^>]*>${label}`).exec(page.text)![1]!
}

test('parties are noted, changed by two people without loss, merged and parted', async () => {
  const at = await open()
  await sound(her, `${at}/beteiligte`)
  const wrong = await her.post(`${at}/beteiligte`, { label: '' })
  expect([wrong.status, wrong.text.includes('Bitte nennen Sie die Rolle')]).toEqual([422, true])
  const one = await party(at, 'Anwohnende')
  const two = await party(at, 'Nachbarschaft')
  await sound(her, `${at}/beteiligte?wer=${one}`)
  const change = { party: one, stands: 'affected', form: 'group', _version: '1' }
  expect((await his.post(`${at}/beteiligte`, { ...change, label: 'Hausgemeinschaft' })).status).toBe(303)
  const stale = await her.post(`${at}/beteiligte`, { ...change, label: 'Anwohnerschaft' })
  expect(stale.status).toBe(409)
  expect(stale.text).toMatch(/Anwohnerschaft[\s\S]*Hausgemeinschaft/)
  expect(await htmlFaults(stale.text)).toEqual([])
  expect((await her.post(`${at}/beteiligte`, { party: one, merge: one, into: '' })).status).toBe(422)
  await her.post(`${at}/beteiligte`, { party: one, merge: one, into: two })
  expect(await sound(her, `${at}/beteiligte`)).toContain('„Hausgemeinschaft“ gehört jetzt zu „Nachbarschaft“.')
  await her.post(`${at}/beteiligte`, { unmerge: one })
  expect(await sound(her, `${at}/beteiligte`)).not.toContain('gehört jetzt zu')
})

test('an assessment deepens in versions, told in sentences; a second view stands beside it; two writers lose nothing', async () => {
  const at = await open()
  const one = await party(at, 'Anwohnerschaft')
  const small = await sound(her, `${at}/einschaetzung`)
  expect(small).not.toMatch(/<details[^>]* open/)
  const said = { matter: 'Lärm am Platz', nextStep: 'Vor Ort sein' }
  await her.post(`${at}/einschaetzung`, { ...said, _version: '0', [`stage-${one}`]: '3', climate: 'hot' })
  await her.post(`${at}/einschaetzung`, { ...said, _version: '1', [`stage-${one}`]: '5', climate: 'hot' })
  const compared = await sound(his, `${at}/einschaetzung/fassungen`)
  expect(compared).toContain('Stufe der Anwohnerschaft 3 → 5')

  expect((await her.get(`${at}/einschaetzung/zweite`)).status).toBe(404)
  expect(await sound(his, `${at}/einschaetzung/zweite`)).not.toContain('Vor Ort sein')
  const own = { matter: said.matter, nextStep: 'Erst zuhören', [`stage-${one}`]: '4' }
  expect((await his.post(`${at}/einschaetzung/zweite`, { ...own, _version: '1' })).status).toBe(409)
  expect((await his.post(`${at}/einschaetzung/zweite`, { ...own, _version: '2' })).status).toBe(303)
  const beside = await sound(her, `${at}/einschaetzung/fassungen`)
  expect(beside).toContain('Zweite Sicht zu Fassung 2')
  expect(beside).toContain('Stufe der Anwohnerschaft: 5 in der ersten Sicht, 4 in der zweiten')
  expect(beside).not.toContain('Heiß → offen')
  expect((await her.get(at)).text).not.toContain('Erst zuhören')

  const late = await his.post(`${at}/einschaetzung`, { ...own, _version: '1', questions: 'Wer lud ein?' })
  expect(late.status).toBe(409)
  expect(late.text).toMatch(/Erst zuhören[\s\S]*Vor Ort sein/)
  expect(late.text).toContain('Wer lud ein?')
  expect(await htmlFaults(late.text)).toEqual([])
  const wrong = await his.post(`${at}/einschaetzung`, { ...own, _version: '2', [`stage-${one}`]: '12' })
  expect(wrong.status).toBe(422)
  expect(wrong.text).toMatch(/<details class="more" open/)
})

test('a map is drawn from a form; two people add to it without loss; two days stand side by side', async () => {
  const at = await open()
  await sound(her, `${at}/landkarte`)
  const [a, b, c] = [await party(at, 'Anwohnerschaft'), await party(at, 'Jugend'), await party(at, 'Gaststätte')]
  await sound(her, `${at}/landkarte`)
  const first = { 'from-n0': a, 'to-n0': b, 'kind-n0': 'tension', [`influence-${a}`]: '3' }
  expect((await her.post(`${at}/landkarte`, { ...first, _version: '0' })).status).toBe(303)
  const drawn = await sound(her, `${at}/landkarte`)
  expect(drawn).toContain('Zwischen Anwohnerschaft und Jugend ist Spannung')
  expect(drawn.match(/data-actor=/g)).toHaveLength(2)

  const adds = { 'from-n0': c, 'to-n0': b, 'kind-n0': 'alliance', _version: '1' }
  expect((await his.post(`${at}/landkarte`, adds)).status).toBe(303)
  const was = /name="was-0" value="([^"]+)"/.exec(drawn)![1]!
  const turns = { 'was-0': was, 'kind-0': 'conflict', _version: '1' }
  const stale = await her.post(`${at}/landkarte`, turns)
  expect(stale.status).toBe(409)
  expect(stale.text).toContain('Anwohnerschaft und Jugend: Spannung → offener Konflikt')
  expect(await htmlFaults(stale.text)).toEqual([])
  await towns.at((tx) => tx.db.updateTable('cases.map').set({ made_on: '2026-01-02' }).execute(), program)
  expect((await her.post(`${at}/landkarte`, { ...turns, _version: '2' })).status).toBe(303)
  const both = await sound(her, `${at}/landkarte/vergleich`)
  expect(both.match(/<svg/g)).toHaveLength(2)
  expect(both).toContain('Anwohnerschaft und Jugend: Spannung → offener Konflikt')
  expect(both).not.toContain('Nicht mehr:')
  expect(
    (await her.post(`${at}/landkarte`, { 'from-n0': a, 'to-n0': a, 'kind-n0': 'weak', _version: '3' })).status,
  ).toBe(422)
})

test('the timeline tells what happened in its order, filtered by its address; sheets come as PDF', async () => {
  const at = await open()
  const later = () => (towns.clock.now = new Date(towns.clock.now.getTime() + 1000))
  later()
  await her.post(`${at}/einschaetzung`, { matter: 'Lärm', nextStep: 'Reden', _version: '0' })
  later()
  const measure = { what: 'Beleuchtung', owner: 'Tiefbauamt', dueOn: '24.12.' }
  expect((await her.post(`${at}/massnahmen`, measure)).status).toBe(303)
  const whole = await sound(his, `${at}/zeitstrahl`)
  expect(whole).toMatch(/Fall eröffnet[\s\S]*Einschätzung festgehalten[\s\S]*Maßnahme vereinbart/)
  const some = await sound(his, `${at}/zeitstrahl?art=measures&von=gestern`)
  expect(some).toContain('Maßnahmen und Vereinbarungen vom')
  expect(some).toContain('1 von 3 Einträgen')
  expect(some).not.toContain('Fall eröffnet')
  await sound(his, `${at}/arbeitsblatt`)
  const sheet = await his.get(`${at}/arbeitsblatt?blatt=baum`)
  expect([sheet.status, sheet.text.slice(0, 5)]).toEqual([200, '%PDF-'])
})

test('what one transaction writes is told in the order in which it was written', async () => {
  const at = await open()
  const id = at.split('/').at(-1)!
  const { id: person } = (await towns.appoint('coordination')) as Person
  const kinds = Array.from({ length: 8 }, (_, i) => (i % 2 === 0 ? 'measure' : 'session'))
  await towns.at(
    async (tx) => {
      const { key } = await lockOpenCase(tx, id)
      for (const [i, kind] of kinds.entries()) await enter(tx, id, key, { kind, note: `Nummer ${i}` })
    },
    { kind: 'person', id: person, reach: ['cases'] },
  )
  const told = (await her.get(`${at}/zeitstrahl`)).text.match(/Nummer \d/g)
  expect(told).toEqual(kinds.map((_, i) => `Nummer ${i}`))
})
