import { createHash, timingSafeEqual } from 'node:crypto'
import { alert } from '#platform/mail/index.ts'
import { holdersOf } from '#platform/access/index.ts'
import { record } from '#platform/audit/index.ts'
import { addDays, berlinDay } from '#platform/kernel/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { modelIfAny, type Published } from '#work/model/index.ts'

declare const verified: unique symbol
/** Proof that a request is the program's own probe. Only `probeIn()` makes one. */
export interface Probe {
  readonly [verified]: true
}

export const probeHeader = 'besonnen-probe'
const patience = 10_000

/** Bound to municipality, day and every letter of the body: it marks this one report and no other. */
const signature = (tx: TenantTx, body: string) =>
  tx.lookup('probe', `${berlinDay(tx.now)} ${createHash('sha256').update(body).digest('hex')}`)

/** Whether this body comes from the probe. Anything but a genuine signature is an ordinary report. */
export function probeIn(tx: TenantTx, header: string | null, body: string): Probe | undefined {
  const given = Buffer.from(header ?? '', 'hex')
  const right = signature(tx, body)
  return given.length === right.length && timingSafeEqual(given, right) ? ({} as Probe) : undefined
}

/** The mark of a probe's row, made with a key that does not lie in the database. */
export const markOf = (tx: TenantTx, report: string): Buffer => tx.lookup('synthetic', report)

/** How a step of the channel failed; shown to nobody but the log. */
class Broken extends Error {}

async function ask(url: string, init: RequestInit): Promise<Response> {
  const response = await fetch(url, { ...init, redirect: 'error', signal: AbortSignal.timeout(patience) })
  if (!response.ok) throw new Broken(`the channel answers ${response.status}`)
  return response
}

/** A report the way residents' programs hand it in, then its mailbox the way they open it. */
async function throughTheDoor(tx: TenantTx, api: string): Promise<void> {
  const body = JSON.stringify({ observed: 'Tägliche Probe des Meldewegs.' })
  const headers = { 'content-type': 'application/json', [probeHeader]: signature(tx, body).toString('hex') }
  const { code } = (await (await ask(`${api}/reports`, { method: 'POST', headers, body })).json()) as { code?: string }
  await ask(`${api}/mailbox`, { headers: { authorization: `Bearer ${code}` } })
}

/** Every marked row is ours and today's is there; throws otherwise. Earlier ones are removed. */
async function checkRows(tx: TenantTx): Promise<void> {
  const today = berlinDay(tx.now)
  const rows = await tx.db
    .selectFrom('intake.report')
    .select(['id', 'content_key', 'received_on', 'synthetic_mark'])
    .where('synthetic', '=', true)
    .execute()
  if (rows.some(({ id, synthetic_mark }) => !synthetic_mark?.equals(markOf(tx, id))))
    throw new Broken('a mark is forged')
  if (!rows.some(({ received_on }) => received_on === today)) throw new Broken('the report has not arrived')
  const old = rows.filter(({ received_on }) => received_on < today)
  if (old.length === 0) return
  const keys = old.map(({ content_key }) => content_key)
  await tx.db
    .updateTable('platform.record_key')
    .set({ destroy_on: addDays(today, 1) })
    .where('id', 'in', keys)
    .execute()
  await tx.db
    .deleteFrom('intake.report')
    .where(
      'id',
      'in',
      old.map(({ id }) => id),
    )
    .execute()
}

const caretakers = async (tx: TenantTx, model: Published) => {
  const roles = [...model.roles.keys()].filter((role) => model.verbs.get(role)?.has('town.settings'))
  return [...new Set((await holdersOf(tx, roles)).map(({ person }) => person))]
}

/**
 * Timed: proves that a report gets in and its mailbox opens, over the real door of this installation (`base`, an
 * address on this machine). When it fails, those who look after the town are told today. Says whether it went well.
 */
export const proveChannel =
  (base: string) =>
  async (tx: TenantTx): Promise<boolean | undefined> => {
    const model = await modelIfAny(tx)
    if (!model) return undefined
    const { slug } = await tx.db
      .selectFrom('platform.municipality')
      .select('slug')
      .where('id', '=', tx.municipality)
      .executeTakeFirstOrThrow()
    try {
      await throughTheDoor(tx, `${base}/api/v1/${slug}`)
      await checkRows(tx)
      await record(tx, 'proved', 'channel')
      return true
    } catch (error) {
      if (isOfTheDatabase(error)) throw error
      await record(tx, 'failed', 'channel')
      await alert(tx, await caretakers(tx, model), berlinDay(tx.now), 'broken')
      return false
    }
  }

/** Then this transaction is lost and the round comes again by itself. */
const isOfTheDatabase = (error: unknown) => typeof (error as { severity?: unknown }).severity === 'string'
