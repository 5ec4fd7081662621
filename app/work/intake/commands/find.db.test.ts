import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { silentLog } from '#platform/log/index.ts'
import { isBuilt, SearchKeeper } from '#platform/search/index.ts'
import { foundTowns, program, type Towns } from '#tests/support/town.ts'
import { findReports } from '../queries/lists.ts'
import { newReport } from '../schema.ts'
import { makeFindable, reportIds } from './find.ts'
import { receiveReport } from './receive.ts'

let towns: Towns
beforeAll(async () => void (towns = await foundTowns()))
afterAll(() => towns.end())

const find = async (words: string) =>
  (await towns.at((tx) => findReports(tx, words), program)).map(({ headline }) => headline)

async function report(observed: string): Promise<void> {
  const { id } = await towns.at((tx) => receiveReport(tx, newReport.parse({ observed })))
  await towns.at((tx) => makeFindable(tx, id), program)
}

/** What a crash of the database does to unlogged tables. */
async function loseTheIndex(): Promise<void> {
  const client = new Client(towns.database.config)
  await client.connect()
  await client.query('truncate search.token, search.built').finally(() => client.end())
}

test('a report is found by its words in any form, by all of them together, and by the head of a compound', async () => {
  await report('Nachbarschaftsstreit um den Grillplatz im Hof')
  await report('Die Kinder spielten laut auf dem Spielplatz')
  expect(await find('Streit')).toHaveLength(1)
  expect(await find('Kind laut')).toHaveLength(1)
  expect(await find('Platz')).toHaveLength(2)
  expect(await find('Platz Hof')).toHaveLength(1)
  expect(await find('Kaninchen')).toEqual([])
  expect(await find('der die das')).toEqual([])
})

test('the tokens of a word say nothing without the key, and differ between municipalities', async () => {
  const [city, county] = [towns.city, towns.county].map((municipality) =>
    towns.tenants.inTenant({ municipality, who: program }, async (tx) => tx.keys.searchToken('streit')),
  )
  expect(await city).not.toBe(await county)
})

test('after a crash the index is made anew by itself, and until then search knows that it is not', async () => {
  await loseTheIndex()
  expect(await towns.at(isBuilt, program)).toBe(false)
  expect(await find('Streit')).toEqual([])
  await new SearchKeeper(towns.tenants, [{ all: reportIds, index: makeFindable }], silentLog).rebuild()
  expect(await towns.at(isBuilt, program)).toBe(true)
  expect(await find('Streit')).toHaveLength(1)
})

test('what is found is what was received last, however frequent the word', async () => {
  const client = new Client(towns.database.config)
  await client.connect()
  const { rows } = await client.query('select municipality_id, token from search.token limit 1')
  // Six hundred other records with every word there is: none of them a report this person could open.
  await client.query(
    `insert into search.token (municipality_id, token, record_id)
     select $1, token, gen_random_uuid() from (select distinct token from search.token where municipality_id = $1) t, generate_series(1, 600)`,
    [rows[0].municipality_id],
  )
  await client.end()
  expect(await find('Streit')).toHaveLength(1)
})
