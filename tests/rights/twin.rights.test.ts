import { afterAll, beforeAll, expect, test } from 'vitest'
import { routes } from '#app/routes.ts'
import { bar } from '#platform/access/index.ts'
import { makeCaseFindable } from '#work/cases/commands/find.ts'
import { linkCases } from '#work/cases/near/commands/link.ts'
import { ways } from '#work/cases/near/rules.ts'
import { openedCase } from '#work/cases/queries.ts'
import { makeFindable, newReport, receiveReport } from '#work/intake/index.ts'
import { answerReporter } from '#work/intake/commands/answer.ts'
import { askInterpreter } from '#work/intake/commands/translate.ts'
import { noteRequest } from '#work/inspection/commands/note.ts'
import { modelInForce, readersToExclude } from '#work/model/index.ts'
import { openedForAssessment } from '../support/case.ts'
import { program } from '../support/town.ts'
import { World, type Member } from './world.ts'

/*
 * Twin worlds: with and without one report that X must not read, everything X can fetch is the same, byte for byte.
 * The clock stands still, so that nothing else can make a difference.
 */
let world: World
beforeAll(async () => void (world = await World.make()))
afterAll(() => world.towns.end())

const words = ['Geheimnis', 'Brunnen', 'Streit']

/** Every page without a record in its address, every other report's page, and searches for the words of the report. */
async function everything(who: Member, reports: readonly string[]): Promise<Record<string, string>> {
  const pages = routes
    .filter(({ method, path }) => method === 'GET' && !/:(?!town)/.test(path))
    .map(({ path }) => path.replace(':town', 'lindenau'))
  const all = [
    ...pages,
    ...reports.map((id) => `/lindenau/eingang/${id}`),
    ...words.map((word) => `/lindenau/suche?worte=${word}`),
    '/lindenau/eingang?area=altstadt',
  ]
  const seen: Record<string, string> = {}
  // A random once key in a form, and a random question to a device, are differences that tell nothing.
  const random = /(name="(_once|sealed)" value|(?<=deed="\w+" )options)="[^"]*"/g
  for (const path of all) seen[path] = (await world.read(path, who)).replaceAll(random, '')
  return seen
}

const send = async (text: string, more: object = {}) => {
  const report = newReport.parse({ observed: text, area: 'altstadt', ...more })
  const { id } = await world.towns.at((tx) => receiveReport(tx, report))
  await world.towns.at((tx) => makeFindable(tx, id), program)
  return id
}

test.each(['held for the substitute', 'barred by name'])(
  '%s: X and her deputy see no difference, a colleague does',
  async (how) => {
    const [x, deputy, colleague] = [
      await world.member('coordination'),
      await world.member('contact-point'),
      await world.member('coordination'),
    ]
    await world.towns.at(
      (tx) =>
        tx.db
          .insertInto('auth.absence')
          .values({
            id: crypto.randomUUID(),
            person_id: x.id,
            deputy_id: deputy.id,
            from_on: '2020-01-01',
            until_on: null,
            set_by: x.id,
          })
          .execute(),
      program,
    )
    const known = [await send('Streit am Brunnen'), await send('Müll im Park')]
    const before = {
      x: await everything(x, known),
      deputy: await everything(deputy, known),
      colleague: await everything(colleague, known),
    }

    const office = await world.towns.at(async (tx) => readersToExclude(await modelInForce(tx))[0]!.id, program)
    const secret = await send(
      'Geheimnis: Streit über eine Person am Brunnen',
      how.startsWith('held') ? { notVisibleTo: [office] } : {},
    )
    if (how.startsWith('barred')) {
      await world.towns.at((tx) => bar(tx, secret, [x.id]), program)
      // Somebody asks to see it: X learns nothing of that either.
      const asked = { basis: 'ifg' as const, asker: 'Geheimnis', wants: 'Streit am Brunnen', receivedOn: '2026-11-23' }
      const office = {
        kind: 'person' as const,
        id: colleague.id,
        reach: ['reports', 'contacts', 'cases', 'inspection'],
      }
      await world.towns.at((tx) => noteRequest(tx, asked, { cases: [], reports: [secret] }), office)
    }

    expect(await everything(x, known)).toEqual(before.x)
    expect(await everything(deputy, known)).toEqual(before.deputy)
    const substitute = await world.member('substitute')
    const reader = how.startsWith('held') ? substitute : colleague
    expect((await world.read('/lindenau/eingang', reader)).includes('Geheimnis')).toBe(true)
    if (how.startsWith('barred')) expect(await everything(colleague, known)).not.toEqual(before.colleague)
  },
)

test('an interpreter with a text of her own sees no difference whatever else is reported or translated', async () => {
  const [hers, another, coordinator] = [
    await world.member('interpreter'),
    await world.member('interpreter'),
    await world.member('coordination'),
  ]
  const office = { kind: 'person' as const, id: coordinator.id, reach: ['reports'] }
  const ask = (report: string, person: string) => world.towns.at((tx) => askInterpreter(tx, { report }, person), office)
  const own = await send('Avluda kavga var', { language: 'tr' })
  await ask(own, hers.id)
  const before = await everything(hers, [own])
  expect(before['/lindenau/uebersetzungen']).toContain('Türkisch')
  expect(Object.values(before).join('')).not.toContain('Avluda')

  const other = await send('Geheimnis: Streit am Brunnen', { language: 'tr' })
  await ask(other, another.id)
  await world.towns.at((tx) => answerReporter(tx, own, 'Geheimnis'), office)
  expect(await everything(hers, [own])).toEqual(before)
})

test('what hangs together with a case X must not read makes no difference to X, however it was linked', async () => {
  const [x, colleague] = [await world.member('coordination'), await world.member('coordination')]
  const who = { kind: 'person' as const, id: colleague.id, reach: ['own', 'cases'] }
  const known = await world.towns.at((tx) => openedForAssessment(tx, 'Müll am Brunnen'), who)
  const all = async (one: Member) => [await everything(one, []), await world.read(`/lindenau/faelle/${known}`, one)]
  const before = { x: await all(x), colleague: await all(colleague) }
  const open = (matter: string) => world.towns.at((tx) => openedForAssessment(tx, matter), who)
  const secret = await open('Geheimnis')
  await world.towns.at((tx) => bar(tx, secret, [x.id]), program)
  for (const way of ways) {
    const linked = await open(`Streit um das Geheimnis: ${way}`)
    await world.towns.at((tx) => makeCaseFindable(tx, linked), program)
    await world.towns.at(async (tx) => {
      const { number } = (await openedCase(tx, secret))!
      expect(await linkCases(tx, linked, { number, way, agreed: true })).toEqual([])
    }, who)
  }
  expect(await all(x)).toEqual(before.x)
  expect(await all(colleague)).not.toEqual(before.colleague)
})
