import { afterAll, beforeAll, expect, test } from 'vitest'
import { berlinDay } from '#platform/kernel/index.ts'
import type { Who } from '#platform/tenancy/index.ts'
import { openedForAssessment } from '#tests/support/case.ts'
import { foundTowns, type Towns } from '#tests/support/town.ts'
import { programOver, Visitor } from '#tests/support/web.ts'
import { openedCase } from '../../queries.ts'
import { agreements, askedOf, commitmentsOf, publicCommitments } from '../queries.ts'
import { draftAgreement, signAgreement } from './agreement.ts'
import { answerLooks, askedClauses, askedFor, askParty } from './ask.ts'
import { publishClause, settleCommitment } from './commitment.ts'

let towns: Towns
let office: Who
let stranger: Who
beforeAll(async () => {
  towns = await foundTowns(new Date('2026-11-23T13:37:42Z'))
  office = { ...((await towns.appoint('coordination')) as Extract<Who, { kind: 'person' }>), reach: ['cases'] }
  stranger = { ...((await towns.appoint('handler')) as Extract<Who, { kind: 'person' }>), reach: ['own'] }
})
afterAll(() => towns.end())

const asProgram: Who = { kind: 'program', name: 'looks' }
const clauses = [
  { who: 'Sportverein', what: 'Tore zu ab 20 Uhr', dueOn: '2026-12-01' },
  { who: 'Stadt', what: 'Licht am Weg', tell: 'allen' },
]

/** A case with a signed agreement; its id and the ids of its clauses. */
const signed = () =>
  towns.at(async (tx) => {
    const id = await openedForAssessment(tx, 'Streit am Sportplatz')
    await draftAgreement(tx, id, clauses, 0)
    await signAgreement(tx, id, { signedOn: berlinDay(tx.now) })
    const { contentKey } = (await openedCase(tx, id))!
    const [agreement] = await agreements(tx, id, contentKey)
    return { id, contentKey, clauses: agreement!.clauses.map((clause) => clause.id) }
  }, office)

test('a clause is public in words of its own until it is taken back, and leads nobody to the case', async () => {
  const { id, clauses: ids } = await signed()
  const publish = (who: Who) =>
    towns.at(
      (tx) => publishClause(tx, id, { clause: ids[1]!, who: 'Die Stadt', what: 'Mehr Licht', agreedOn: '2026-11-20' }),
      who,
    )
  await expect(publish(stranger)).rejects.toThrow('not allowed')
  await publish(office)
  const seen = await towns.at(publicCommitments)
  expect(seen.running).toEqual([
    { who: 'Die Stadt', what: 'Mehr Licht', dueOn: null, state: 'open', stateOn: '2026-11-23' },
  ])
  const [one] = await towns.at((tx) => commitmentsOf(tx, id), office)
  const settle = (state: 'kept' | 'withdrawn') =>
    towns.at((tx) => settleCommitment(tx, id, { commitment: one!.id, state }), office)
  await settle('kept')
  expect(await towns.at(publicCommitments)).toMatchObject({ running: [], over: [{ state: 'kept' }] })
  await settle('withdrawn')
  expect(await towns.at(publicCommitments)).toEqual({ running: [], over: [] })
  await expect(settle('kept')).rejects.toThrow('not allowed')
})

test('a clause of another case cannot be published through this one', async () => {
  const [one, other] = [await signed(), await signed()]
  const said = { clause: other.clauses[0]!, who: 'Verein', what: 'Tore zu', agreedOn: '2026-11-20' }
  await expect(towns.at((tx) => publishClause(tx, one.id, said), office)).rejects.toThrow('not allowed')
})

test('a party answers once, clause by clause; used, late and invented links are one and the same', async () => {
  const { id, contentKey, clauses: ids } = await signed()
  const ask = () => towns.at((tx) => askParty(tx, id, 'Anwohnerschaft'), office)
  const [token, late] = [await ask(), await ask()]
  const asked = (of: string) => towns.at((tx) => askedClauses(tx, of, 'de'), asProgram)
  expect((await asked(token))?.clauses).toMatchObject([{ who: 'Sportverein', dueOn: '2026-12-01' }, { who: 'Stadt' }])
  expect(await towns.at((tx) => askedClauses(tx, token, 'de'))).toBeUndefined()
  const answers = [
    { clause: ids[0]!, holding: 'yes' as const },
    { clause: ids[1]!, holding: 'no' as const, note: 'Es ist noch dunkel.' },
  ]
  const answer = (of: string) => towns.at((tx) => answerLooks(tx, of, answers), asProgram)
  expect([await answer(token), await answer(token), await answer('erfunden')]).toEqual([true, false, false])
  towns.clock.now = new Date(towns.clock.now.getTime() + (askedFor + 1) * 86_400_000)
  expect(await answer(late)).toBe(false)
  const told = await towns.at((tx) => askedOf(tx, id, contentKey), office)
  expect(told.map(({ usedOn, answers: said }) => [usedOn, said.length]).toSorted()).toEqual(
    [
      ['2026-11-23', 2],
      [null, 0],
    ].toSorted(),
  )
  expect(told.flatMap(({ answers: said }) => said.map(({ note }) => note))).toContain('Es ist noch dunkel.')

  const visitor = new Visitor(towns, programOver(towns))
  const pages = await Promise.all(
    [token, late, 'erfunden'].map(async (of) => {
      const { status, text } = await visitor.get(`/lindenau/nachfrage/${of}`)
      return [status, text.replaceAll(of, '…').replaceAll(/value="[^"]*"/g, '')]
    }),
  )
  expect(pages[0]![0]).toBe(200)
  expect(pages[1]).toEqual(pages[0])
  expect(pages[2]).toEqual(pages[0])
})

test('opening the page changes nothing; half an answer is asked for again with all that was typed', async () => {
  const { id, clauses: ids } = await signed()
  const token = await towns.at((tx) => askParty(tx, id, 'Verein'), office)
  const visitor = new Visitor(towns, programOver(towns))
  const at = `/lindenau/nachfrage/${token}`
  await visitor.get(at)
  const half = await visitor.post(at, { [`holding-${ids[0]}`]: 'partly', [`note-${ids[1]}`]: 'noch zu früh' })
  expect(half.status).toBe(422)
  expect(half.text).toContain('noch zu früh')
  const whole = await visitor.post(at, { [`holding-${ids[0]}`]: 'partly', [`holding-${ids[1]}`]: 'unknown' })
  expect(whole.text).toContain('Ihre Antworten sind angekommen')
})
