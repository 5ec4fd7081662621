import { Client, type PoolConfig } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { asRole } from '#platform/db/prepare.ts'
import type { TenantTx, Who } from '#platform/tenancy/index.ts'
import { caseList, findCases, waitingCases } from '#work/cases/queries.ts'
import { mailbox } from '#work/intake/queries.ts'
import { findReports, inbox, waitingReports } from '#work/intake/queries/lists.ts'
import { fillTown } from '../support/fill.ts'
import { foundTowns, type Towns } from '../support/town.ts'

/*
 * Under row-level security only leakproof operators reach an index, so a harmless filter can turn into a walk through
 * everything. The real queries are caught on their way and their plans asked for as the role that runs them.
 */
let towns: Towns
let who: Who
let app: PoolConfig
beforeAll(async () => {
  towns = await foundTowns()
  await fillTown(towns.tenants, towns.city, { reports: 4000, cases: 4000 })
  who = await towns.appoint('coordination')
  const admin = new Client(towns.database.config)
  await admin.connect()
  await admin.query('vacuum analyze').finally(() => admin.end())
  app = asRole(towns.database.config, towns.database.name, 'app')
})
afterAll(() => towns.end())

interface Asked {
  readonly text: string
  readonly values: unknown[]
}

/** The selects that run meanwhile. */
async function asked(work: () => Promise<unknown>): Promise<Asked[]> {
  const caught: Asked[] = []
  const original = Client.prototype.query
  Client.prototype.query = function (this: Client, ...given: unknown[]) {
    const [query] = given as [Partial<Asked> | string]
    if (typeof query === 'object' && query.text?.startsWith('select'))
      caught.push({ text: query.text, values: query.values ?? [] })
    return (original as (...all: unknown[]) => unknown).apply(this, given)
  } as typeof original
  await work().finally(() => (Client.prototype.query = original))
  return caught
}

interface Plan {
  readonly 'Node Type': string
  readonly 'Relation Name'?: string
  readonly Plans?: readonly Plan[]
}

const nodes = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodes)]
const large = new Set(['report', 'case', 'record_key', 'token'])

/** The large tables that a query walks through from end to end. */
async function walked({ text, values }: Asked): Promise<string[]> {
  const client = new Client(app)
  await client.connect()
  const person = who.kind === 'person' ? who : undefined
  await client.query(
    `begin; select set_config('app.municipality', '${towns.city}', true), set_config('app.person', '${person?.id}', true), set_config('app.reach', '${person?.reach.join(',')}', true)`,
  )
  const { rows } = await client
    .query<{ 'QUERY PLAN': { Plan: Plan }[] }>(`explain (format json) ${text}`, values)
    .finally(() => client.end())
  return nodes(rows[0]!['QUERY PLAN'][0]!.Plan)
    .filter((node) => node['Node Type'] === 'Seq Scan' && large.has(node['Relation Name'] ?? ''))
    .map((node) => node['Relation Name']!)
}

test.each<[string, (tx: TenantTx) => Promise<unknown>]>([
  ['the inbox', (tx) => inbox(tx, {})],
  ['the inbox of one area', (tx) => inbox(tx, { area: 'hafen' })],
  ['what waits for Heute, reports', waitingReports],
  ['what waits for Heute, cases', waitingCases],
  ['the list of cases', (tx) => caseList(tx)],
  ['the search for reports', (tx) => findReports(tx, 'Spielplatz')],
  ['the search for cases, frequent words', (tx) => findCases(tx, 'Spielplatz Eltern')],
  ['the search for cases, rare words', (tx) => findCases(tx, '4711 1234')],
  ['a mailbox', (tx) => mailbox(tx, '1'.repeat(18))],
])('%s reaches its index', async (_, work) => {
  const queries = await asked(() => towns.at(work, who))
  expect(queries.length).toBeGreaterThan(0)
  for (const query of queries)
    expect({ text: query.text, walked: await walked(query) }).toEqual({ text: query.text, walked: [] })
})

test('a walk would be noticed', async () => {
  const text = 'select observed from intake.report where subject like $1'
  expect(await walked({ text, values: ['%x%'] })).toEqual(['report'])
})
