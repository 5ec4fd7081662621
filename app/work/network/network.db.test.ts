import { afterAll, beforeAll, expect, test } from 'vitest'
import { asRole } from '#platform/db/prepare.ts'
import { foundMunicipality, type TenantTx, type Who } from '#platform/tenancy/index.ts'
import { announce, planGathering } from '#work/gatherings/index.ts'
import { publish } from '#work/model/index.ts'
import lindenau from '#work/model/documents/lindenau.json' with { type: 'json' }
import { addTopic } from '#work/newsletter/commands/topics.ts'
import { conference } from '#tests/support/gathering.ts'
import { htmlFaults } from '#tests/support/html.ts'
import { foundTowns, program, type Towns } from '#tests/support/town.ts'
import { programOver, Visitor } from '#tests/support/web.ts'

let towns: Towns
const visitor = () => new Visitor(towns, programOver(towns))
const staff: Who = { kind: 'person', id: crypto.randomUUID(), reach: ['own', 'gatherings'] }
beforeAll(async () => {
  towns = await foundTowns(new Date('2026-11-20T09:00:00Z'))
})
afterAll(() => towns.end())

test('without a seat there is nothing of a network, and no address of it', async () => {
  expect((await visitor().get('/')).text).not.toContain('Netzwerk')
  for (const path of ['newsletter', 'veranstaltungen'])
    expect((await visitor().get(`/netzwerk/${path}`)).status).toBe(404)
})

test('the seat’s gatherings stand on the first page and its newsletter at the network’s address; towns keep theirs', async () => {
  const owner = asRole(towns.database.config, towns.database.name, 'owner')
  const seat = await foundMunicipality(owner, towns.tenants.installation, {
    slug: 'land',
    name: 'Landeskoordination',
    kind: 'state',
  })
  const at = <T>(work: (tx: TenantTx) => Promise<T>, who: Who = program) =>
    towns.tenants.inTenant({ municipality: seat, who }, work)
  await at((tx) => publish(tx, { document: lindenau, number: '1.0', decidedBy: 'Land', note: 'Erste' }))
  await at((tx) => addTopic(tx, { name: 'Aus dem Netzwerk', nameEn: '', reach: 'town' }))
  for (const [title, listed] of [
    ['Werkstatt', true],
    ['Intern', false],
  ] as const) {
    const id = await at((tx) => planGathering(tx, { ...conference, title, listed }), staff)
    await at((tx) => announce(tx, id), staff)
  }
  await at((tx) => planGathering(tx, { ...conference, title: 'Entwurf' }), staff)
  const own = await towns.at((tx) => planGathering(tx, { ...conference, title: 'Der Stadt' }), staff)
  await towns.at((tx) => announce(tx, own), staff)

  const { text } = await visitor().get('/')
  expect(text).toContain('href="/land/veranstaltungen/werkstatt"')
  expect(text).not.toMatch(/Intern|Entwurf|Der Stadt|video\.example/)
  expect(text, 'nobody reports to the seat').not.toContain('href="/land"')
  expect(await htmlFaults(text)).toEqual([])
  expect((await visitor().get('/?sprache=ar')).text).toContain('شبكة البلديات')
  expect((await visitor().get('/netzwerk/newsletter')).to).toBe('/land/newsletter')
  expect((await visitor().get('/netzwerk/veranstaltungen')).to).toBe('/land/veranstaltungen')
  expect((await visitor().get('/land/newsletter')).text).toContain('Landeskoordination')
  expect((await visitor().get('/lindenau/newsletter')).text).not.toContain('Aus dem Netzwerk')
})
