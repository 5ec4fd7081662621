import { afterAll, beforeAll, expect, test } from 'vitest'
import { application } from '#app/application.ts'
import { foundTowns, program, type Towns } from '#tests/support/town.ts'
import { get, open } from '../web/index.ts'
import { createLog } from './index.ts'

let towns: Towns
const lines: string[] = []
let ask: (path: string, init?: RequestInit) => Response | Promise<Response>

beforeAll(async () => {
  towns = await foundTowns()
  const fails = get('/:town/faults/:what', open, (visit) =>
    visit.txAs(program, async (tx) => {
      // The driver's error names the value it could not read.
      const { what = '' } = visit.params
      if (what === 'Kanarienvogel')
        await tx.db.selectFrom('auth.person').select('id').where('left_on', '=', what).execute()
      throw new Error(`cannot handle ${visit.url.search} of ${visit.params.what}@example.org`)
    }),
  )
  const app = application({
    tenants: towns.tenants,
    log: createLog('trace', { write: (line) => void lines.push(line) }),
    origin: 'http://localhost',
    sendsMail: true,
    trustedProxies: [],
    extraRoutes: [fails],
    first: { waiting: false },
  })
  ask = (path, init) => app.request(`http://localhost${path}`, init)
})
afterAll(() => towns.end())

test('nothing a resident types, no address and no code gets into the log', async () => {
  const body = JSON.stringify({ observed: 'Kanarienvogel', contact: 'leyla@example.org', anonymity: 'office' })
  const { code } = (await (await ask('/api/v1/lindenau/reports', { method: 'POST', body })).json()) as { code: string }
  await ask('/api/v1/lindenau/reports', { method: 'POST', body: `${body} Kanarienvogel` })
  await ask('/api/v1/lindenau/mailbox', { headers: { authorization: `Bearer ${code}` } })
  await ask('/api/v1/lindenau/mailbox', { headers: { authorization: 'Bearer 111111111111111111 Kanarienvogel' } })
  await ask(`/lindenau/melden?worte=Kanarienvogel&code=${code}`, { headers: { 'x-forwarded-for': '203.0.113.7' } })
  await ask('/lindenau/kalender/Kanarienvogel.ics')
  expect((await ask('/lindenau/faults/Kanarienvogel')).status).toBe(500)
  expect((await ask(`/lindenau/faults/${crypto.randomUUID()}?q=Kanarienvogel`)).status).toBe(500)
  const log = lines.join('')
  expect(log.match(/"msg":"fault"/g), 'both faults are in the log').toHaveLength(2)
  expect(log).not.toMatch(/Kanarien|leyla|203\.0\.113\.7/)
  expect(log).not.toContain(code)
})
