import { afterAll, beforeAll, expect, test } from 'vitest'
import { bar } from '#platform/access/index.ts'
import type { Who } from '#platform/tenancy/index.ts'
import { foundTowns, program, type Towns } from '#tests/support/town.ts'
import { modelInForce, stepOfKind } from '#work/model/index.ts'
import { mailbox, openReport } from '../queries.ts'
import { inbox } from '../queries/lists.ts'
import { recallsToTell } from '../queries/referrals.ts'
import { openProposals } from '../queries/second.ts'
import { letterOf, type Basis, type ReferralPart } from '../referral.ts'
import { newReport } from '../schema.ts'
import { decide } from './decide.ts'
import { noteRecallTold, recallByOffice, recallInMailbox } from './recall.ts'
import { answerConsent, prepareReferral, withdrawReferral } from './refer.ts'
import { receiveReport } from './receive.ts'
import { answerSecond, applySecond } from './second.ts'

type Person = Extract<Who, { kind: 'person' }>
let towns: Towns
let katrin: Person
let markus: Person
let office: Person
beforeAll(async () => {
  towns = await foundTowns()
  office = { ...((await towns.appoint('coordination')) as Person), reach: ['own', 'reports'] }
  katrin = await inCounty('coordination', ['own', 'reports', 'second'])
  markus = await inCounty('substitute', ['own', 'second'])
})
afterAll(() => towns.end())

const county = <T>(work: Parameters<typeof towns.at<T>>[0], who: Who = program) =>
  towns.tenants.inTenant({ municipality: towns.county, who }, work)

const inCounty = (role: string, reach: string[], area: string | null = null): Promise<Person> =>
  county(async (tx) => {
    const id = crypto.randomUUID()
    await tx.db.insertInto('auth.person').values({ id, name: role, mail: null }).execute()
    await tx.db
      .insertInto('auth.appointment')
      .values({ id: crypto.randomUUID(), person_id: id, role, area, from_on: '2026-01-01' })
      .execute()
    return { kind: 'person', id, reach }
  })

const wordsOf = { observed: 'Streit am Zaun', contact: 'Anna Quittenbaum, 0170 1234567', anonymity: 'office' as const }
const at = (city: boolean) => (city ? towns.at : county)

async function prepared(basis: Basis, parts: ReferralPart[], where = { city: true, who: office }, to = 'order-office') {
  const run = at(where.city)
  const received = await run((tx) => receiveReport(tx, newReport.parse(wordsOf)), { kind: 'public' })
  const asked = { office: to, basis, parts, purpose: 'Prüfung vor Ort', ground: '§ 8a SGB VIII' }
  const referral = await run(async (tx) => {
    const report = await openReport(tx, received.id)
    return prepareReferral(tx, received.id, asked, letterOf(asked, report!, await modelInForce(tx)))
  }, where.who)
  return { ...received, referral, run }
}
type Prepared = Awaited<ReturnType<typeof prepared>>

const hand = ({ id, referral, run }: Prepared, who: Person, roles: string[], more: object = {}) =>
  run(async (tx) => {
    const to = stepOfKind(await modelInForce(tx), 'refer').id
    return decide(tx, roles, id, { to, version: 1, referral, because: 'better-placed', ...more })
  }, who)
const stateOf = ({ id, run }: Prepared) =>
  run((tx) => tx.db.selectFrom('intake.referral').select('state').where('report_id', '=', id).execute(), program)

test('contact data wait for the yes in the mailbox; then the letter goes as it was shown', async () => {
  const one = await prepared('consent', ['observed', 'contact'])
  await expect(hand(one, office, ['coordination'])).rejects.toThrow()
  const box = await towns.at((tx) => mailbox(tx, one.code))
  expect(box?.referral?.letter.parts.map(({ text }) => text)).toEqual([wordsOf.observed, wordsOf.contact])
  expect(await towns.at((tx) => answerConsent(tx, one.code, true))).toBe(true)
  expect(await hand(one, office, ['coordination'])).toEqual({ missing: [], caseId: undefined })
  const report = await towns.at((tx) => openReport(tx, one.id), office)
  expect([report?.stepKind, report?.referrals[0]?.state]).toEqual(['closed', 'handed'])
  expect(report?.messages.at(-1)?.text).toContain('Eine andere Stelle')
  expect(await towns.at((tx) => answerConsent(tx, one.code, false))).toBe(false)
})

test('a no ends it, and a yes can be taken back until it was handed over', async () => {
  const refused = await prepared('consent', ['contact'])
  await towns.at((tx) => answerConsent(tx, refused.code, false))
  await expect(hand(refused, office, ['coordination'])).rejects.toThrow()
  const regretted = await prepared('consent', ['contact'])
  await towns.at((tx) => answerConsent(tx, regretted.code, true))
  await towns.at((tx) => answerConsent(tx, regretted.code, false))
  expect(await stateOf(regretted)).toEqual([{ state: 'refused' }])
  await expect(hand(regretted, office, ['coordination'])).rejects.toThrow()
  const back = await prepared('consent', ['contact'])
  await towns.at((tx) => withdrawReferral(tx, back.id), office)
  expect(await towns.at((tx) => answerConsent(tx, back.code, true))).toBe(false)
})

test('referring without saying what goes where, or without a reason, says what is missing', async () => {
  const one = await prepared('no-person', ['observed'])
  const missing = (done: { missing: { message: string }[] }) => done.missing.map(({ message }) => message)
  expect(missing(await hand(one, office, ['coordination'], { referral: undefined }))).toEqual(['missing.referral'])
  expect(missing(await hand(one, office, ['coordination'], { because: undefined, answer: 'Nein' }))).toEqual([
    'missing.because',
  ])
})

test('in the county handing over waits for the second person, who sees question and reason only', async () => {
  const where = { city: false, who: katrin }
  const one = await prepared('law', ['observed'], where)
  const asked = { secondReason: 'Das Ordnungsamt ist zuständig.' }
  expect((await hand(one, katrin, ['coordination'])).missing.map(({ field }) => field)).toEqual(['secondReason'])
  expect(await hand(one, katrin, ['coordination'], asked)).toEqual({ missing: [], waits: true })
  expect(await stateOf(one)).toEqual([{ state: 'waits' }])
  await expect(hand(one, katrin, ['coordination'], asked)).rejects.toThrow()
  expect(await county((tx) => openProposals(tx, ['coordination']), katrin)).toEqual([])
  const [question] = await county((tx) => openProposals(tx, ['substitute']), markus)
  expect(question).toMatchObject({ reason: asked.secondReason, effect: 'waits' })
  expect(await county((tx) => openReport(tx, one.id), markus)).toBeUndefined()
  await county((tx) => answerSecond(tx, ['substitute'], question!.id, true), markus)
  await county((tx) => applySecond(tx, question!.id), program)
  expect(await stateOf(one)).toEqual([{ state: 'handed' }])
})

test('without her agreement it lies ready as before; whoever is kept from the report is not asked', async () => {
  const where = { city: false, who: katrin }
  const one = await prepared('law', ['observed'], where)
  await hand(one, katrin, ['coordination'], { secondReason: 'Zuständigkeit' })
  const [question] = await county((tx) => openProposals(tx, ['substitute']), markus)
  await county((tx) => answerSecond(tx, ['substitute'], question!.id, false), markus)
  await county((tx) => applySecond(tx, question!.id), program)
  expect(await stateOf(one)).toEqual([{ state: 'agreed' }])
  await county((tx) => bar(tx, one.id, [markus.id]), program)
  await hand(one, katrin, ['coordination'], { secondReason: 'Noch einmal' })
  expect(await county((tx) => openProposals(tx, ['substitute']), markus)).toEqual([])
})

test('a yes is taken back while the second person is asked: the question is gone, and an answer on its way does nothing', async () => {
  const one = await prepared('consent', ['observed'], { city: false, who: katrin })
  await county((tx) => answerConsent(tx, one.code, true))
  await hand(one, katrin, ['coordination'], { secondReason: 'Zuständigkeit' })
  const [question] = await county((tx) => openProposals(tx, ['substitute']), markus)
  await county((tx) => answerSecond(tx, ['substitute'], question!.id, true), markus)
  expect(await county((tx) => answerConsent(tx, one.code, false))).toBe(true)
  await county((tx) => applySecond(tx, question!.id), program)
  expect(await stateOf(one)).toEqual([{ state: 'refused' }])

  const other = await prepared('consent', ['observed'], { city: false, who: katrin })
  await county((tx) => answerConsent(tx, other.code, true))
  await hand(other, katrin, ['coordination'], { secondReason: 'Noch eine' })
  await county((tx) => answerConsent(tx, other.code, false))
  expect(await county((tx) => openProposals(tx, ['substitute']), markus)).toEqual([])
})

test('a yes taken back afterwards ends the view of the other office, and that office is told; a law needs no yes', async () => {
  const steinwehr = await inCounty('town', ['own'], 'steinwehr')
  const one = await prepared('consent', ['observed'], { city: false, who: katrin }, 'town-steinwehr')
  await county((tx) => answerConsent(tx, one.code, true))
  await hand(one, katrin, ['coordination'], { secondReason: 'Zuständigkeit' })
  const [question] = await county((tx) => openProposals(tx, ['substitute']), markus)
  await county((tx) => answerSecond(tx, ['substitute'], question!.id, true), markus)
  await county((tx) => applySecond(tx, question!.id), program)
  const sees = async () => (await county((tx) => openReport(tx, one.id), steinwehr)) !== undefined
  expect(await sees()).toBe(true)
  expect(await county((tx) => recallInMailbox(tx, one.code, one.referral))).toBe(true)
  expect(await sees()).toBe(false)
  expect(await county((tx) => recallInMailbox(tx, one.code, one.referral))).toBe(false)
  expect(await county((tx) => recallsToTell(tx), katrin)).toMatchObject([{ report: one.id }])
  await county((tx) => noteRecallTold(tx, one.id, one.referral), katrin)
  expect(await county((tx) => recallsToTell(tx), katrin)).toEqual([])
  const box = await county((tx) => mailbox(tx, one.code))
  expect(box?.given).toMatchObject([{ state: 'recalled', recallToldOn: expect.any(String) }])

  const byLaw = await prepared('law', ['observed'])
  await hand(byLaw, office, ['coordination'])
  expect(await towns.at((tx) => recallInMailbox(tx, byLaw.code, byLaw.referral))).toBe(false)
  await expect(towns.at((tx) => recallByOffice(tx, byLaw.id, byLaw.referral), office)).rejects.toThrow()
})

test('the town hall that whoever reported chose reads this report, and no other town hall does', async () => {
  const steinwehr = await inCounty('town', ['own'], 'steinwehr')
  const auenbrueck = await inCounty('town', ['own'], 'auenbrueck')
  const report = newReport.parse({ observed: 'Filmen vor der Unterkunft', area: 'steinwehr', office: 'town-steinwehr' })
  const { id } = await county((tx) => receiveReport(tx, report), { kind: 'public' })
  const sees = async (who: Who) => (await county((tx) => inbox(tx, {}), who)).rows.map((row) => row.id)
  expect(await sees(steinwehr)).toEqual([id])
  expect(await sees(auenbrueck)).toEqual([])
  await county(
    (tx) =>
      tx.db
        .updateTable('auth.appointment')
        .set({ until_on: '2026-01-02' })
        .where('person_id', '=', steinwehr.id)
        .execute(),
    program,
  )
  expect(await sees(steinwehr)).toEqual([])
})
