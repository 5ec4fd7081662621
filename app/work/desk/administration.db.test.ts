import { generateKeyPairSync } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { application } from '#app/application.ts'
import { startSession } from '#platform/auth/index.ts'
import { silentLog } from '#platform/log/index.ts'
import { queueMail, signerOf, SigningProbe } from '#platform/mail/index.ts'
import { foundTowns, program, type Towns } from '#tests/support/town.ts'

let towns: Towns
let cookie: string
beforeAll(async () => {
  towns = await foundTowns()
  const who = await towns.appoint('administrator')
  const { token } = await towns.at((tx) => startSession(tx, who.kind === 'person' ? who.id : ''), program)
  cookie = `b-lindenau=${token}`
  await towns.at((tx) => queueMail(tx, { kind: 'notice.news', once: 'x', thing: 'to:leyla@example.org' }), program)
  towns.clock.now = new Date(towns.clock.now.getTime() + 20 * 60_000)
})
afterAll(() => towns.end())

async function page(sendsMail: boolean): Promise<string> {
  const { tenants } = towns
  const first = { waiting: false }
  const origin = 'http://localhost'
  const app = application({ tenants, log: silentLog, origin, sendsMail, trustedProxies: [], extraRoutes: [], first })
  const response = await app.request(`${origin}/lindenau/verwaltung`, { headers: { cookie } })
  expect(response.status).toBe(200)
  return response.text()
}

test('without a mail server the administration says so; with one it says since when mails wait; nobody is named', async () => {
  const without = await page(false)
  expect(without).toContain('Es ist kein Mailserver eingetragen.')
  expect(without).toContain('Eine Mail wartet.')
  const late = await page(true)
  expect(late).toContain('Mails warten seit')
  expect(late).not.toContain('kein Mailserver')
  expect(without + late).not.toContain('leyla')
  await towns.at((tx) => tx.db.deleteFrom('mail.delivery').execute(), program)
  expect(await page(true)).toContain('Der Mailversand arbeitet.')
  expect(await page(true)).toContain('Dann muss der Mailserver unterschreiben.')
  const pem = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' })
  const probe = new SigningProbe(signerOf('lindenau.example', 'b1', pem as string), silentLog, async () => [['p=']])
  await probe.look()
  expect(await page(true)).toContain('Der Eintrag b1._domainkey.lindenau.example passt nicht zum Schlüssel')
  probe.stop()
})
