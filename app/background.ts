import type { ClientConfig } from 'pg'
import { join } from 'node:path'
import { Sealer } from '#platform/audit/index.ts'
import type { Environment } from '#platform/config/index.ts'
import { Courier } from '#platform/facts/index.ts'
import { daily, startWorker, Timekeeper } from '#platform/jobs/index.ts'
import type { Log } from '#platform/log/index.ts'
import { Postman, ReturnedMail, signerOf, SigningProbe, smtpTransport, type Signer } from '#platform/mail/index.ts'
import { retentionRounds } from '#platform/retention/index.ts'
import { SearchKeeper } from '#platform/search/index.ts'
import type { Tenants } from '#platform/tenancy/index.ts'
import { proveChannel } from '#work/intake/index.ts'
import { readingsUntil } from '#work/model/index.ts'
import { bulkLettersOf, jobsOf, lettersOf, retainedOf, slices, timedOf } from './slices.ts'
import { subscriptions } from './subscriptions.ts'

export interface Background {
  readonly courier: Courier
  stop(): Promise<void>
}

interface BackgroundOptions {
  readonly env: Environment
  readonly log: Log
  readonly tenants: Tenants
  readonly jobs: ClientConfig
  readonly seal: ClientConfig
  readonly shred: ClientConfig
  readonly origin: string
  /** Where this node answers on this machine. */
  readonly base: string
}

/** Who signs: we with this key, or the relay. */
function signerIn({ DKIM_DOMAIN: domain, DKIM_SELECTOR: selector, DKIM_KEY: pem }: Environment): Signer | undefined {
  return domain && selector && pem ? signerOf(domain, selector, pem) : undefined
}

/** Without a mail server the ledger waits; the administration page says so. */
function postmanOf({ env, log, tenants, origin }: BackgroundOptions, signer: Signer | undefined): Postman | undefined {
  if (!env.SMTP_URL || !env.MAIL_FROM) return undefined
  const { BOUNCE_ADDRESS: box } = env
  const transport = smtpTransport(env.SMTP_URL, env.MAIL_FROM, {
    signer,
    bounces: box ? { box, secret: returnSecret(tenants) } : undefined,
  })
  return new Postman({
    tenants,
    letters: lettersOf(slices),
    bulkLetters: bulkLettersOf(slices),
    transport,
    origin,
    log,
  })
}

const returnSecret = (tenants: Tenants) => tenants.installation.derive('return-path')

/** Without a box of their own, mails come back to the sender's address and are read there by people. */
const returnedOf = ({ env, log, tenants }: BackgroundOptions): ReturnedMail | undefined =>
  env.BOUNCE_IMAP_URL && new ReturnedMail({ url: env.BOUNCE_IMAP_URL, secret: returnSecret(tenants), tenants, log })

/** Everything that works without being asked: facts, jobs, timed work, mail. */
export async function startBackground(options: BackgroundOptions): Promise<Background> {
  const { env, log, tenants, jobs, seal, shred, base } = options
  const courier = new Courier(tenants, subscriptions, log)
  const worker = await startWorker(jobs, tenants, jobsOf(slices), log)
  const probe = daily('intake.probe', '05:15', async (tx) => {
    if ((await proveChannel(base)(tx)) === false)
      log.error({ municipality: tx.municipality }, 'the channel for reports is broken')
  })
  const keeping = retentionRounds({ shred, retained: retainedOf(slices), readingsUntil })
  const timekeeper = new Timekeeper(tenants, [...timedOf(slices), ...keeping, probe], log)
  const signer = signerIn(env)
  const postman = postmanOf(options, signer)
  const signing = postman && signer && new SigningProbe(signer, log)
  const returned = returnedOf(options)
  const keeper = new SearchKeeper(
    tenants,
    slices.flatMap((slice) => slice.findable ?? []),
    log,
  )
  const sealer = new Sealer({ seal, headsFile: join(env.BESONNEN_DATA, 'audit-heads.jsonl'), log })
  courier.start()
  timekeeper.start()
  sealer.start()
  keeper.start()
  postman?.start()
  returned?.start()
  void signing?.look()
  const stop = async () => {
    await timekeeper.stop()
    await courier.stop()
    await postman?.stop()
    await returned?.stop()
    signing?.stop()
    await worker.stop()
    await sealer.stop()
    await keeper.stop()
  }
  return { courier, stop }
}
