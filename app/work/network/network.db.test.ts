import { afterAll, beforeAll, expect, test } from 'vitest'
import { asRole } from '#platform/db/prepare.ts'
import { foundMunicipality, SeatTaken, type NewMunicipality, type TenantTx, type Who } from '#platform/tenancy/index.ts'
import { announce, planGathering } from '#work/gatherings/index.ts'
import { settle } from '#work/people/index.ts'
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
  for (const path of ['', '/newsletter', '/veranstaltungen'])
    expect((await visitor().get(`/netzwerk${path}`)).status).toBe(404)
})

test('the seat’s gatherings stand on the first page and its newsletter at the network’s address; towns keep theirs', async () => {
  const owner = asRole(towns.database.config, towns.database.name, 'owner')
  const found = (one: NewMunicipality) => foundMunicipality(owner, towns.tenants.installation, one)
  const people = {
    firstName: 'Hannah',
    firstMail: 'hannah@land.example',
    secondName: 'Deniz',
    secondMail: 'deniz@land.example',
  }
  const seatWanted = { slug: 'land', name: 'Landeskoordination', kind: 'state', ...people } as const
  expect(await settle({ tenants: towns.tenants, found }, seatWanted)).toHaveLength(2)
  await expect(settle({ tenants: towns.tenants, found }, { ...seatWanted, slug: 'zwei' })).rejects.toThrow(SeatTaken)
  const seat = (await towns.tenants.municipalities()).find(({ slug }) => slug === 'land')!.id
  const at = <T>(work: (tx: TenantTx) => Promise<T>, who: Who = program) =>
    towns.tenants.inTenant({ municipality: seat, who }, work)
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
  const network = await visitor().get('/netzwerk')
  expect(network.text).toContain('href="/land/veranstaltungen/werkstatt"')
  expect(network.text).toContain('Für das Netzwerk spricht: \u2068Landeskoordination\u2069.')
  expect(await htmlFaults(network.text)).toEqual([])
  for (const path of ['', '/melden', '/rueckruf'])
    expect((await visitor().get(`/land${path}`)).to, 'nobody reports to the seat').toMatch(/^\/(netzwerk|land)$/)
  expect((await visitor().get('/land/newsletter')).text).toContain('Landeskoordination')
  expect((await visitor().get('/lindenau/newsletter')).text).not.toContain('Aus dem Netzwerk')
})
