import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TenantTx, Who } from '#platform/tenancy/index.ts'
import { modelInForce, stepOfKind } from '#work/model/index.ts'
import { foundTowns, type Towns } from '#tests/support/town.ts'
import { closeCase } from '../../commands/close.ts'
import { openCase } from '../../commands/open.ts'
import { openedCase } from '../../queries.ts'
import { closing } from '../../schema.ts'
import { tells } from '../../tells.ts'
import { agreements } from '../queries.ts'
import { readClauses } from '../schema.ts'
import { discardDraft, draftAgreement, noteLook, signAgreement } from './agreement.ts'

let towns: Towns
let coordination: Who
beforeAll(async () => {
  towns = await foundTowns()
  coordination = await towns.appoint('coordination')
})
afterAll(() => towns.end())

const as = <T>(work: (tx: TenantTx) => Promise<T>) => towns.at(work, coordination)
const open = () =>
  as(async (tx) => {
    const model = await modelInForce(tx)
    const at = stepOfKind(model, 'assess').id
    return openCase(tx, { matter: 'Grillplatz', area: 'altstadt', subject: 'noise', at, modelVersion: model.versionId })
  })
const all = (id: string) => as(async (tx) => agreements(tx, id, (await openedCase(tx, id))!.contentKey))
const quiet = { who: 'Der Verein', what: 'Ab 22 Uhr keine Lautsprecher', dueOn: '2026-12-01' }
const light = { who: 'Die Stadt', what: 'Licht am Weg', tell: 'Dass es eine Vereinbarung gibt' }

test('a draft is written over, a signed version never: the next one replaces it when it is signed', async () => {
  const id = await open()
  await as((tx) => draftAgreement(tx, id, [quiet], 0))
  await as((tx) => draftAgreement(tx, id, [quiet, light], 1))
  await expect(as((tx) => draftAgreement(tx, id, [quiet], 1))).rejects.toThrow('stale')
  await as((tx) => signAgreement(tx, id, { signedOn: '2026-11-20', proof: 'Ordner 4' }))
  expect((await all(id)).map(({ state, number, clauses }) => [state, number, clauses.length])).toEqual([
    ['signed', 1, 2],
  ])
  await as((tx) => draftAgreement(tx, id, [light], 0))
  expect((await all(id)).map(({ state }) => state)).toEqual(['draft', 'signed'])
  await as((tx) => signAgreement(tx, id, { signedOn: '2026-11-23' }))
  const [now, before] = await all(id)
  expect([now?.state, before?.state]).toEqual(['signed', 'replaced'])
  expect(before?.clauses.flatMap(({ looks }) => looks)).toEqual([])
  expect(before?.clauses[0]).toMatchObject(quiet)
})

test('each clause is looked at after the months of the model, and answered once', async () => {
  const id = await open()
  await as((tx) => draftAgreement(tx, id, [quiet, light], 0))
  await as((tx) => signAgreement(tx, id, { signedOn: '2026-11-20' }))
  const [agreement] = await all(id)
  const looks = agreement!.clauses[0]!.looks
  expect(looks.map(({ dueOn }) => dueOn)).toEqual(['2027-02-20', '2027-11-20'])
  const answer = { look: looks[0]!.id, holding: 'partly' as const, note: 'Einmal lauter, dann leiser' }
  await as((tx) => noteLook(tx, id, answer))
  await expect(as((tx) => noteLook(tx, id, answer))).rejects.toThrow()
  expect((await all(id))[0]!.clauses[0]!.looks[0]).toMatchObject({ holding: 'partly', note: answer.note })
})

test('what lies in the database tells nothing of it', async () => {
  const id = await open()
  await as((tx) => draftAgreement(tx, id, [quiet, light], 0))
  const rows = await as((tx) => tx.db.selectFrom('cases.clause').selectAll().where('case_id', '=', id).execute())
  for (const row of rows) expect(row.what.toString('latin1')).not.toMatch(/Lautsprecher|Licht/u)
})

test('a case is not closed over an unsigned draft', async () => {
  const id = await open()
  await as((tx) => draftAgreement(tx, id, [quiet], 0))
  const end = () => as((tx) => closeCase(tx, ['coordination'], id, closing.parse({ outcome: 'agreed', hours: '2' })))
  expect((await end()).map(({ message }) => message)).toEqual(['missing.unsigned'])
  await as((tx) => discardDraft(tx, id))
  expect(await end()).toEqual([])
})

test('lines are read with their faults at their own field, empty ones left out', () => {
  const day = (typed: string) => (typed === '24.12.' ? '2026-12-24' : undefined)
  expect(readClauses({ 'who-2': 'Verein', 'what-2': 'Ruhe', 'due-2': '24.12.' }, day, tells)).toEqual({
    clauses: [{ who: 'Verein', what: 'Ruhe', dueOn: '2026-12-24' }],
    faults: [],
  })
  expect(readClauses({}, day, tells).faults).toEqual([{ field: 'who-1', message: 'error.none' }])
  const faults = readClauses({ 'who-1': 'A', 'due-1': 'bald', 'what-3': 'x'.repeat(2001) }, day, tells).faults
  expect(faults.map(({ field }) => field)).toEqual(['what-1', 'due-1', 'who-3', 'what-3'])
  const told = readClauses({ 'who-1': 'Verein', 'what-1': 'geht zur Mediation' }, day, tells).faults
  expect(told).toEqual([{ field: 'what-1', message: 'error.tells' }])
})
