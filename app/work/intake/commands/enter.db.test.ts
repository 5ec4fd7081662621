import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Who } from '#platform/tenancy/index.ts'
import { foundTowns, program, type Towns } from '#tests/support/town.ts'
import { mailbox, openReport } from '../queries.ts'
import { ownReports } from '../queries/lists.ts'
import { entry } from '../schema.ts'
import { forgetCards, makeCards } from './cards.ts'
import { enterReport, NoSuchCard, reportOfMail } from './enter.ts'

type Staff = Extract<Who, { kind: 'person' }>
let towns: Towns
let miriam: Staff
let partner: Staff
beforeAll(async () => {
  towns = await foundTowns()
  miriam = (await towns.appoint('coordination')) as Staff
  partner = { ...((await towns.appoint('partner')) as Staff), reach: ['own'] }
})
afterAll(() => towns.end())

const enter = (values: object, who: Staff = miriam) =>
  towns.at((tx) => enterReport(tx, ['coordination'], entry.parse({ observed: 'Streit im Hof', ...values })), who)
const ids = async () =>
  (await towns.at((tx) => tx.db.selectFrom('intake.report').select('id').execute(), program)).length

test('the same mail is taken once; what it quotes only when wanted; nothing of its id is readable', async () => {
  const mail = {
    channel: 'mail',
    messageId: '<one@example.invalid>',
    quoted: '> Frau X',
    onBehalf: 'für die Klasse 4b',
  }
  const { id } = await enter(mail)
  const opened = await towns.at((tx) => openReport(tx, id), miriam)
  expect(opened).toMatchObject({ observed: 'Streit im Hof', extras: { onBehalf: 'für die Klasse 4b' } })
  expect(await towns.at((tx) => reportOfMail(tx, mail.messageId), miriam)).toEqual({ taken: true, report: id })
  expect(await towns.at((tx) => reportOfMail(tx, mail.messageId), partner)).toEqual({ taken: true, report: undefined })
  const before = await ids()
  await expect(enter(mail)).rejects.toMatchObject({ constraint: 'received_mail_pkey' })
  expect(await ids()).toBe(before)
  const other = await enter({ ...mail, messageId: '<two@example.invalid>', withQuoted: 'yes' })
  expect((await towns.at((tx) => openReport(tx, other.id), miriam))?.observed).toBe('Streit im Hof\n\n> Frau X')
  const rows = await towns.at((tx) => tx.db.selectFrom('intake.received_mail').selectAll().execute(), program)
  expect(rows.map(({ message }) => message.toString('latin1')).join()).not.toContain('example')
})

test('a card’s code becomes the report’s, once, until its day; what is no card leaves nothing behind', async () => {
  const { codes, until } = await towns.at((tx) => makeCards(tx, 3), miriam)
  expect(new Set(codes).size).toBe(3)
  expect(await towns.at((tx) => mailbox(tx, codes[0]!))).toBeUndefined()
  const { id, code } = await enter({ card: codes[0]!.replaceAll(/(\d{6})/g, '$1 ') }, partner)
  expect(code).toBe(codes[0])
  expect((await towns.at((tx) => mailbox(tx, codes[0]!)))?.id).toBe(id)
  const before = await ids()
  for (const wrong of [codes[0]!, '000000000000000000', 'keine Karte'])
    await expect(enter({ card: wrong })).rejects.toThrow(NoSuchCard)
  expect(await ids()).toBe(before)

  towns.clock.now = new Date(Date.parse(until) + 2 * 86_400_000)
  await expect(enter({ card: codes[1]! })).rejects.toThrow(NoSuchCard)
  await towns.at(forgetCards, program)
  expect(await towns.at((tx) => tx.db.selectFrom('intake.card').selectAll().execute(), program)).toEqual([])
})

test('a partner office sees what it wrote down itself, in every state, and nothing else', async () => {
  const before = await towns.at((tx) => ownReports(tx, partner.id), partner)
  const { id } = await enter({ advice: 'Zuerst selbst klingeln.' }, { ...partner, reach: ['own'] })
  await enter({ observed: 'Von der Koordination' })
  const mine = await towns.at((tx) => ownReports(tx, partner.id), partner)
  expect(mine.map((row) => row.id).toSorted()).toEqual([id, ...before.map((row) => row.id)].toSorted())
  expect(await towns.at((tx) => ownReports(tx, miriam.id), partner)).toEqual([])
})
