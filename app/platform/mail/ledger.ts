import { sql } from 'kysely'
import { insertMany } from '../db/many.ts'
import { defineFact, factRow } from '../facts/index.ts'
import { berlinDay, newId } from '../kernel/index.ts'
import type { TenantTx } from '../tenancy/index.ts'
import './tables.ts'

/** Alerts and confirmations leave before notices, notices before anything sent to many. */
export const priorities = { alert: 0, notice: 1, bulk: 2 } as const
export type Priority = keyof typeof priorities

export interface NewDelivery {
  /** Which letter, `<slice>.<what>`; the slice's `letters` writes it at sending. */
  readonly kind: string
  /** Whatever must not be mailed twice under this kind; kept as a keyed hash only. */
  readonly once: string
  /** To somebody of the staff; without it the letter itself finds the address of the thing. */
  readonly person?: string
  /** The record the letter is about, `report:<id>`; forgotten once the mail is settled. */
  readonly thing?: string
  readonly priority?: Priority
  readonly at?: Date
  /** The letter to many this is one of; counted, paused and resumed together. */
  readonly batch?: string
  /** Keeps its thing after sending, so that `mailSettled` and `mailReturned` can say whose mail it was. */
  readonly traceable?: boolean
}

/** One mail as a sender holds it: nobody else may send it until the lease ends. */
export interface Leased {
  readonly id: string
  readonly lease: string
  readonly kind: string
  readonly person: string | null
  readonly thing: string | null
  readonly attempts: number
  readonly priority: 0 | 1 | 2
  readonly traceable: boolean
  readonly firstTriedAt: Date
}

export type Outcome =
  | { readonly state: 'accepted'; readonly reply: number | null }
  /** The letter is no longer needed, or nobody is there to read it. */
  | { readonly state: 'suppressed' }
  /** `status`: the enhanced code (RFC 3463), which says whose fault it was. */
  | { readonly state: 'refused'; readonly reply: number | null; readonly status: string | null }
  /** The other side asked for patience. */
  | { readonly state: 'deferred'; readonly reply: number | null; readonly at: Date }
  /** Not tried: given back, its turn comes at this time. */
  | { readonly state: 'ready'; readonly at: Date }

/** What became of a traceable mail; of letters to many only what was refused. */
export const mailSettled = defineFact<{
  kind: string
  mail: string
  state: 'accepted' | 'refused'
  reply: number | null
  status: string | null
}>('mail.delivery.settled')

/** Longer than any handover may take; after it another sender takes over from one that died. */
export const leaseLength = 3 * 60_000

const row = (tx: TenantTx, mail: NewDelivery) => ({
  id: newId(),
  kind: mail.kind,
  fingerprint: tx.keys.token('mail', `${mail.kind}\0${mail.once}`),
  person_id: mail.person ?? null,
  thing: mail.thing ?? null,
  priority: priorities[mail.priority ?? 'notice'],
  due_at: mail.at ?? tx.now,
  batch: mail.batch ?? null,
  traceable: mail.traceable ?? false,
})

const columns = {
  id: 'uuid',
  kind: 'text',
  fingerprint: 'bytea',
  person_id: 'uuid',
  thing: 'text',
  priority: 'int',
  due_at: 'timestamptz',
  batch: 'uuid',
  traceable: 'boolean',
} as const

/** Puts a mail into the ledger, in the command's own transaction. False when the same one is already there. */
export const queueMail = async (tx: TenantTx, mail: NewDelivery): Promise<boolean> =>
  (await queueMails(tx, [mail])) === 1

/** The same for many at once, a thousand at most. Returns how many were not there yet. */
export async function queueMails(tx: TenantTx, mails: readonly NewDelivery[]): Promise<number> {
  if (mails.length === 0) return 0
  const rows = mails.map((mail) => row(tx, mail))
  const once = sql`on conflict (municipality_id, fingerprint) do nothing`
  const { numAffectedRows } = await insertMany('mail.delivery', columns, rows, once).execute(tx.db)
  return Number(numAffectedRows ?? 0)
}

/** Takes mails that are due or whose sender died, of the priorities between `from` and `to`, the most urgent first. */
export async function lease(tx: TenantTx, from: 0 | 1 | 2, to: 0 | 1 | 2, most: number): Promise<Leased[]> {
  const mine = newId()
  const { rows } = await sql<{
    id: string
    kind: string
    person_id: string | null
    thing: string | null
    attempts: number
    first_tried_at: Date
    priority: 0 | 1 | 2
    traceable: boolean
  }>`update mail.delivery d set state = 'claimed', lease = ${mine}::uuid, attempts = d.attempts + 1,
      due_at = ${new Date(tx.now.getTime() + leaseLength)}::timestamptz,
      first_tried_at = coalesce(d.first_tried_at, ${tx.now}::timestamptz)
    from (select municipality_id, id from mail.delivery
      where priority between ${from} and ${to} and due_at <= ${tx.now}::timestamptz
      order by priority, due_at limit ${most} for update skip locked) as due
    where d.municipality_id = due.municipality_id and d.id = due.id
    returning d.id, d.kind, d.person_id, d.thing, d.attempts, d.first_tried_at, d.priority, d.traceable`.execute(tx.db)
  return rows.map(({ person_id: person, first_tried_at: firstTriedAt, ...one }) => ({
    ...one,
    person,
    firstTriedAt,
    lease: mine,
  }))
}

export interface Settled {
  readonly leased: Leased
  readonly outcome: Outcome
}

const waits = (outcome: Outcome) => outcome.state === 'deferred' || outcome.state === 'ready'
const replyOf = (outcome: Outcome) => ('reply' in outcome ? outcome.reply : null)

/** Writes down what became of leased mails. Leaves alone those whose lease has gone to somebody else meanwhile. */
export async function settle(tx: TenantTx, all: readonly Settled[]): Promise<void> {
  const columns = {
    ids: all.map(({ leased }) => leased.id),
    leases: all.map(({ leased }) => leased.lease),
    states: all.map(({ outcome }) => outcome.state),
    replies: all.map(({ outcome }) => replyOf(outcome)),
    dues: all.map(({ outcome }) => ('at' in outcome ? outcome.at.toISOString() : null)),
    // What was never handed over was no attempt.
    untried: all.map(({ outcome }) => outcome.state === 'ready'),
  }
  const today = berlinDay(tx.now)
  await sql`update mail.delivery d set state = s.state, reply = s.reply, due_at = s.due, lease = null,
      attempts = d.attempts - s.untried::int,
      first_tried_at = case when s.due is null or (s.untried and d.attempts = 1) then null else d.first_tried_at end,
      thing = case when s.due is null and not d.traceable then null else d.thing end,
      settled_on = case when s.due is null then ${today}::date end
    from unnest(${columns.ids}::uuid[], ${columns.leases}::uuid[], ${columns.states}::text[], ${columns.replies}::int[],
      ${columns.dues}::timestamptz[], ${columns.untried}::boolean[]) as s (id, lease, state, reply, due, untried)
    where d.municipality_id = ${tx.municipality} and d.id = s.id and d.lease = s.lease`.execute(tx.db)
  const facts = all.flatMap((one) => factOf(tx, one) ?? [])
  if (facts.length > 0) await tx.db.insertInto('platform.fact').values(facts).execute()
}

function factOf(tx: TenantTx, { leased, outcome }: Settled) {
  const { state } = outcome
  if (!leased.traceable || !leased.thing || waits(outcome)) return undefined
  if (state !== 'refused' && (state !== 'accepted' || leased.priority === priorities.bulk)) return undefined
  const status = 'status' in outcome ? outcome.status : null
  const data = { kind: leased.kind, mail: leased.id, state, reply: replyOf(outcome), status }
  return factRow(tx, mailSettled, leased.thing, data)
}

/** So far away that nobody waits for it: mails of a letter that was paused. */
const never = new Date('9000-01-01T00:00:00Z')

/** Holds back what has not left yet of a letter to many. Its writer must hold back what is in a sender's hands. */
export async function pauseBatch(tx: TenantTx, batch: string): Promise<void> {
  await reschedule(tx, batch, never)
}

export async function resumeBatch(tx: TenantTx, batch: string): Promise<void> {
  await reschedule(tx, batch, tx.now)
}

const reschedule = (tx: TenantTx, batch: string, at: Date) =>
  tx.db
    .updateTable('mail.delivery')
    .set({ due_at: at })
    .where('batch', '=', batch)
    .where('state', 'in', ['ready', 'deferred'])
    .execute()

/** How many mails of a letter to many are in which state. */
export async function batchState(tx: TenantTx, batch: string): Promise<Partial<Record<string, number>>> {
  const rows = await tx.db
    .selectFrom('mail.delivery')
    .select((eb) => ['state', eb.fn.countAll<number>().as('count')])
    .where('batch', '=', batch)
    .groupBy('state')
    .execute()
  return Object.fromEntries(rows.map(({ state, count }) => [state, Number(count)]))
}

export interface MailState {
  readonly waiting: number
  readonly failed: number
  /** Since when the longest waiting mail has been overdue, undefined when none is. */
  readonly overdueSince: Date | undefined
  /** Status codes the mail server gave for mails that failed or come again. */
  readonly replies: readonly number[]
}

/** What the administrator has to know: counts and status codes, nobody's address. */
export async function mailState(tx: TenantTx): Promise<MailState> {
  const rows = await tx.db
    .selectFrom('mail.delivery')
    .select((eb) => ['state', 'reply', eb.fn.countAll<number>().as('count'), eb.fn.min('due_at').as('since')])
    .where((eb) => eb.or([eb('due_at', '<=', tx.now), eb('state', 'in', ['claimed', 'refused', 'bounced'])]))
    .groupBy(['state', 'reply'])
    .execute()
  const sum = (...states: string[]) =>
    rows.filter(({ state }) => states.includes(state)).reduce((total, one) => total + Number(one.count), 0)
  const since = rows.flatMap((one) => (['ready', 'deferred'].includes(one.state) && one.since ? [one.since] : []))
  return {
    waiting: sum('ready', 'deferred', 'claimed'),
    failed: sum('refused', 'bounced'),
    overdueSince: since.toSorted((a, b) => a.getTime() - b.getTime())[0],
    replies: [...new Set(rows.flatMap(({ reply }) => (reply === null || reply < 400 ? [] : reply)))].toSorted(
      (a, b) => a - b,
    ),
  }
}

/** Forgets settled mails of before a day (ISO); until then their fingerprints keep doubles out. */
export async function forgetSettled(tx: TenantTx, before: string): Promise<void> {
  await tx.db.deleteFrom('mail.delivery').where('settled_on', '<', before).execute()
}
