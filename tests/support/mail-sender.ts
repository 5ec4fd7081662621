import type { PoolConfig } from 'pg'
import { Installation } from '#platform/crypto/index.ts'
import { silentLog } from '#platform/log/index.ts'
import { Postman, smtpTransport, type MailTransport } from '#platform/mail/index.ts'
import { Tenants } from '#platform/tenancy/index.ts'

/** A sender in a process of its own, which kills itself without warning at one step of its nth mail. */
interface Orders {
  readonly app: PoolConfig
  readonly key: string
  readonly smtp: string
  /** How far the clock has gone on, in ms: leases of killed senders have ended. */
  readonly later: number
  readonly dieAt: 'writing' | 'before' | 'after' | 'never'
  readonly nth: number
}

const orders = JSON.parse(process.argv[2] ?? '') as Orders
let count = 0
const dieAt = (step: Orders['dieAt']) => {
  if (step !== orders.dieAt) return
  count += 1
  if (count === orders.nth) process.kill(process.pid, 'SIGKILL')
}

const tenants = new Tenants({
  app: orders.app,
  installation: Installation.read(orders.key, []),
  now: () => new Date(Date.now() + orders.later),
})
const real = smtpTransport(new URL(orders.smtp), 'Besonnen <post@besonnen.example>')
const transport: MailTransport = {
  close: () => real.close(),
  async send(posting) {
    dieAt('before')
    const handover = await real.send(posting)
    dieAt('after')
    return handover
  },
}
const write = async () => {
  dieAt('writing')
  return { subject: 'Neu', text: 'Es gibt etwas Neues.', to: 'leserin@example.org' }
}
const postman = new Postman({
  tenants,
  letters: { test: write },
  transport,
  origin: 'http://localhost',
  log: silentLog,
})
await postman.deliver()
await postman.stop()
await tenants.close()
