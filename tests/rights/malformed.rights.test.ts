import { afterAll, beforeAll, expect, test } from 'vitest'
import { routes } from '#app/routes.ts'
import { World } from './world.ts'

let world: World
beforeAll(async () => void (world = await World.make()))
afterAll(() => world.towns.end())

const named = routes.filter(({ path }) => path.replace(':town', '').includes(':'))
const nonsense = ['nichts', '1', '%00', '%27;%20drop', 'z'.repeat(300), '00000000-0000-4000-8000-00000000000g']

// A deed that needs more than the address may lead back to where it came from, having done nothing.
const fineFor = (method: string) => (method === 'POST' ? [303, 403, 404] : [403, 404])

test('an address that can name nothing is answered like one that names nothing', async () => {
  const wrong: string[] = []
  for (const role of world.roles) {
    const member = await world.member(role)
    for (const route of named) {
      for (const word of nonsense) {
        const path = route.path.replace(':town', 'lindenau').replaceAll(/:\w+/g, word)
        const status = await world.send(route.method, path, member)
        // A page may answer to a secret that nobody has as it likes, as long as it knows what to say.
        const fine = route.path.includes(':token') ? status < 500 : fineFor(route.method).includes(status)
        if (!fine) wrong.push(`${route.method} ${path} ${role}: ${status}`)
      }
    }
  }
  expect(named.length).toBeGreaterThan(20)
  expect(wrong).toEqual([])
})
