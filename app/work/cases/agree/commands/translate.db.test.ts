import { afterAll, beforeAll, expect, test } from 'vitest'
import { grant } from '#platform/access/index.ts'
import { berlinDay } from '#platform/kernel/index.ts'
import type { TenantTx, Who } from '#platform/tenancy/index.ts'
import { openedForAssessment } from '#tests/support/case.ts'
import { foundTowns, type Towns } from '#tests/support/town.ts'
import { openedCase } from '../../queries.ts'
import { caseRecord } from '../../record/queries.ts'
import { agreements, translationMark } from '../queries.ts'
import { inAnother, missing, type Sent } from '../translated.ts'
import { discardDraft, draftAgreement, signAgreement } from './agreement.ts'
import { askedClauses, askParty } from './ask.ts'
import { translateAgreement } from './translate.ts'

let towns: Towns
let office: Who
beforeAll(async () => {
  towns = await foundTowns()
  office = { ...((await towns.appoint('coordination')) as Extract<Who, { kind: 'person' }>), reach: ['cases'] }
})
afterAll(() => towns.end())

const quiet = { who: 'Verein', what: 'Ab 22 Uhr keine Lautsprecher' }
const light = { who: 'Stadt', what: 'Licht am Weg', tell: 'allen' }
const said = (who: string, what: string, tell?: string): Sent => ({
  said: { who, what, ...(tell && { tell }) },
  checked: false,
})
const both = [said('Dernek', 'Hoparlör yok'), said('Belediye', 'Işık', 'herkese')]

const as = <T>(work: (tx: TenantTx) => Promise<T>, who = office) => towns.at(work, who)
const drafted = () =>
  as(async (tx) => {
    const id = await openedForAssessment(tx, 'Grillplatz')
    await draftAgreement(tx, id, [quiet, light], 0)
    return id
  })
const all = (id: string) => as(async (tx) => agreements(tx, id, (await openedCase(tx, id))!.contentKey))
/** Translates the newest version onto what stands there now. */
const translate = async (id: string, sent: (Sent | undefined)[] = both, who = office) => {
  const [newest] = await all(id)
  const { number } = newest!
  const onto = translationMark(newest!, 'tr')
  await as((tx) => translateAgreement(tx, id, { number, language: 'tr', by: 'Pool', sent, onto }), who)
}
const state = async (id: string) =>
  (await all(id)).map(({ state: is, clauses, translated }) => [is, missing(clauses, translated.tr)])

test('a translation belongs to its version: signing keeps it, a new draft takes along what still fits', async () => {
  const id = await drafted()
  await translate(id)
  await as((tx) => signAgreement(tx, id, { signedOn: '2026-11-20' }))
  await as((tx) => draftAgreement(tx, id, [{ ...quiet, what: 'Ab 21 Uhr keine Lautsprecher' }, light], 0))
  expect(await state(id)).toEqual([
    ['draft', [1]],
    ['signed', []],
  ])
  await translate(id, [{ ...both[0]!, checked: true }, both[1]])
  await as((tx) => draftAgreement(tx, id, [light], 1))
  const [draft] = await all(id)
  expect(inAnother(draft!.clauses, draft!.translated, 'tr')?.said).toEqual([both[1]!.said])
  expect(JSON.stringify(draft!.translated)).not.toContain('Hoparlör')
  await as((tx) => discardDraft(tx, id))
  expect(await state(id)).toEqual([['signed', []]])
})

test('of two who translate at once the second is told; so is whoever translated words that were changed meanwhile', async () => {
  const id = await drafted()
  const onto = translationMark((await all(id))[0]!, 'tr')
  const translating = (language: 'tr' | 'ar') =>
    as((tx) => translateAgreement(tx, id, { number: 1, language, by: 'Pool', sent: both, onto }))
  await translating('tr')
  await expect(translating('tr')).rejects.toThrow('stale')
  await translating('ar')
  await as((tx) => draftAgreement(tx, id, [light], 1))
  await expect(translating('ar')).rejects.toThrow('stale')
  expect(Object.keys((await all(id))[0]!.translated)).toEqual(['tr', 'ar'])
})

test('two at the very same moment: one is kept, the other is told', async () => {
  const id = await drafted()
  const onto = translationMark((await all(id))[0]!, 'tr')
  const at = (by: string) => as((tx) => translateAgreement(tx, id, { number: 1, language: 'tr', by, sent: both, onto }))
  const ends = await Promise.allSettled([at('Erste'), at('Zweite')])
  expect(ends.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
})

test('a replaced version and another’s case are not translated, and an extract shows nothing of it', async () => {
  const id = await drafted()
  await translate(id)
  const handler = (await towns.appoint('handler')) as Extract<Who, { kind: 'person' }>
  const reader: Who = { ...handler, reach: ['own'] }
  await expect(translate(id, both, reader)).rejects.toThrow('not allowed')
  const today = berlinDay(towns.clock.now)
  await as((tx) => grant(tx, { person: handler.id, record: id, role: 'extract', from: today }))
  await expect(translate(id, both, reader)).rejects.toThrow('not allowed')
  const rows = await as((tx) => tx.db.selectFrom('cases.agreement').select('id').execute(), reader)
  expect(rows).toEqual([])

  await as((tx) => signAgreement(tx, id, { signedOn: today }))
  await as((tx) => draftAgreement(tx, id, [quiet], 0))
  await as((tx) => signAgreement(tx, id, { signedOn: today }))
  const old = { number: 1, language: 'tr', by: 'Pool', sent: both, onto: 3 } as const
  await expect(as((tx) => translateAgreement(tx, id, old))).rejects.toThrow('not allowed')
})

test('a party reads it in her language, what was changed since in German; in the database lies nothing of it', async () => {
  const id = await drafted()
  await translate(id)
  await as((tx) => draftAgreement(tx, id, [{ ...quiet, who: 'Der Verein' }, light], 1))
  await as((tx) => signAgreement(tx, id, { signedOn: '2026-11-20' }))
  const token = await as((tx) => askParty(tx, id, 'Anwohnerschaft'))
  const asked = (language: 'tr' | 'ar') =>
    as((tx) => askedClauses(tx, token, language), { kind: 'program', name: 'looks' })
  expect(await asked('tr')).toMatchObject({ by: 'Pool', clauses: [{ who: 'Der Verein' }, { said: both[1]!.said }] })
  expect((await asked('tr'))?.clauses[0]?.said).toBeUndefined()
  expect((await asked('ar'))?.by).toBeUndefined()
  const lies = as((tx) => tx.db.selectFrom('cases.agreement').select('translated').where('case_id', '=', id).execute())
  for (const { translated } of await lies) expect(translated!.toString('latin1')).not.toMatch(/Belediye|"tr"|Pool/u)
})

test('the record of a case holds what was translated, and says what is from before a change', async () => {
  const id = await drafted()
  await translate(id)
  await as((tx) => draftAgreement(tx, id, [{ ...quiet, who: 'Der Verein' }, light], 1))
  const { parts } = await as((tx) => caseRecord(tx, id))
  const lines = parts.flatMap((part) => part.lines).filter(({ id: line }) => line.endsWith('-tr'))
  expect(lines.map(({ label, text }) => [label, text])).toEqual([
    ['Punkt 1 (Türkisch, vor einer Änderung übersetzt)', 'Dernek: Hoparlör yok (übersetzt: Pool)'],
    ['Punkt 2 (Türkisch)', 'Belediye: Işık – herkese (übersetzt: Pool)'],
  ])
})
