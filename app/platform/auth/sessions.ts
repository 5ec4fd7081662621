import { createHash, randomBytes } from 'node:crypto'
import { berlinDay } from '../kernel/index.ts'
import type { Tenants, TenantTx } from '../tenancy/index.ts'

/** Twelve hours: a working day with a late meeting; nobody stays signed in overnight. */
const sessionLength = 12 * 3600_000

const hash = (token: string) => createHash('sha256').update(token).digest()

/** The person behind a session: own roles and those she stands in for today. */
export interface Entered {
  readonly id: string
  readonly name: string
  readonly language: string
  readonly roles: readonly string[]
  /** Persons she is deputy of today; what excludes them excludes her. */
  readonly standsFor: readonly string[]
  /** Records she holds today instead of those who usually would, or stands in for somebody who does. */
  readonly holds: readonly string[]
}

/** Begins a session and returns the token for the cookie; only its hash is stored. */
export async function startSession(
  tx: TenantTx,
  personId: string,
  device = '',
): Promise<{ token: string; expires: Date }> {
  const token = randomBytes(24).toString('base64url')
  await tx.db.deleteFrom('auth.session').where('person_id', '=', personId).where('expires_at', '<=', tx.now).execute()
  const expires = new Date(tx.now.getTime() + sessionLength)
  await tx.db
    .insertInto('auth.session')
    .values({
      token_hash: hash(token),
      person_id: personId,
      device,
      started_on: berlinDay(tx.now),
      expires_at: expires,
    })
    .execute()
  return { token, expires }
}

export async function endSession(tx: TenantTx, token: string): Promise<void> {
  await tx.db.deleteFrom('auth.session').where('token_hash', '=', hash(token)).execute()
}

/** One way in that stands open at the moment. */
export interface Session {
  readonly id: string
  /** `Firefox, Linux`; '' when the browser did not say. */
  readonly device: string
  readonly since: Date
  /** The one this page is asked for with. */
  readonly current: boolean
}

/** Somebody's open sessions, the newest first; `token` is that of the request. */
export async function sessionsOf(tx: TenantTx, person: string, token: string): Promise<Session[]> {
  const own = hash(token)
  const rows = await tx.db
    .selectFrom('auth.session')
    .select(['id', 'device', 'expires_at', 'token_hash'])
    .where('person_id', '=', person)
    .where('expires_at', '>', tx.now)
    .orderBy('expires_at', 'desc')
    .execute()
  return rows.map(({ id, device, expires_at, token_hash }) => ({
    id,
    device,
    since: new Date(expires_at.getTime() - sessionLength),
    current: token_hash.equals(own),
  }))
}

/** Ends one of her sessions, or, without an id, all but that of the request. */
export async function endSessionsOf(tx: TenantTx, person: string, which: { id: string } | { allBut: string }) {
  const hers = tx.db.deleteFrom('auth.session').where('person_id', '=', person)
  await ('id' in which ? hers.where('id', '=', which.id) : hers.where('token_hash', '<>', hash(which.allBut))).execute()
}

/** Who comes in with this token; undefined for an unknown or expired one. One round trip. */
export async function enter(tenants: Tenants, municipality: number, token: string): Promise<Entered | undefined> {
  const row = await tenants.enter(municipality, hash(token), berlinDay(tenants.now))
  if (!row) return undefined
  const { person_id: id, name, language, roles, stands_for: standsFor, holds } = row
  return { id, name, language, roles, standsFor, holds }
}
