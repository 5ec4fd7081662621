import { afterAll, beforeAll, expect, test } from 'vitest'
import { startSession } from '#platform/auth/index.ts'
import { openPress, type Press } from '#tests/support/newsletter.ts'
import { program } from '#tests/support/town.ts'
import { brokenProof, counts, proofOf, subscriberByAddress } from './queries.ts'

let press: Press
let cookie: string
beforeAll(async () => {
  press = await openPress()
  const who = await press.towns.appoint('coordination')
  const { token } = await press.towns.at((tx) => startSession(tx, who.kind === 'person' ? who.id : ''), program)
  cookie = `__Host-b-lindenau=${token}`
})
afterAll(() => press.end())

const page = '/lindenau/newsletter/verwalten/uebernahme'
const bring = async (list: string, act: 'check' | 'take') => (await press.send(page, { list, act }, cookie)).text()
const stored = (address: string) => press.towns.at((tx) => subscriberByAddress(tx, address), program)

test('with its proof an address counts, without one it is asked, and looking changes nothing', async () => {
  const gone = await press.subscribed('weg@example.org')
  await press.post(`/lindenau/newsletter/abmelden/${gone}`, {
    body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }),
  })
  const list = [
    'anna@example.org; 2024-05-31 14:05; Formular der Stadtseite; Bestätigungsmail, Akte 12',
    'ben@example.org',
    '',
    'WEG@example.org; 2024-05-31; Messe; Unterschrift',
    'cem@example.org; 2024-02-31; Messe; Unterschrift',
    'dora@example.org; 2024-05-31; ; Unterschrift',
    'Anna@Example.org',
    'ewa@example.org; 2030-01-01; Messe; Unterschrift',
  ].join('\n')
  const looked = await bring(list, 'check')
  expect(looked).toContain('Eine Adresse mit Nachweis, 1 ohne Nachweis, 5 fehlerhafte Zeilen')
  for (const [line, what] of [
    [4, 'Diese Person hat beendet'],
    [5, 'Der Tag der Einwilligung ist nicht lesbar'],
    [6, 'Vom Nachweis fehlt ein Teil'],
    [7, 'steht weiter oben schon einmal'],
    [8, 'liegt in der Zukunft'],
  ] as const)
    expect(looked).toMatch(new RegExp(`Zeile ${line}: [^<]*${what}`))
  expect(await stored('anna@example.org')).toBeUndefined()
  press.smtp.caught.length = 0
  expect(await bring(list, 'take')).toContain('Eine Adresse ist mit Nachweis übernommen, eine bekommt die Bitte')
  await press.deliver()
  expect(press.smtp.caught.map(({ to }) => to[0])).toEqual(['ben@example.org'])
  const anna = (await stored('anna@example.org'))!
  expect(anna.state).toBe('confirmed')
  expect((await stored('ben@example.org'))!.state).toBe('requested')
  expect((await stored('weg@example.org'))!.state).toBe('withdrawn')
  expect((await press.towns.at((tx) => proofOf(tx, anna.id), program))[0]).toMatchObject({
    step: 'imported',
    detail: { given: '2024-05-31 14:05', source: 'Formular der Stadtseite', proof: 'Bestätigungsmail, Akte 12' },
  })
  expect(await bring(list, 'check')).toContain('Diese Adresse ist schon dabei')
})

test('ten thousand broken lines are named one by one, and no good one among them is lost', async () => {
  const before = (await press.towns.at(counts, program)).confirmed
  const broken = Array.from({ length: 10_000 }, (_, n) => `kaputt ${n}`)
  const list = [...broken, 'gut@example.org; 2024-05-31; Messe; Unterschrift'].join('\n')
  const looked = await bring(list, 'check')
  expect(looked.match(/Zeile [\d.]+: Das ist keine E-Mail-Adresse\./g)).toHaveLength(10_000)
  await bring(list, 'take')
  expect((await press.towns.at(counts, program)).confirmed).toBe(before + 1)
  expect(await press.towns.at(brokenProof, program)).toBeUndefined()
})
