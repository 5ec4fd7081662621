import { afterAll, beforeAll, expect, test } from 'vitest'
import { grant } from '#platform/access/index.ts'
import type { TenantTx, Who } from '#platform/tenancy/index.ts'
import { openedForAssessment, type Person } from '#tests/support/case.ts'
import { foundTowns, type Towns } from '#tests/support/town.ts'
import { draftAgreement } from '../../agree/commands/agreement.ts'
import { assess } from '../../commands/assess.ts'
import { addMeasure } from '../../commands/measure.ts'
import { findCases, openedCase } from '../../queries.ts'
import { partiesOf } from '../queries.ts'
import { party } from '../schema.ts'
import { addParty, changeParty, mergeParty, removeParty, restoreParty, unmergeParty } from './party.ts'

let towns: Towns
let coordination: Who
beforeAll(async () => {
  towns = await foundTowns()
  coordination = await towns.appoint('coordination')
})
afterAll(() => towns.end())

const as = <T>(who: Who, work: (tx: TenantTx) => Promise<T>) => towns.at(work, who)
const said = (label: string) => party.parse({ label, stands: 'party', form: 'group', about: `Sitzt am ${label}` })
const open = () => as(coordination, (tx) => openedForAssessment(tx))
const add = (id: string, label: string) => as(coordination, (tx) => addParty(tx, id, said(label)))
const seen = (id: string, who = coordination) =>
  as(who, async (tx) => {
    const found = await openedCase(tx, id)
    return partiesOf(tx, id, found!.contentKey)
  })

test('who is part of a conflict is sealed, found by its words, and gone for whoever does not see the case', async () => {
  const id = await open()
  await add(id, 'Marktbeschicker')
  expect((await seen(id)).present.map(({ label }) => label)).toEqual(['Marktbeschicker'])
  const rows = await as(coordination, (tx) => tx.db.selectFrom('cases.party').selectAll().execute())
  expect(JSON.stringify(rows.map((row) => row.label.toString('latin1')))).not.toContain('Markt')
  expect((await as(coordination, (tx) => findCases(tx, 'Marktbeschicker'))).map((row) => row.id)).toEqual([id])
  const handler: Who = { ...(await towns.appoint('handler')), reach: ['own'] } as Who
  expect(await as(handler, (tx) => tx.db.selectFrom('cases.party').selectAll().execute())).toEqual([])
  await expect(as(handler, (tx) => addParty(tx, id, said('Gäste')))).rejects.toThrow('not allowed')
})

test('two become one and two again, in chains too, and never in a circle', async () => {
  const id = await open()
  const [a, b, c] = [await add(id, 'Jugend am Ufer'), await add(id, 'Jugend am Steg'), await add(id, 'Jugendliche')]
  const merge = (from: string, into: string) => as(coordination, (tx) => mergeParty(tx, id, from, into))
  await merge(a, b)
  await merge(b, c)
  const merged = await seen(id)
  expect(merged.present.map((one) => one.id)).toEqual([c])
  expect(merged.label(a)).toBe('Jugendliche')
  await expect(merge(c, a)).rejects.toThrow('not allowed')
  await expect(merge(c, c)).rejects.toThrow('not allowed')
  await as(coordination, (tx) => unmergeParty(tx, id, b))
  expect((await seen(id)).label(a)).toBe('Jugend am Steg')
  await as(coordination, (tx) => unmergeParty(tx, id, a))
  expect((await seen(id)).present).toHaveLength(3)
  expect((await seen(id)).label(a)).toBe('Jugend am Ufer')
})

test('an older page changes nothing, what was taken off comes back, and a party of another case is not there', async () => {
  const id = await open()
  const one = await add(id, 'Verein')
  await as(coordination, (tx) => changeParty(tx, id, one, said('Sportverein'), 1))
  await expect(as(coordination, (tx) => changeParty(tx, id, one, said('Klub'), 1))).rejects.toThrow('stale')
  await as(coordination, (tx) => removeParty(tx, id, one))
  expect((await seen(id)).present).toEqual([])
  expect((await seen(id)).label(one)).toBe('Sportverein')
  await as(coordination, (tx) => restoreParty(tx, id, one))
  expect((await seen(id)).present).toHaveLength(1)
  const other = await open()
  await expect(as(coordination, (tx) => removeParty(tx, other, one))).rejects.toThrow('not allowed')
  const foreign = await add(other, 'Schule')
  await expect(as(coordination, (tx) => mergeParty(tx, id, one, foreign))).rejects.toThrow('not allowed')
})

test('an interpreter or somebody with an extract sees the case, but not what is thought about it; a handler does', async () => {
  const id = await open()
  await add(id, 'Gäste')
  await as(coordination, (tx) => assess(tx, id, { matter: 'Lärm', nextStep: 'Reden' }, {}, 0))
  const her = { ...(await towns.appoint('handler')), reach: ['own'] } as Person
  const seenAs = async (role: string) => {
    await as(coordination, (tx) => grant(tx, { record: id, person: her.id, role }))
    return as(her, async (tx) => {
      const parties = await tx.db.selectFrom('cases.party').select('id').where('case_id', '=', id).execute()
      const versions = await tx.db.selectFrom('cases.assessment').select('id').where('case_id', '=', id).execute()
      return [(await openedCase(tx, id)) !== undefined, parties.length, versions.length]
    })
  }
  expect(await seenAs('interpreter')).toEqual([true, 0, 0])
  expect(await seenAs('extract')).toEqual([true, 0, 0])
  await as(coordination, (tx) => draftAgreement(tx, id, [{ who: 'Gäste', what: 'gehen um zehn' }], 0))
  const agreed = () => as(her, (tx) => tx.db.selectFrom('cases.agreement').select('id').execute())
  expect(await agreed()).toEqual([])
  const noted = () => as(her, (tx) => addMeasure(tx, id, { what: 'Schild', owner: 'Bauhof', dueOn: '2027-01-01' }))
  await expect(noted()).rejects.toThrow('extract')
  expect(await seenAs('lead')).toEqual([true, 1, 1])
  expect(await agreed()).toHaveLength(1)
  await noted()
})
