import { isOurUid, readUid, type CalendarReply } from '../calendar/index.ts'
import { defineFact, tell } from '../facts/index.ts'
import type { Tenants, TenantTx } from '../tenancy/index.ts'
import { checkProbe, type Resolve } from './probe.ts'
import { noteProbe, readProbe } from './probing.ts'
import { readReturned, type Returned } from './report.ts'
import { readReturnPath, type Returning } from './verp.ts'

/** A mail we sent came back, was complained about, or is late; told by the thing it was about. */
export const mailReturned = defineFact<{
  kind: string
  why: 'failed' | 'delayed' | 'complaint'
  status: string | null
}>('mail.delivery.returned')

/** Somebody's calendar program answered an invitation; told by the appointment. Anybody who has the mail can write it. */
export const calendarAnswered = defineFact<{ answer: CalendarReply['answer']; sequence: number; at: string }>(
  'mail.calendar.answered',
)

/** Somebody wrote to the address at which a list is left; told by the record the letter named. */
export const leftByMail = defineFact<Record<string, never>>('mail.left')

/** Marks the delivery and tells whoever sent it. False for a delivery that is forgotten, or has been told already. */
async function takeReturned(
  tx: TenantTx,
  mail: string,
  returned: Exclude<Returned, { kind: 'ignored' | 'reply' | 'letter' }>,
): Promise<boolean> {
  const row = await tx.db
    .selectFrom('mail.delivery')
    .select(['kind', 'thing', 'state'])
    .where('id', '=', mail)
    .where('traceable', '=', true)
    .forUpdate()
    .executeTakeFirst()
  if (!row?.thing || row.state !== 'accepted') return false
  const why = returned.kind
  const status = 'status' in returned ? returned.status : null
  if (why === 'failed')
    await tx.db.updateTable('mail.delivery').set({ state: 'bounced' }).where('id', '=', mail).execute()
  await tell(tx, mailReturned, row.thing, { kind: row.kind, why, status })
  return true
}

/**
 * Takes in one mail of the box for returned mails. Whose it was is said by the address it came to, which only we can
 * make; the address named in the report is never believed. Returns what was done with it, for the log.
 */
export async function takeIn(
  tenants: Tenants,
  secret: Buffer,
  raw: string | Uint8Array,
  resolve?: Resolve,
): Promise<Returned['kind'] | 'probe' | 'unknown'> {
  const probe = readProbe(secret, raw)
  if (probe) return (await takeProbe(tenants, probe, raw, resolve)) ? 'probe' : 'unknown'
  const returned = await readReturned(raw)
  if (returned.kind === 'ignored') return 'ignored'
  if (returned.kind === 'reply') return (await takeReply(tenants, returned.reply)) ? 'reply' : 'unknown'
  if (returned.kind === 'letter') return (await takeLeave(tenants, secret, returned.to)) ? 'letter' : 'ignored'
  const found = returned.to.map((address) => readReturnPath(secret, address)).find((one) => one !== undefined)
  if (!found || !(await exists(tenants, found))) return 'unknown'
  const taken = await tenants.inTenant({ municipality: found.municipality, who }, (tx) =>
    takeReturned(tx, found.mail, returned),
  )
  return taken ? returned.kind : 'unknown'
}

const who = { kind: 'program', name: 'returned-mail' } as const

/** Our own mail, as the other side sees it. */
async function takeProbe(tenants: Tenants, probe: Returning, raw: string | Uint8Array, resolve?: Resolve) {
  if (!(await exists(tenants, probe))) return false
  const found = await checkProbe(Buffer.from(raw), resolve)
  return tenants.inTenant({ municipality: probe.municipality, who }, (tx) => noteProbe(tx, probe.mail, found))
}

/** Whose appointment it is says the UID, which only we can make and only its reader knows. */
async function takeReply(tenants: Tenants, { uid, answer, sequence, at }: CalendarReply): Promise<boolean> {
  const ours = readUid(uid)
  if (!ours || !(await exists(tenants, ours))) return false
  return tenants.inTenant({ municipality: ours.municipality, who }, async (tx) => {
    if (!isOurUid(tx, ours)) return false
    await tell(tx, calendarAnswered, `appointment:${ours.id}`, { answer, sequence, at: at.toISOString() })
    return true
  })
}

/** Whatever it says: this address serves one purpose. */
async function takeLeave(tenants: Tenants, secret: Buffer, to: readonly string[]): Promise<boolean> {
  const found = to.map((address) => readReturnPath(secret, address, 'leave')).find((one) => one !== undefined)
  if (!found || !(await exists(tenants, found))) return false
  await tenants.inTenant({ municipality: found.municipality, who }, (tx) =>
    tell(tx, leftByMail, `leaving:${found.mail}`, {}),
  )
  return true
}

const exists = async (tenants: Tenants, { municipality }: Pick<Returning, 'municipality'>) =>
  (await tenants.municipalities()).some(({ id }) => id === municipality)
