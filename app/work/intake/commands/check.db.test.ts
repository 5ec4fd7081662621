import { afterAll, beforeAll, expect, test } from 'vitest'
import { bar, grant } from '#platform/access/index.ts'
import type { Who } from '#platform/tenancy/index.ts'
import { openedForAssessment } from '#tests/support/case.ts'
import { foundTowns, program, type Towns } from '#tests/support/town.ts'
import { placesOf, type Mark } from '../passages.ts'
import { mailbox, openReport } from '../queries.ts'
import { openForChecking } from '../queries/checking.ts'
import { demandSheet, findContacts, openContacts } from '../queries/contacts.ts'
import { findReports, inbox } from '../queries/lists.ts'
import { newReport } from '../schema.ts'
import { answerReporter, writeToOffice } from './answer.ts'
import { acceptCheck, acceptIfChecked, checkText, undoCheck } from './check.ts'
import { addContact, changeContact, removeContact } from './contacts.ts'
import { makeFindable } from './find.ts'
import { receiveReport } from './receive.ts'

type Person = Extract<Who, { kind: 'person' }>
let towns: Towns
let checker: Person
let reader: Person
beforeAll(async () => {
  towns = await foundTowns()
  checker = { ...((await towns.appoint('coordination')) as Person), reach: ['own', 'reports', 'originals', 'contacts'] }
  reader = { ...((await towns.appoint('coordination')) as Person), reach: ['own', 'reports'] }
})
afterAll(() => towns.end())

const signs = { black: '[geschwärzt]', contact: '[auf dem Kontaktblatt]' }
const told = 'Frau Quittenbaum schreit jeden Abend im Hof.'
const name = 'Frau Quittenbaum'

async function report(): Promise<string> {
  const { id } = await towns.at((tx) => receiveReport(tx, newReport.parse({ observed: told })))
  await towns.at((tx) => makeFindable(tx, id), program)
  return id
}
const marks = (what: Mark['what']): Mark[] =>
  placesOf(told, name).map((place) => ({
    part: 'observed',
    ...place,
    what,
    ...(what === 'role' ? { role: 'Nachbarin A' } : {}),
  }))
const check = (id: string, what: Mark['what'], version = 1) =>
  towns.at((tx) => checkText(tx, { report: id }, { version, marks: marks(what), signs }), checker)
const found = async (words: string) => (await towns.at((tx) => findReports(tx, words), reader)).map(({ id }) => id)
const keysOf = (id: string, kind: string) =>
  towns.at(
    (tx) =>
      tx.db
        .selectFrom('platform.record_key')
        .select('destroy_on')
        .where('record_id', '=', id)
        .where('class', '=', kind)
        .execute(),
    program,
  )

test('the checked text is what everybody reads, lists and searches; the original lies apart for seven days', async () => {
  const id = await report()
  expect(await found('Quittenbaum')).toContain(id)
  await check(id, 'role')
  const read = await towns.at((tx) => openReport(tx, id), reader)
  expect(read?.observed).toBe('Nachbarin A schreit jeden Abend im Hof.')
  const listed = (await towns.at((tx) => inbox(tx, {}), reader)).rows.find((row) => row.id === id)
  expect(listed?.headline).toBe(read?.observed)
  expect(await found('Quittenbaum')).not.toContain(id)
  expect(await found('Nachbarin')).toContain(id)
  expect(await keysOf(id, 'original')).toEqual([{ destroy_on: '2026-11-30' }])
})

test('only who may check opens the original, and that is recorded', async () => {
  const id = await report()
  await check(id, 'black')
  const seen = (who: Who) => towns.at((tx) => openForChecking(tx, { report: id }), who)
  expect((await seen(checker)).original.observed).toBe(told)
  expect((await seen(reader)).original.observed).not.toContain(name)
  await towns.at((tx) => bar(tx, id, [checker.id]), program)
  await expect(seen(checker)).rejects.toThrow()
  const entries = await towns.at(
    (tx) => tx.db.selectFrom('platform.audit_entry').select('verb').where('thing', '=', `report:${id}`).execute(),
    program,
  )
  expect(entries.map(({ verb }) => verb)).toEqual(expect.arrayContaining(['checked', 'original-opened']))
})

test('taken back until accepted: text, search and sheet are as before; afterwards the original is gone', async () => {
  const id = await report()
  await check(id, 'contact')
  expect((await towns.at((tx) => openContacts(tx, { report: id }), checker)).map(({ note }) => note)).toEqual([name])
  await towns.at((tx) => undoCheck(tx, { report: id }), checker)
  expect((await towns.at((tx) => openReport(tx, id), reader))?.observed).toBe(told)
  expect(await towns.at((tx) => openContacts(tx, { report: id }), checker)).toEqual([])
  expect(await found('Quittenbaum')).toContain(id)
  await check(id, 'black', 3)
  await towns.at((tx) => acceptCheck(tx, { report: id }), checker)
  const after = await towns.at((tx) => openForChecking(tx, { report: id }), checker)
  expect([after.checked, after.original.observed]).toEqual(['accepted', '[geschwärzt] schreit jeden Abend im Hof.'])
  await expect(towns.at((tx) => undoCheck(tx, { report: id }), checker)).rejects.toThrow()
  await expect(check(id, 'black', 5)).rejects.toThrow()
  expect((await keysOf(id, 'original')).every(({ destroy_on }) => destroy_on === '2026-11-23')).toBe(true)
})

test('checking again begins from the original and replaces what was moved before', async () => {
  const id = await report()
  await check(id, 'contact')
  await check(id, 'role', 2)
  expect((await towns.at((tx) => openReport(tx, id), reader))?.observed).toMatch(/^Nachbarin A/)
  expect(await towns.at((tx) => openContacts(tx, { report: id }), checker)).toEqual([])
  await expect(check(id, 'black', 2)).rejects.toThrow()
})

test('a sheet is found by exact name or number, changed and emptied; without the right there is none', async () => {
  const id = await report()
  const anna = { name: 'Anna Quittenbaum', ways: '0170 1234567' }
  const entry = await towns.at((tx) => addContact(tx, id, anna), checker)
  const search = async (asked: string, who: Who) => (await towns.at((tx) => findContacts(tx, asked), who)).length
  expect([await search('Quittenbaum, Anna', checker), await search('+49 170 1234567', checker)]).toEqual([1, 1])
  expect([await search('Quittenbaum', checker), await search('Anna Quittenbaum', reader)]).toEqual([0, 0])
  expect(await towns.at((tx) => openContacts(tx, { report: id }), reader)).toEqual([])
  await towns.at((tx) => changeContact(tx, entry, { name: 'Berta Apfel' }, 1), checker)
  expect([await search('Anna Quittenbaum', checker), await search('berta apfel', checker)]).toEqual([0, 1])
  await expect(towns.at((tx) => changeContact(tx, entry, anna, 1), checker)).rejects.toThrow()
  await towns.at((tx) => removeContact(tx, entry), checker)
  expect(await search('Berta Apfel', checker)).toBe(0)
})

test('in a Register ohne Personen nobody is written down and nothing is moved', async () => {
  const at = <T>(work: Parameters<typeof towns.at<T>>[0], who: Who = { kind: 'public' }) =>
    towns.tenants.inTenant({ municipality: towns.county, who }, work)
  const { id } = await at((tx) => receiveReport(tx, newReport.parse({ observed: told })))
  await expect(at((tx) => addContact(tx, id, { name: 'Anna' }), program)).rejects.toThrow()
  await expect(
    at((tx) => checkText(tx, { report: id }, { version: 1, marks: marks('contact'), signs }), checker),
  ).rejects.toThrow()
})

test('the sheet goes with the report into its case, where a handler with a grant finds it', async () => {
  const id = await report()
  const caseId = crypto.randomUUID()
  await towns.at((tx) => addContact(tx, id, { name: 'Carla Birne' }), checker)
  await towns.at(
    (tx) => tx.db.updateTable('intake.report').set({ case_id: caseId }).where('id', '=', id).execute(),
    reader,
  )
  const handler: Person = { ...((await towns.appoint('handler')) as Person), reach: ['own', 'contacts'] }
  const names = async () => (await towns.at((tx) => openContacts(tx, { case: caseId }), handler)).map((one) => one.name)
  expect(await names()).toEqual([])
  await towns.at(
    (tx) =>
      tx.db
        .insertInto('access.grant')
        .values({
          record_id: caseId,
          person_id: handler.id,
          role: 'handler',
          from_on: '2020-01-01',
          until_on: null,
          given_by: checker.id,
        })
        .execute(),
    program,
  )
  expect(await names()).toEqual(['Carla Birne'])
})

test('whoever is shown an extract of a case has no sheet of it', async () => {
  const opener: Person = { ...checker, reach: ['own', 'cases'] }
  const id = await towns.at((tx) => openedForAssessment(tx), opener)
  const handler: Person = { ...((await towns.appoint('handler')) as Person), reach: ['own', 'contacts'] }
  const sheetAs = async (role: string) => {
    await towns.at((tx) => grant(tx, { record: id, person: handler.id, role }), opener)
    return towns.at((tx) => demandSheet(tx, { case: id }), handler)
  }
  await expect(sheetAs('extract')).rejects.toThrow('contact sheet')
  await sheetAs('lead')
})

test('a later message is checked like the report: what was taken out is read by nobody, and the report is left alone', async () => {
  const { id, code } = await towns.at((tx) => receiveReport(tx, newReport.parse({ observed: told })))
  const said = 'Auch Frau Quittenbaum war dabei. Es war gegen neun.'
  expect(await towns.at((tx) => writeToOffice(tx, code, said))).toBe(true)
  const messageIn = async () => (await towns.at((tx) => openReport(tx, id), reader))!.messages[0]!
  const message = (await messageIn()).id
  const which = { report: id, message }
  const sheet = async () => (await towns.at((tx) => openContacts(tx, { report: id }), checker)).map(({ note }) => note)
  await check(id, 'contact')
  const contact = placesOf(said, name).map((place) => ({
    part: 'message' as const,
    ...place,
    what: 'contact' as const,
  }))
  await towns.at((tx) => checkText(tx, which, { version: 1, marks: contact, signs }), checker)
  expect(await messageIn()).toMatchObject({
    text: `Auch ${signs.contact} war dabei. Es war gegen neun.`,
    checked: 'done',
  })
  expect((await towns.at((tx) => mailbox(tx, code)))?.messages[0]?.text).not.toContain('Quittenbaum')
  expect(await sheet()).toEqual([name, name])
  expect(await keysOf(id, 'original')).toHaveLength(2)
  const opened = await towns.at((tx) => openForChecking(tx, which), checker)
  expect([opened.original.message, opened.marks]).toEqual([said, contact])
  await expect(towns.at((tx) => checkText(tx, which, { version: 1, marks: [], signs }), checker)).rejects.toThrow()
  await towns.at((tx) => undoCheck(tx, which), checker)
  expect(await messageIn()).toMatchObject({ text: said, checked: null })
  expect(await sheet()).toEqual([name])
  await towns.at((tx) => checkText(tx, which, { version: 3, marks: contact, signs }), checker)
  await towns.at((tx) => acceptIfChecked(tx, id), checker)
  expect((await messageIn()).checked).toBe('accepted')
  const after = await towns.at((tx) => openForChecking(tx, which), checker)
  expect([after.original.message, after.checked]).toEqual([
    `Auch ${signs.contact} war dabei. Es war gegen neun.`,
    'accepted',
  ])
  await towns.at((tx) => answerReporter(tx, id, 'Danke.'), reader)
  const answer = (await towns.at((tx) => openReport(tx, id), reader))!.messages[1]!.id
  await expect(towns.at((tx) => openForChecking(tx, { report: id, message: answer }), checker)).rejects.toThrow()
})
