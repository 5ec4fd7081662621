import { fork, type ChildProcess } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { batchState } from '#platform/mail/index.ts'
import { subscribe } from '#work/newsletter/commands/subscribe.ts'
import { wish } from '#work/newsletter/schema.ts'
import { readingTown, type ReadingTown } from './support/readers.ts'
import { publish } from './support/results.ts'

/*
 * Does an issue reach everybody once, whatever happens to the sender, and what does a mail cost? Our own sink takes
 * the mails (Node, a process of its own). CPU is that of the sender's process alone, user and system.
 *
 * With nothing set it takes about twenty minutes on two cores: 20,000 unsigned and signed a minute each with what
 * comes before, killed two minutes, the relay away six, 200,000 about ten, half of it for making the readers. One part:
 * `BENCH_PARTS=killed npm run bench -- newsletter`; a shorter look at the large one: `BENCH_SAMPLE=12000`.
 */
const recipients = Number(process.env.BENCH_RECIPIENTS ?? 20_000)
const large = Number(process.env.BENCH_LARGE ?? 200_000)
/** So many of the large issue are sent, all unless said otherwise; its whole ledger waits behind them. */
const sample = Number(process.env.BENCH_SAMPLE ?? large)
/** The relay is away so long, in seconds. */
const awaySeconds = Number(process.env.BENCH_AWAY ?? 300)
const port = 23_425
const folder = import.meta.dirname
const dkim = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({
  type: 'pkcs8',
  format: 'pem',
}) as string

class Sink {
  readonly #child: ChildProcess
  total = 0
  urgentAt: number | undefined
  constructor() {
    this.#child = fork(join(folder, 'support/smtpSink.ts'), [String(port)])
    this.#child.on('message', (message: { total?: number; urgentAt?: number }) => {
      this.total = message.total ?? this.total
      this.urgentAt = message.urgentAt ?? this.urgentAt
    })
  }
  order(what: 'away' | 'back' | 'forget'): void {
    this.#child.send(what)
    if (what === 'forget') this.total = 0
  }
  report(): Promise<{ recipients: number; doubled: number }> {
    return new Promise((resolve) => {
      const listen = (message: { recipients?: number; doubled?: number }) => {
        if (message.recipients === undefined) return
        this.#child.off('message', listen)
        resolve(message as { recipients: number; doubled: number })
      }
      this.#child.on('message', listen)
      this.#child.send('report')
    })
  }
  stop(): void {
    this.#child.kill()
  }
}

interface Held {
  readonly rss: number
  readonly heapUsed: number
}

class Sender {
  readonly #child: ChildProcess
  readonly begun = performance.now()
  readonly #gone: Promise<void>
  constructor({ app, key }: ReadingTown, more: { later?: number; dkim?: string } = {}) {
    const orders = JSON.stringify({ app, key, smtp: `smtp://127.0.0.1:${port}`, later: 0, ...more })
    this.#child = fork(join(folder, 'support/newsletterSender.ts'), [orders], { execArgv: ['--expose-gc'] })
    this.#gone = new Promise((resolve) => this.#child.on('exit', () => resolve()))
  }
  /** CPU seconds so far. */
  cpu(): number {
    const fields = readFileSync(`/proc/${this.#child.pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ')
    return (Number(fields[11]) + Number(fields[12])) / 100
  }
  /** Resident, and held after a garbage collection, in MiB. */
  memory(): Promise<Held> {
    const mib = (bytes: number) => Math.round(bytes / 2 ** 20)
    return new Promise((resolve) => {
      this.#child.once('message', ({ rss, heapUsed }: Held) => resolve({ rss: mib(rss), heapUsed: mib(heapUsed) }))
      this.#child.send('memory')
    })
  }
  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    this.#child.kill(signal)
    await this.#gone
  }
}

const until = async (done: () => boolean | Promise<boolean>, seconds = 1_800): Promise<void> => {
  const end = performance.now() + seconds * 1000
  while (!(await done())) {
    if (performance.now() > end) throw new Error('it took too long')
    await sleep(20)
  }
}
const settled = async (town: ReadingTown, issue: string) => {
  const { ready = 0, claimed = 0, deferred = 0 } = await town.at((tx) => batchState(tx, issue))
  return ready + claimed + deferred === 0
}
/** Until the ledger says so; asked once a second only, to leave the machine to the sender. */
const finished = async (town: ReadingTown, issue: string): Promise<void> => {
  while (!(await settled(town, issue))) await sleep(1_000)
}

/** Cost, pace and memory between a tenth and the end; memory at each quarter of the way. */
async function measured(sender: Sender, sink: Sink, count: number, halfway: () => Promise<void>) {
  await until(() => sink.total > count * 0.1)
  const [cpu, total, at] = [sender.cpu(), sink.total, performance.now()]
  const held: Held[] = []
  for (const part of [0.25, 0.5, 0.75, 0.98]) {
    await until(() => sink.total > count * part)
    held.push(await sender.memory())
    if (part === 0.5) await halfway()
  }
  const mails = sink.total - total
  return {
    cpuMsPerMail: Number((((sender.cpu() - cpu) * 1000) / mails).toFixed(2)),
    perSecond: Math.round(mails / ((performance.now() - at) / 1000)),
    residentMiB: held.map(({ rss }) => rss).join(' '),
    heapMiB: held.map(({ heapUsed }) => heapUsed).join(' '),
  }
}

/** One quiet run; and how long a confirmation asked for meanwhile takes. */
async function quiet(town: ReadingTown, sink: Sink, count: number, more: { dkim?: string } = {}) {
  sink.order('forget')
  const issue = await town.issue()
  const sender = new Sender(town, more)
  let confirmationAfterMs = 0
  const figures = await measured(sender, sink, count, async () => {
    sink.urgentAt = undefined
    const asked = Date.now()
    const address = `dringend@${asked}.example`
    const asking = { wording: { id: 'bench', text: 'bench' }, page: 'bench' }
    await town.at((tx) => subscribe(tx, wish.parse({ address, topics: town.topic, language: 'de' }), asking))
    await until(() => sink.urgentAt !== undefined, 60)
    confirmationAfterMs = sink.urgentAt! - asked
  })
  await finished(town, issue)
  await sender.end('SIGTERM')
  const report = await sink.report()
  return { ...figures, confirmationAfterMs, skipped: count - report.recipients, doubled: report.doubled }
}

/** What a mail costs while very many wait behind it: the first so many of a full ledger. */
async function sampled(town: ReadingTown, sink: Sink, sample: number) {
  sink.order('forget')
  await town.issue()
  const sender = new Sender(town)
  const figures = await measured(sender, sink, sample, async () => undefined)
  await sender.end('SIGTERM')
  return { ...figures, sampledMails: sample }
}

/** Killed without warning three times; leases of the dead end by the clock, which is set forward. */
async function killed(town: ReadingTown, sink: Sink, count: number) {
  sink.order('forget')
  const issue = await town.issue()
  let later = 0
  for (const part of [0.25, 0.5, 0.75]) {
    const sender = new Sender(town, { later })
    await until(() => sink.total >= count * part)
    await sender.end('SIGKILL')
    later += 240_000
  }
  const sender = new Sender(town, { later })
  await finished(town, issue)
  await sender.end('SIGTERM')
  const report = await sink.report()
  return { kills: 3, inFlightAtMost: 3 * 4, skipped: count - report.recipients, doubled: report.doubled }
}

/** The relay goes in the middle and comes back. */
async function away(town: ReadingTown, sink: Sink, count: number) {
  sink.order('forget')
  const issue = await town.issue()
  const sender = new Sender(town)
  await until(() => sink.total >= count * 0.5)
  sink.order('away')
  await sleep(awaySeconds * 1000)
  sink.order('back')
  const back = performance.now()
  const before = sink.total
  await until(() => sink.total > before, 120)
  const goesOnAfterSeconds = Math.round((performance.now() - back) / 1000)
  await finished(town, issue)
  await sender.end('SIGTERM')
  const { refused = 0 } = await town.at((tx) => batchState(tx, issue))
  const report = await sink.report()
  return { awaySeconds, goesOnAfterSeconds, refused, skipped: count - report.recipients, doubled: report.doubled }
}

const sink = new Sink()
const wanted = (process.env.BENCH_PARTS ?? 'unsigned signed killed away large').split(' ')
const figures: Record<string, unknown>[] = []
const say = (title: string, of: Record<string, unknown>) => {
  figures.push({ title, ...of })
  console.log(title, JSON.stringify(of))
}
const town = await readingTown(recipients)
if (wanted.includes('unsigned')) say(`${recipients}, unsigned`, await quiet(town, sink, recipients))
if (wanted.includes('signed')) say(`${recipients}, signed`, await quiet(town, sink, recipients, { dkim }))
if (wanted.includes('killed')) say(`${recipients}, killed at 25, 50, 75 %`, await killed(town, sink, recipients))
if (wanted.includes('away')) say(`${recipients}, relay away`, await away(town, sink, recipients))
await town.stop()
if (wanted.includes('large')) {
  const many = await readingTown(large)
  if (sample < large) say(`${large}, unsigned, the first ${sample}`, await sampled(many, sink, sample))
  else say(`${large}, unsigned`, await quiet(many, sink, large))
  await many.stop()
}
sink.stop()
publish('newsletter', figures)
const lost = figures.some(({ skipped = 0 }) => skipped !== 0)
process.exit(lost ? 1 : 0)
