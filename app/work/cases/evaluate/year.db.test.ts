import { afterAll, beforeAll, expect, test } from 'vitest'
import { retainedOf, slices } from '#app/slices.ts'
import { asRole } from '#platform/db/prepare.ts'
import { newId } from '#platform/kernel/index.ts'
import { dateKeys, destroyRound } from '#platform/retention/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { modelInForce, readingsUntil } from '#work/model/index.ts'
import { openedForAssessment, type Person } from '#tests/support/case.ts'
import { foundTowns, program, type Towns } from '#tests/support/town.ts'
import { assess } from '../commands/assess.ts'
import { closeCase } from '../commands/close.ts'
import { noteFollowUp } from '../commands/followUp.ts'
import { closing } from '../schema.ts'
import { addParty } from '../think/commands/party.ts'
import { countedYear, sectionOf } from './year.ts'

let towns: Towns
let office: Person
beforeAll(async () => {
  towns = await foundTowns(new Date('2026-11-23T13:37:42Z'))
  office = (await towns.appoint('coordination')) as Person
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
            days_to_close: 14 + i,
            working_days_to_assess: null,
            working_days_to_close: 10 + i,
            way: null,
            third_first: null,
            third_last: null,
            sessions: 1,
            again: false,
          })),
        )
        .execute(),
    program,
  )
const as = <T>(work: (tx: TenantTx) => Promise<T>) => towns.at(work, office)
const year = async (of: number) => (await as((tx) => countedYear(tx, of))).map((one) => sectionOf(one, 5))
const partsOf = ({ divisions }: Awaited<ReturnType<typeof year>>[number], label: string) =>
  Object.fromEntries(
    divisions.find((one) => one.label === label)!.parts.map((part) => [part.label, part.count] as const),
  )

test('a year of few cases tells nothing', async () => {
  await close('noise', 'agreed', '2025-03-01', 4)
  for (const { total, divisions, times, hours } of await year(2025)) {
    expect([total, times, hours]).toEqual([undefined, [], []])
    for (const { parts } of divisions) expect(parts.filter(({ count }) => count)).toEqual([])
  }
})

test('of more cases small numbers stay hidden, and whatever the model does not know is something else', async () => {
  await close('noise', 'agreed', '2026-03-01', 8, 'few')
  await close('unheard-of', 'partly', '2026-11-01', 6, 'group')
  await close('neighbours', 'calmed', '2026-07-01', 3, 'wide')
  await close('school', 'calmed', '2026-08-01', 7)
  const [cases] = await year(2026)
  expect(cases).toMatchObject({
    total: 24,
    times: [{ label: 'Von der Eröffnung bis zum Abschluss', half: 13 }],
    hours: [{ label: 'Aufwand zusammen', sum: 36 }],
  })
  expect(partsOf(cases!, 'Nach Thema')).toEqual({
    'Öffentlicher Raum': null,
    'Wohnen und Nachbarschaft': null,
    'Einrichtungen und Ämter': 7,
    'Zusammenleben und Debatte': 0,
    Anderes: 6,
  })
  expect(Object.values(partsOf(cases!, 'Nach Reichweite'))).toEqual([8, 6, null, null])
})

/** A case closed on a day, judged twice, and looked at after three and after twelve months. */
async function wholeCase(day: string): Promise<string> {
  towns.clock.now = new Date(`${day}T09:00:00Z`)
  const id = await as((tx) => openedForAssessment(tx))
  const party = await as((tx) => addParty(tx, id, { label: 'Die Gruppe am Brunnen', form: 'group', stands: 'party' }))
  const said = { matter: 'Streit am Brunnen', nextStep: 'Reden' }
  for (const [onto, stage] of [5, 8].entries())
    await as((tx) => assess(tx, id, said, { ethnicised: 'no' }, onto, { parties: { [party]: { stage } } }))
  const closed = closing.parse({ outcome: 'calmed', hours: '2', stage: '2', asked: { lacked: 'language' } })
  expect(await as((tx) => closeCase(tx, ['coordination'], id, closed))).toEqual([])
  return id
}
async function night(day: string): Promise<void> {
  towns.clock.now = new Date(`${day}T03:00:00Z`)
  const retained = retainedOf(slices)
  const shred = asRole(towns.database.config, towns.database.name, 'shred')
  await towns.at((tx) => dateKeys(tx, retained), program)
  await towns.at((tx) => destroyRound(tx, { shred, retained, readingsUntil }), program)
}

test('what happened to cases is kept when it happens; deleting them changes no year', async () => {
  const ids: string[] = []
  for (const day of ['04', '05', '06', '07', '08']) ids.push(await wholeCase(`2027-01-${day}`))
  for (const day of ['2027-04-15', '2028-01-15']) {
    towns.clock.now = new Date(`${day}T09:00:00Z`)
    for (const id of ids) await as((tx) => noteFollowUp(tx, id, { holding: day < '2028' ? 'partly' : 'yes' }))
  }
  const [closed, , early] = await year(2027)
  expect(partsOf(closed!, 'Wie weit der Streit am Anfang war')).toMatchObject({
    'Stufe 4 bis 6: Eine Seite will gewinnen': 5,
  })
  expect(partsOf(closed!, 'Wie weit der Streit zum Schluss war')).toMatchObject({
    'Stufe 1 bis 3: Beide Seiten können gewinnen': 5,
  })
  expect(partsOf(closed!, 'Wie oft abgeschlossen')).toMatchObject({ 'zum ersten Mal': 5 })
  expect(partsOf(closed!, 'Hat etwas gefehlt, um gut helfen zu können?')).toMatchObject({
    'Verständigung in einer Sprache': 5,
  })
  expect(partsOf(early!, 'Hält es in den ersten Monaten?')).toMatchObject({ Teilweise: 5 })
  const [, late] = await year(2028)
  expect(partsOf(late!, 'Hält es nach zwölf Monaten?')).toMatchObject({ Ja: 5, Nein: 0 })

  const before = [await year(2027), await year(2028)]
  await night('2029-02-01')
  const left = await as((tx) => tx.db.selectFrom('cases.case').select('id').where('id', 'in', ids).execute())
  expect(left, 'the cases are gone').toEqual([])
  expect([await year(2027), await year(2028)]).toEqual(before)
})

test('of the office’s own people nothing is counted, neither at the closing nor when looking back', async () => {
  const id = await wholeCase('2029-03-01')
  const inside = (await as(modelInForce)).model.inside?.subjects[0]
  await towns.at(
    (tx) => tx.db.updateTable('cases.case').set({ subject: inside! }).where('id', '=', id).execute(),
    program,
  )
  towns.clock.now = new Date('2029-06-15T09:00:00Z')
  await as((tx) => noteFollowUp(tx, id, { holding: 'no' }))
  const looks = await as((tx) =>
    tx.db.selectFrom('cases.holding_figure').selectAll().where('month', '>=', '2029-01-01').execute(),
  )
  expect(looks).toEqual([])
})
