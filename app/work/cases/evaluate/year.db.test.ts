import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '#platform/kernel/index.ts'
import type { Who } from '#platform/tenancy/index.ts'
import { foundTowns, program, type Towns } from '#tests/support/town.ts'
import { yearOf } from './year.ts'

let towns: Towns
let office: Who
beforeAll(async () => {
  towns = await foundTowns(new Date('2026-11-23T13:37:42Z'))
  office = await towns.appoint('coordination')
})
afterAll(() => towns.end())

const close = (subject: string, outcome: string, month: string, times: number, level: string | null = null) =>
  towns.at(
    (tx) =>
      tx.db
        .insertInto('cases.figure')
        .values(
          Array.from({ length: times }, (_, i) => ({
            id: newId(),
            month,
            area: 'altstadt',
            subject,
            channel: null,
            level,
            outcome,
            hours_quarters: 6,
            days_to_assess: null,
            days_to_close: 10 + i,
            sessions: 1,
            again: false,
          })),
        )
        .execute(),
    program,
  )
const year = (of: number) => towns.at((tx) => yearOf(tx, of), office)

test('a year of few cases tells nothing', async () => {
  await close('noise', 'agreed', '2025-03-01', 4)
  const told = await year(2025)
  expect(told.all).toBeUndefined()
  expect(Object.values(told.divisions).flatMap(({ counts }) => counts.filter((count) => count !== null))).toEqual([])
})

test('of more cases small numbers stay hidden, and whatever the model does not know is something else', async () => {
  await close('noise', 'agreed', '2026-03-01', 8, 'few')
  await close('unheard-of', 'partly', '2026-11-01', 6, 'group')
  await close('neighbours', 'calmed', '2026-07-01', 3, 'wide')
  const { all, divisions } = await year(2026)
  expect(all).toMatchObject({ cases: 17, hours: 25.5 })
  const { labels, counts } = divisions.subject
  expect(Object.fromEntries(labels.map((label, i) => [label, counts[i]]))).toEqual({
    'Öffentlicher Raum': null,
    'Wohnen und Nachbarschaft': null,
    'Einrichtungen und Ämter': 0,
    'Zusammenleben und Debatte': 0,
    Anderes: 6,
  })
  expect(divisions.level.counts).toEqual([null, 6, null, 0])
})
