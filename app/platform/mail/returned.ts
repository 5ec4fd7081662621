import { defineFact, tell } from '../facts/index.ts'
import type { Tenants, TenantTx } from '../tenancy/index.ts'
import { readReturned, type Returned } from './report.ts'
import { readReturnPath, type Returning } from './verp.ts'

/** A mail we sent came back, was complained about, or is late; told by the thing it was about. */
export const mailReturned = defineFact<{
  kind: string
  why: 'failed' | 'delayed' | 'complaint'
  status: string | null
}>('mail.delivery.returned')

/** Marks the delivery and tells whoever sent it. False for a delivery that is forgotten, or has been told already. */
export async function takeReturned(
  tx: TenantTx,
  mail: string,
  returned: Exclude<Returned, { kind: 'ignored' }>,
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
): Promise<Returned['kind'] | 'unknown'> {
  const returned = await readReturned(raw)
  if (returned.kind === 'ignored') return 'ignored'
  const found = returned.to.map((address) => readReturnPath(secret, address)).find((one) => one !== undefined)
  if (!found || !(await exists(tenants, found))) return 'unknown'
  const who = { kind: 'program', name: 'returned-mail' } as const
  const taken = await tenants.inTenant({ municipality: found.municipality, who }, (tx) =>
    takeReturned(tx, found.mail, returned),
  )
  return taken ? returned.kind : 'unknown'
}

const exists = async (tenants: Tenants, { municipality }: Returning) =>
  (await tenants.municipalities()).some(({ id }) => id === municipality)
