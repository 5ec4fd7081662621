import { hash as argon2, verify } from '@node-rs/argon2'
import { Secret, TOTP } from 'otpauth'
import { createHash, randomBytes } from 'node:crypto'
import { addKey, livingKey, type TenantTx } from '../tenancy/index.ts'
import { spendRecoveryCode } from './recovery-codes.ts'

/** OWASP's smallest recommended setting for argon2id: 19 MiB, two rounds, one lane. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
const invitationLength = 7 * 86_400_000
const period = 30

const place = (person: string) => ({ table: 'auth.credential', column: 'totp', row: person })
const hashOf = (token: string) => createHash('sha256').update(token).digest()
const generator = (secret: string, label = '', issuer = 'Besonnen') =>
  new TOTP({ issuer, label, secret: Secret.fromBase32(secret), period })

/** A new secret for a second factor, and the address an authenticator app reads from a QR code. */
export function newSecondFactor(label: string, issuer: string): { secret: string; address: string } {
  const secret = new Secret({ size: 20 }).base32
  return { secret, address: generator(secret, label, issuer).toString() }
}

/** The time step a code belongs to: now, or one step before or after; undefined for a wrong code. */
export function stepOf(secret: string, code: string, now: Date): number | undefined {
  const delta = generator(secret).validate({ token: code.replaceAll(/\s/g, ''), timestamp: now.getTime(), window: 1 })
  return delta === null ? undefined : Math.floor(now.getTime() / 1000 / period) + delta
}

/** Sets password and second factor, replacing any there were. `step` is that of the code which proved the factor. */
export async function setCredential(
  tx: TenantTx,
  person: string,
  { password, secret, step }: { password: string; secret: string; step: number },
): Promise<void> {
  const key = await addKey(tx, 'credential', person)
  const row = {
    person_id: person,
    password: await argon2(password, cost),
    totp: tx.keys.seal<'totp'>(key, place(person), secret),
    totp_key: key.id,
    totp_step: step,
  }
  await tx.db
    .insertInto('auth.credential')
    .values(row)
    .onConflict((conflict) => conflict.columns(['municipality_id', 'person_id']).doUpdateSet(row))
    .execute()
}

/** Verified in place of a password that does not exist, so that an unknown address costs the same time. */
let nobody: Promise<string> | undefined

/** The person behind address, password and code; undefined when any of them is wrong. A code works once. */
export async function identify(
  tx: TenantTx,
  mail: string,
  password: string,
  code: string,
): Promise<string | undefined> {
  const row = await tx.db
    .selectFrom('auth.person as p')
    .innerJoin('auth.credential as c', (join) =>
      join.onRef('c.municipality_id', '=', 'p.municipality_id').onRef('c.person_id', '=', 'p.id'),
    )
    .select(['p.id', 'p.left_on', 'c.password', 'c.totp', 'c.totp_key', 'c.totp_step'])
    .where((eb) => eb(eb.fn('lower', ['p.mail']), '=', mail.trim().toLowerCase()))
    .forUpdate()
    .executeTakeFirst()
  const right = await verify(
    row?.password ?? (await (nobody ??= argon2(randomBytes(16).toString('hex'), cost))),
    password,
  )
  if (!row || !right || row.left_on) return undefined
  const secret = tx.keys.reveal(await livingKey(tx, row.totp_key), place(row.id), row.totp)
  if (await spendRecoveryCode(tx, row.id, code)) return row.id
  const step = stepOf(secret, code, tx.now)
  if (step === undefined || step <= row.totp_step) return undefined
  await tx.db.updateTable('auth.credential').set({ totp_step: step }).where('person_id', '=', row.id).execute()
  return row.id
}

/**
 * A one-time token for setting up password and second factor; older ones of hers end. Valid for a week unless `length`
 * (milliseconds) says otherwise; `anew`: using it also ends her passkeys and codes.
 */
export async function invite(
  tx: TenantTx,
  person: string,
  { anew = false, length = invitationLength }: { anew?: boolean; length?: number } = {},
): Promise<string> {
  const token = randomBytes(16).toString('base64url')
  await tx.db.deleteFrom('auth.invitation').where('person_id', '=', person).execute()
  await tx.db
    .insertInto('auth.invitation')
    .values({ token_hash: hashOf(token), person_id: person, expires_at: new Date(tx.now.getTime() + length), anew })
    .execute()
  return token
}

/** Who was invited with this token; undefined when it is unknown, used or too old. */
export async function invited(
  tx: TenantTx,
  token: string,
): Promise<{ id: string; name: string; mail: string | null } | undefined> {
  return tx.db
    .selectFrom('auth.invitation as i')
    .innerJoin('auth.person as p', (join) =>
      join.onRef('p.municipality_id', '=', 'i.municipality_id').onRef('p.id', '=', 'i.person_id'),
    )
    .select(['p.id', 'p.name', 'p.mail'])
    .where('i.token_hash', '=', hashOf(token))
    .where('i.expires_at', '>', tx.now)
    .executeTakeFirst()
}

/** Ends the invitation and what it replaces: every session, and after a loss also passkeys and codes. */
export async function endInvitation(tx: TenantTx, token: string): Promise<void> {
  const row = await tx.db
    .deleteFrom('auth.invitation')
    .where('token_hash', '=', hashOf(token))
    .returning(['person_id', 'anew'])
    .executeTakeFirst()
  if (!row) return
  await tx.db.deleteFrom('auth.session').where('person_id', '=', row.person_id).execute()
  if (!row.anew) return
  await tx.db.deleteFrom('auth.passkey').where('person_id', '=', row.person_id).execute()
  await tx.db.deleteFrom('auth.recovery_code').where('person_id', '=', row.person_id).execute()
}

/** Ends every way in: sessions, password, passkeys, codes, open invitations. */
export async function endAccess(tx: TenantTx, person: string): Promise<void> {
  for (const table of [
    'auth.session',
    'auth.credential',
    'auth.passkey',
    'auth.recovery_code',
    'auth.invitation',
  ] as const)
    await tx.db.deleteFrom(table).where('person_id', '=', person).execute()
}
