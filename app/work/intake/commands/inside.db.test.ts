import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TenantTx, Who } from '#platform/tenancy/index.ts'
import { foundTowns, program, type Towns } from '#tests/support/town.ts'
import { closeCase } from '#work/cases/index.ts'
import { assess } from '#work/cases/commands/assess.ts'
import { closing } from '#work/cases/schema.ts'
import { keepTownRight } from '#work/model/index.ts'
import { inbox } from '../queries/lists.ts'
import { entry, newReport, type Decision } from '../schema.ts'
import { decide } from './decide.ts'
import { enterReport } from './enter.ts'
import { holdInside, keepInside } from './inside.ts'
import { receiveReport } from './receive.ts'
import { releaseReport } from './release.ts'

type Person = Extract<Who, { kind: 'person' }>
let towns: Towns
let boss: Person
let colleague: Person
let substitute: Person
const reach = ['own', 'reports', 'cases']
beforeAll(async () => {
  towns = await foundTowns()
  boss = { ...((await towns.appoint('coordination')) as Person), reach }
  colleague = { ...((await towns.appoint('coordination')) as Person), reach }
  substitute = { ...((await towns.appoint('substitute')) as Person), reach: ['own', 'substitute'] }
})
afterAll(() => towns.end())

const as = <T>(who: Who, work: (tx: TenantTx) => Promise<T>) => towns.at(work, who)
const agree = (on: string | null) =>
  as(program, (tx) =>
    keepTownRight(tx, { inside: on ? { on, title: 'Konfliktklärung' } : null }, { decidedBy: 'Amt', note: 'Test' }),
  )
const told = (subject: string) =>
  as(colleague, (tx) =>
    enterReport(tx, ['coordination'], entry.parse({ observed: 'Zwei Ämter streiten', channel: 'phone', subject })),
  )
const sees = (who: Who, id: string) => as(who, async (tx) => (await inbox(tx, {})).rows.some((row) => row.id === id))
const open: Decision = { to: 'open', version: 2, matter: 'Zwei Ämter' }

test('without an agreement nobody may begin one, not even by a request of her own making', async () => {
  await expect(told('administration')).rejects.toThrow()
  const { id } = await as(program, (tx) =>
    receiveReport(tx, newReport.parse({ observed: 'Zwei Ämter', subject: 'administration' })),
  )
  await as(substitute, (tx) => releaseReport(tx, id, []))
  expect(await as(colleague, (tx) => decide(tx, ['coordination'], id, open))).toEqual({
    missing: [{ field: 'to', message: 'missing.unagreed' }],
  })
  await expect(as(colleague, (tx) => keepInside(tx, id))).rejects.toThrow()
})

test('with one the superior is named before anybody works on it, and never learns of it', async () => {
  await agree('2026-11-20')
  const { id } = await told('administration')
  expect([await sees(boss, id), await sees(substitute, id)]).toEqual([false, true])
  const early = await as(substitute, (tx) => decide(tx, ['substitute'], id, { ...open, version: 1 }))
  expect(early).toEqual({ missing: [{ field: 'to', message: 'missing.superiors' }] })
  await as(substitute, (tx) => releaseReport(tx, id, [boss.id]))
  expect([await sees(boss, id), await sees(colleague, id)]).toEqual([false, true])
  const done = await as(colleague, (tx) => decide(tx, ['coordination'], id, open))
  const caseId = 'caseId' in done ? done.caseId! : ''
  const there = (tx: TenantTx) => tx.db.selectFrom('cases.case').select('id').where('id', '=', caseId).execute()
  expect(await as(colleague, there)).toHaveLength(1)
  expect(await as(boss, there)).toEqual([])
  await as(colleague, (tx) => assess(tx, caseId, { matter: 'Zwei Ämter', nextStep: 'Reden' }, {}, 0))
  const ended = closing.parse({ outcome: 'agreed', hours: '2' })
  expect(await as(colleague, (tx) => closeCase(tx, ['coordination'], caseId, ended))).toEqual([])
  expect(await as(colleague, (tx) => tx.db.selectFrom('cases.figure').select('id').execute())).toEqual([])
})

test('a report that turns out to be one goes to the substitute, and comes back to all but the superior', async () => {
  const { id } = await as(program, (tx) =>
    receiveReport(tx, newReport.parse({ observed: 'Im Amt wird nicht geredet' })),
  )
  expect(await sees(boss, id)).toBe(true)
  await as(colleague, (tx) => keepInside(tx, id))
  await as(program, (tx) => holdInside(tx, id))
  await as(program, (tx) => holdInside(tx, id))
  expect([await sees(colleague, id), await sees(substitute, id)]).toEqual([false, true])
  await as(substitute, (tx) => releaseReport(tx, id, [boss.id]))
  expect([await sees(boss, id), await sees(colleague, id)]).toEqual([false, true])
  await expect(as(colleague, (tx) => keepInside(tx, id))).rejects.toThrow()
})

test('when the agreement ends what runs goes on, and nothing new begins', async () => {
  const { id } = await told('administration')
  await as(substitute, (tx) => releaseReport(tx, id, [boss.id]))
  await agree(null)
  const refused = await as(colleague, (tx) => decide(tx, ['coordination'], id, open))
  expect(refused).toEqual({ missing: [{ field: 'to', message: 'missing.unagreed' }] })
  const rows = await as(colleague, (tx) => tx.db.selectFrom('cases.case').select('closed_on').execute())
  expect(rows).toHaveLength(1)
})
