import { afterAll, beforeAll, expect, test } from 'vitest'
import { bar } from '#platform/access/index.ts'
import type { Who } from '#platform/tenancy/index.ts'
import { foundTowns, program, type Towns } from '#tests/support/town.ts'
import { modelInForce, stepOfKind } from '#work/model/index.ts'
import { mailbox } from '../queries.ts'
import { inbox, pileOf } from '../queries/lists.ts'
import { newReport } from '../schema.ts'
import { decide } from './decide.ts'
import { foldOntoPile } from './pile.ts'
import { receiveReport } from './receive.ts'

let towns: Towns
let miriam: Extract<Who, { kind: 'person' }>
let kept: typeof miriam
beforeAll(async () => {
  towns = await foundTowns()
  miriam = (await towns.appoint('coordination')) as typeof miriam
  kept = (await towns.appoint('coordination')) as typeof miriam
})
afterAll(() => towns.end())

const text = (who: string) =>
  `Die neue Unterkunft in der Parkstraße darf nicht kommen, das sagen alle hier im Viertel seit Wochen, ${who}.`
async function flood(count: number) {
  const reports = []
  for (let i = 0; i < count; i += 1) {
    const report = await towns.at((tx) => receiveReport(tx, newReport.parse({ observed: text(`Nummer ${i}`) })))
    await towns.at((tx) => foldOntoPile(tx, report.id), program)
    reports.push(report)
  }
  return reports
}
const rows = (who: Who) => towns.at(async (tx) => (await inbox(tx, {})).rows, who)

test('look-alikes are one line, and one answer empties the pile: each mailbox gets a message of its own', async () => {
  const reports = await flood(5)
  const line = (await rows(miriam)).filter(({ headline }) => headline.includes('Unterkunft'))
  expect(line.map(({ piled }) => piled)).toEqual([5])
  expect((await towns.at((tx) => pileOf(tx, line[0]!.id), miriam)).rows).toHaveLength(5)

  // Whoever must not read the first of them sees a pile of four, and no trace of a fifth.
  await towns.at((tx) => bar(tx, line[0]!.id, [kept.id]), program)
  const hers = (await rows(kept)).filter(({ headline }) => headline.includes('Unterkunft'))
  expect(hers.map(({ piled }) => piled)).toEqual([4])
  expect(hers[0]?.id).not.toBe(line[0]!.id)

  const to = await towns.at(async (tx) => stepOfKind(await modelInForce(tx), 'advise').id, program)
  const decision = { to, version: 1, answer: 'Am Montag ist Fragestunde im Rathaus.', pile: true }
  await towns.at((tx) => decide(tx, ['coordination'], line[0]!.id, decision), miriam)
  for (const { code } of reports) {
    const box = await towns.at((tx) => mailbox(tx, code))
    expect(box?.messages.map((message) => message.text)).toEqual(['Am Montag ist Fragestunde im Rathaus.'])
    expect(box?.stepKind).toBe('closed')
  }
  const messages = await towns.at((tx) => tx.db.selectFrom('intake.message').select('id').execute(), program)
  expect(new Set(messages.map(({ id }) => id)).size).toBe(5)
  expect((await rows(miriam)).filter(({ headline }) => headline.includes('Unterkunft'))).toEqual([])
})

test('without the tick only one of them is decided, the next stands for the rest', async () => {
  await flood(3)
  const [line] = await rows(miriam)
  const to = await towns.at(async (tx) => stepOfKind(await modelInForce(tx), 'advise').id, program)
  await towns.at((tx) => decide(tx, ['coordination'], line!.id, { to, version: 1, answer: 'Danke.' }), miriam)
  const [left] = await rows(miriam)
  expect(left?.id).not.toBe(line!.id)
  expect(left?.piled).toBe(2)
})
