import { afterAll, beforeAll, expect, test } from 'vitest'
import { bar } from '#platform/access/index.ts'
import type { Who } from '#platform/tenancy/index.ts'
import { foundTowns, program, type Towns } from '#tests/support/town.ts'
import { mailbox, openReport } from '../queries.ts'
import { findReports, inbox } from '../queries/lists.ts'
import { readySentences } from '../queries/sentences.ts'
import { interpreters, openText, ownTexts } from '../queries/translations.ts'
import { newReport } from '../schema.ts'
import { checkText } from './check.ts'
import { askForAnswer, dropOutgoing, sendTranslated } from './outgoing.ts'
import { receiveReport } from './receive.ts'
import { askInterpreter, noTranslation, takeTranslation, translateOneself, writeTranslation } from './translate.ts'

type Person = Extract<Who, { kind: 'person' }>
let towns: Towns
let office: Person
let interpreter: Person
beforeAll(async () => {
  towns = await foundTowns()
  office = { ...((await towns.appoint('coordination')) as Person), reach: ['own', 'reports', 'originals', 'contacts'] }
  interpreter = { ...((await towns.appoint('interpreter')) as Person), reach: ['own'] }
})
afterAll(() => towns.end())

const turkish = 'Ali her akşam avluda bağırıyor.'
const report = async (language = 'tr') =>
  (await towns.at((tx) => receiveReport(tx, newReport.parse({ observed: turkish, language })))).id
const listed = async (id: string) => (await towns.at((tx) => inbox(tx, {}), office)).rows.find((row) => row.id === id)
const textsOf = (who: Who) => towns.at(ownTexts, who)

async function asked(): Promise<{ report: string; text: string }> {
  const id = await report()
  const before = new Set((await textsOf(interpreter)).map((row) => row.id))
  await towns.at((tx) => askInterpreter(tx, { report: id }, interpreter.id), office)
  return { report: id, text: (await textsOf(interpreter)).find((row) => !before.has(row.id))!.id }
}

test('the interpreter sees the one text and nothing of the report', async () => {
  const one = await asked()
  const opened = await towns.at((tx) => openText(tx, one.text), interpreter)
  expect(opened).toMatchObject({ source: turkish, text: '', language: 'tr', untilOn: '2026-12-07' })
  expect(await towns.at((tx) => openReport(tx, one.report), interpreter)).toBeUndefined()
  expect((await towns.at((tx) => inbox(tx, {}), interpreter)).rows).toEqual([])
  const other: Person = { ...((await towns.appoint('interpreter')) as Person), reach: ['own'] }
  expect(await towns.at((tx) => openText(tx, one.text), other)).toBeUndefined()
  expect(await textsOf(other)).toEqual([])
})

test('what she writes stands beside the original, heads the list and is found', async () => {
  const one = await asked()
  await towns.at((tx) => writeTranslation(tx, one.text, 'Ali schreit jeden Abend im Hof.', 1), interpreter)
  expect(await towns.at((tx) => takeTranslation(tx, one.text), program)).toBe(one.report)
  expect(await listed(one.report)).toMatchObject({ headline: 'Ali schreit jeden Abend im Hof.', translated: 'done' })
  const opened = await towns.at((tx) => openReport(tx, one.report), office)
  expect([opened?.observed, opened?.translations[0]?.text]).toEqual([turkish, 'Ali schreit jeden Abend im Hof.'])
  expect((await towns.at((tx) => findReports(tx, 'schreit Hof'), office)).map(({ id }) => id)).toContain(one.report)
  await expect(towns.at((tx) => writeTranslation(tx, one.text, 'Anders.', 1), interpreter)).rejects.toThrow()
})

test('once the text is checked, her copy and her way to it are gone', async () => {
  const one = await asked()
  await towns.at((tx) => writeTranslation(tx, one.text, 'Ali schreit.', 1), interpreter)
  await towns.at((tx) => takeTranslation(tx, one.text), program)
  const marks = [
    { part: 'observed', start: 0, end: 3, what: 'role', role: 'Nachbar A' },
    { part: 'translation', start: 0, end: 3, what: 'role', role: 'Nachbar A' },
  ] as const
  await towns.at(
    (tx) => checkText(tx, { report: one.report }, { version: 2, marks, signs: { black: '', contact: '' } }),
    office,
  )
  expect(await towns.at((tx) => openText(tx, one.text), interpreter)).toBeUndefined()
  const opened = await towns.at((tx) => openReport(tx, one.report), office)
  expect(opened?.translations[0]?.text).toBe('Nachbar A schreit.')
  expect((await listed(one.report))?.headline).toBe('Nachbar A schreit.')
})

test('after the last day she sees it no more; whoever is kept from the report is not asked', async () => {
  const one = await asked()
  await towns.at(
    (tx) =>
      tx.db.updateTable('intake.translation').set({ until_on: '2026-11-01' }).where('id', '=', one.text).execute(),
    program,
  )
  expect(await towns.at((tx) => openText(tx, one.text), interpreter)).toBeUndefined()
  const id = await report()
  await towns.at((tx) => bar(tx, id, [interpreter.id]), program)
  const offered = await towns.at((tx) => interpreters(tx, id), office)
  expect(offered.map((person) => person.id)).not.toContain(interpreter.id)
  for (const person of [interpreter.id, office.id])
    await expect(towns.at((tx) => askInterpreter(tx, { report: id }, person), office)).rejects.toThrow()
})

test('the office may translate itself, or say that it understands', async () => {
  const id = await report('uk')
  await towns.at((tx) => translateOneself(tx, { report: id }, 'Es ist laut.'), office)
  const opened = await towns.at((tx) => openReport(tx, id), office)
  expect(opened?.translations[0]?.text).toBe('Es ist laut.')
  const other = await report('en')
  await towns.at((tx) => noTranslation(tx, other), office)
  expect((await listed(other))?.translated).toBe('not-needed')
})

test('ready sentences are said in the language of whoever reported', async () => {
  const say = async (id: string) => towns.at((tx) => readySentences(tx, id, ['ask-when', 'nothing']), office)
  expect(await say(await report('tr'))).toEqual(['Bunu ne zaman fark ettiniz?'])
  expect(await say(await report('de'))).toEqual(['Wann ist Ihnen das aufgefallen?'])
})

test('an answer goes through the interpreter and reaches the mailbox only when the office has read both', async () => {
  const german = 'Wir rufen Sie morgen an.'
  const { id, code } = await towns.at((tx) => receiveReport(tx, newReport.parse({ observed: turkish, language: 'tr' })))
  const ask = (text = german) =>
    towns.at((tx) => askForAnswer(tx, { report: id, text, person: interpreter.id }), office)
  await ask()
  const going = async () => (await towns.at((tx) => openReport(tx, id), office))!.outgoing
  const [first] = await going()
  const box = async () =>
    (await towns.at((tx) => mailbox(tx, code)))!.messages.map(({ text, language }) => [language, text])
  const send = (version: number, of = first!.id) => towns.at((tx) => sendTranslated(tx, id, of, version), office)
  expect(await towns.at((tx) => openText(tx, first!.id), interpreter)).toMatchObject({
    source: german,
    direction: 'out',
  })
  expect(await towns.at((tx) => openReport(tx, id), interpreter)).toBeUndefined()
  expect(await send(1)).toBe(false)
  await towns.at((tx) => writeTranslation(tx, first!.id, 'Yarın sizi ararız.', 1), interpreter)
  expect(await towns.at((tx) => takeTranslation(tx, first!.id), program)).toBe(id)
  expect(await listed(id)).not.toMatchObject({ translated: 'done' })
  expect(await box()).toEqual([])
  expect(await send(1)).toBe(false)
  expect(await send(2)).toBe(true)
  expect(await box()).toEqual([['tr', 'Yarın sizi ararız.']])
  expect((await going())[0]).toMatchObject({ source: german, text: 'Yarın sizi ararız.', message: expect.any(String) })
  expect(await towns.at((tx) => openText(tx, first!.id), interpreter)).toBeUndefined()
  await expect(send(2)).rejects.toThrow()
  await ask('Doch nicht.')
  const second = (await going())[1]!.id
  await towns.at((tx) => dropOutgoing(tx, id, second), office)
  expect([(await going()).length, (await box()).length]).toEqual([1, 1])
  // The report's own translation is another matter.
  await towns.at((tx) => askInterpreter(tx, { report: id }, interpreter.id), office)
  expect((await towns.at((tx) => openReport(tx, id), office))!.translations).toMatchObject([{ message: undefined }])
  await towns.at((tx) => bar(tx, id, [interpreter.id]), program)
  await expect(ask()).rejects.toThrow('not allowed')
})
