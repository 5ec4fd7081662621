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
  readonly firstTriedAt: Date
}

export type Outcome =
  | { readonly state: 'sent' }
  /** The letter is no longer needed, or nobody is there to read it. */
  | { readonly state: 'dropped' }
  | { readonly state: 'failed'; readonly reply: number | null }
  | { readonly state: 'again'; readonly reply: number | null; readonly at: Date }

/** Longer than any handover may take; after it another sender takes over from one that died. */
export const leaseLength = 3 * 60_000

/** Puts a mail into the ledger, in the command's own transaction. False when the same one is already there. */
export async function queueMail(tx: TenantTx, mail: NewDelivery): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx.db
    .insertInto('mail.delivery')
    .values({
      id: newId(),
      kind: mail.kind,
      fingerprint: tx.keys.token('mail', `${mail.kind}\0${mail.once}`),
      person_id: mail.person ?? null,
      thing: mail.thing ?? null,
      priority: priorities[mail.priority ?? 'notice'],
      due_at: mail.at ?? tx.now,
    })
    .onConflict((conflict) => conflict.columns(['municipality_id', 'fingerprint']).doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

/** Takes one mail of this priority or a higher one that is due or whose sender died. Undefined when there is none. */
export async function lease(tx: TenantTx, least: 0 | 1 | 2): Promise<Leased | undefined> {
  const row = await tx.db
    .selectFrom('mail.delivery')
    .select(['id', 'kind', 'person_id', 'thing', 'attempts', 'first_tried_at', 'priority'])
    .where('priority', '<=', least)
    .where('due_at', '<=', tx.now)
    .orderBy('priority')
    .orderBy('due_at')
    .limit(1)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()
  if (!row) return undefined
  const mine = newId()
  const firstTriedAt = row.first_tried_at ?? tx.now
  await tx.db
    .updateTable('mail.delivery')
    .set({
      state: 'leased',
      lease: mine,
      due_at: new Date(tx.now.getTime() + leaseLength),
      attempts: row.attempts + 1,
      first_tried_at: firstTriedAt,
    })
    .where('id', '=', row.id)
    .execute()
  const { id, kind, person_id: person, thing, priority } = row
  return { id, lease: mine, kind, person, thing, priority, attempts: row.attempts + 1, firstTriedAt }
}

/** Writes down what became of a leased mail. Changes nothing when the lease has gone to somebody else meanwhile. */
export async function settle(tx: TenantTx, { id, lease: mine }: Leased, outcome: Outcome): Promise<void> {
  const reply = 'reply' in outcome ? outcome.reply : null
  const values =
    outcome.state === 'again'
      ? { state: 'due' as const, due_at: outcome.at, lease: null, reply }
      : {
          state: outcome.state,
          due_at: null,
          first_tried_at: null,
          lease: null,
          thing: null,
          reply,
          settled_on: berlinDay(tx.now),
        }
  await tx.db.updateTable('mail.delivery').set(values).where('id', '=', id).where('lease', '=', mine).execute()
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
    .where((eb) => eb.or([eb('due_at', '<=', tx.now), eb('state', 'in', ['leased', 'failed', 'bounced'])]))
    .groupBy(['state', 'reply'])
    .execute()
  const sum = (...states: string[]) =>
    rows.filter(({ state }) => states.includes(state)).reduce((total, row) => total + Number(row.count), 0)
  const since = rows.flatMap((row) => (row.state === 'due' && row.since ? [row.since] : []))
  return {
    waiting: sum('due', 'leased'),
    failed: sum('failed', 'bounced'),
    overdueSince: since.toSorted((a, b) => a.getTime() - b.getTime())[0],
    replies: [...new Set(rows.flatMap(({ reply }) => reply ?? []))].toSorted((a, b) => a - b),
  }
}

/** Forgets settled mails of before a day (ISO); until then their fingerprints keep doubles out. */
export async function forgetSettled(tx: TenantTx, before: string): Promise<void> {
  await tx.db.deleteFrom('mail.delivery').where('settled_on', '<', before).execute()
}
