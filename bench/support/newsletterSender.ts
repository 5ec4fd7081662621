import type { PoolConfig } from 'pg'
import { Installation } from '#platform/crypto/index.ts'
import { createLog } from '#platform/log/index.ts'
import { Postman, signerOf, smtpTransport } from '#platform/mail/index.ts'
import { Tenants } from '#platform/tenancy/index.ts'
import { alreadyLetter, confirmationLetter } from '#work/newsletter/commands/confirmLetters.ts'
import { issueLetters } from '#work/newsletter/commands/issueLetters.ts'

/** The postman of the program in a process of its own, to be measured and to be killed. */
interface Orders {
  readonly app: PoolConfig
  readonly key: string
  readonly smtp: string
  /** How far the clock has gone on, in ms: leases of killed senders have ended. */
  readonly later: number
  readonly dkim?: string
}

const { app, key, smtp, later, dkim } = JSON.parse(process.argv[2] ?? '') as Orders
const tenants = new Tenants({ app, installation: Installation.read(key, []), now: () => new Date(Date.now() + later) })
const postman = new Postman({
  tenants,
  letters: { 'newsletter.confirmation': confirmationLetter, 'newsletter.already': alreadyLetter },
  bulkLetters: { 'newsletter.issue': issueLetters },
  transport: smtpTransport(new URL(smtp), 'Stadt Lindenau <post@lindenau.example>', {
    signer: dkim ? signerOf('lindenau.example', 'b1', dkim) : undefined,
  }),
  origin: 'https://lindenau.example',
  log: createLog('error'),
  // The bench is about our own pace, not about that of providers.
  pace: { perMinute: 10_000_000, burst: 1_000_000 },
})
postman.start()
// The postman's own timers keep no process alive.
setInterval(() => undefined, 60_000)
// What is really held, after everything that is not has been thrown away.
process.on('message', () => {
  globalThis.gc?.()
  const { rss, heapUsed } = process.memoryUsage()
  process.send?.({ rss, heapUsed })
})
process.on('SIGTERM', () => void postman.stop().then(() => process.exit(0)))
