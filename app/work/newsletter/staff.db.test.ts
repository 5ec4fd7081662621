import { afterAll, beforeAll, expect, test } from 'vitest'
import { startSession } from '#platform/auth/index.ts'
import type { Who } from '#platform/tenancy/index.ts'
import { htmlFaults } from '#tests/support/html.ts'
import { openPress, type Press } from '#tests/support/newsletter.ts'
import { program } from '#tests/support/town.ts'
import { fillSome } from './commands/issue.ts'
import { allIssues, issueById } from './queries/issues.ts'

let press: Press
let author: string
let second: string
const cookieOf = async (who: Who) =>
  `__Host-b-lindenau=${(await press.towns.at((tx) => startSession(tx, who.kind === 'person' ? who.id : ''), program)).token}`
beforeAll(async () => {
  press = await openPress()
  author = await cookieOf(await press.towns.appoint('coordination'))
  second = await cookieOf(await press.towns.appoint('coordination'))
})
afterAll(() => press.end())

const desk = '/lindenau/newsletter/verwalten'
const newest = async () => (await press.towns.at(allIssues, program))[0]!.id
const fields = async (id: string) => {
  const html = (await press.get(`/lindenau/newsletter/entwuerfe/${id}`, author)).text
  return { _version: /name="_version" value="(\d+)"/.exec(html)![1]! }
}

test('four pages from the beginning of an issue to its sending', async () => {
  await press.subscribed('anna@example.org')
  const begun = await press.send(desk, {}, author)
  const draft = begun.headers.get('location')!
  const id = draft.split('/').at(-1)!
  const subject = { subject: 'Neues vom Platz', topics: press.topics[0], language: 'de' }
  await press.send(draft, { ...subject, ...(await fields(id)), act: 'add:paragraph' }, author)
  const block = { 'b0-kind': 'paragraph', 'b0-text': 'Guten Tag, mehr steht [hier](https://stadt.example/platz).' }
  const check = await press.send(draft, { ...subject, ...block, ...(await fields(id)), act: 'check' }, author)
  expect(check.headers.get('location')).toBe(`${draft}/pruefen`)
  const page = await press.get(`${draft}/pruefen`, author)
  expect(page.text).toContain('Der Verweis „hier“ sagt nicht, wohin er führt.')
  expect(await (await press.send(`${draft}/pruefen`, { act: 'ask' }, author)).text()).toContain(
    'Bitte mildern Sie erst die Hürden',
  )
  const mended = {
    ...block,
    'b0-text': 'Guten Tag, mehr steht auf der [Seite zum Platz](https://stadt.example/platz).',
  }
  await press.send(draft, { ...subject, ...mended, ...(await fields(id)), act: 'check' }, author)
  expect((await press.get(`${draft}/pruefen`, author)).text).toContain('Alle Prüfungen bestanden')
  expect((await press.send(`${draft}/pruefen`, { act: 'ask', day: '1.1.2020' }, author)).status).toBe(422)
  expect((await press.send(`${draft}/pruefen`, { act: 'ask', day: 'bald' }, author)).status).toBe(422)
  expect((await press.send(`${draft}/pruefen`, { act: 'ask' }, author)).status).toBe(303)
  expect(await (await press.send(`${draft}/pruefen`, { act: 'release' }, author)).text()).toContain(
    'Freigeben muss eine andere Person',
  )
  const sending = await press.send(`${draft}/pruefen`, { act: 'release' }, second)
  expect(sending.headers.get('location')).toBe(`${draft}/versand`)
  await press.towns.at((tx) => fillSome(tx, id), program)
  const progress = await press.get(`${draft}/versand`, second)
  expect(progress.headers.get('refresh')).toBe('5')
  expect(progress.text).toContain('0 von 1 Mails sind erledigt')
  expect(await htmlFaults(progress.text)).toEqual([])
  await press.deliver()
  expect((await press.get(`${draft}/versand`, author)).text).toContain('1 von 1 Mails sind erledigt')
  const open = await press.get('/lindenau/newsletter/ausgaben/1')
  expect(open.text).toContain('<a href="https://stadt.example/platz">Seite zum Platz</a>')
  expect(await htmlFaults(open.text)).toEqual([])
  const feed = (await press.get('/lindenau/newsletter/feed.atom')).text
  expect(feed).toContain('<title>Neues vom Platz</title>')
})

test('blocks move and go, nothing typed is lost, and what somebody else wrote in between is not overwritten', async () => {
  await press.send(desk, {}, author)
  const id = await newest()
  const draft = `/lindenau/newsletter/entwuerfe/${id}`
  const typed = {
    subject: '<script>alert(1)</script>',
    language: 'de',
    'b0-kind': 'heading',
    'b0-level': '2',
    'b0-text': 'Eins',
    'b1-kind': 'list',
    'b1-text': '- a\n- b',
    'b2-kind': 'teaser',
    'b2-title': 'Treffen',
    'b2-when': 'morgen',
    'b2-href': 'javascript:alert(1)',
  }
  const version = await fields(id)
  const wrong = await press.send(draft, { ...typed, ...version, act: 'save' }, author)
  expect(wrong.status).toBe(422)
  const shown = await wrong.text()
  expect(shown).toContain('href="#b2-href"')
  expect(shown).toContain('value="javascript:alert(1)"')
  expect(shown).not.toContain('<script>alert')
  await press.send(draft, { ...typed, 'b2-href': 'https://stadt.example', ...version, act: 'up:1' }, author)
  const stored = await press.towns.at((tx) => issueById(tx, id), program)
  expect(stored!.blocks.map(({ kind }) => kind)).toEqual(['list', 'heading', 'teaser'])
  const late = await press.send(
    draft,
    { ...typed, 'b2-href': 'https://stadt.example', ...version, act: 'save' },
    second,
  )
  expect(late.status).toBe(422)
  expect(await late.text()).toContain('Inzwischen hat jemand anderes an dieser Ausgabe geschrieben')
  await press.send(
    draft,
    { ...typed, 'b2-href': 'https://stadt.example', ...(await fields(id)), act: 'remove:0' },
    author,
  )
  expect((await press.towns.at((tx) => issueById(tx, id), program))!.blocks.map(({ kind }) => kind)).toEqual([
    'list',
    'teaser',
  ])
  const preview = await press.get(`${draft}/ansicht?breite=360`, author)
  expect(preview.headers.get('content-security-policy')).toContain("default-src 'none'")
  expect(preview.text).toContain('&lt;script&gt;')
})

test('an issue of four megabytes is refused with a sentence that says why, and nothing is lost', async () => {
  await press.send(desk, {}, author)
  const id = await newest()
  const text = 'Wort '.repeat(800_000)
  const huge = { subject: 'Groß', 'b0-kind': 'paragraph', 'b0-text': text, ...(await fields(id)), act: 'save' }
  const answer = await press.send(`/lindenau/newsletter/entwuerfe/${id}`, huge, author)
  expect(answer.status).toBe(422)
  const page = await answer.text()
  expect(page).toContain('hier passen höchstens 4.000 Zeichen hinein')
  expect(page.length).toBeGreaterThan(text.length)
})

test('the proof is found by the whole address, in words, and ended by staff on request', async () => {
  const found = await press.send(`${desk}/einwilligungen`, { address: 'ANNA@example.org' }, author)
  const path = found.headers.get('location')!
  const page = await press.get(path, author)
  expect(page.text).toContain('Prüfsumme des Verweises')
  expect(page.text).toContain('Miteinander, Werkstatt der Kommunen')
  expect(page.text).toContain('Newsletter bestellen')
  expect(await htmlFaults(page.text)).toEqual([])
  expect((await press.send(`${desk}/einwilligungen`, { address: 'niemand@example.org' }, author)).status).toBe(422)
  await press.send(path, {}, author)
  expect((await press.get(path, author)).text).toContain('beendet')
})
