import { randomInt } from 'node:crypto'
import type { TenantTx } from '../tenancy/index.ts'

const count = 8
const length = 10
const alphabet = '2346789ABCDEFGHJKMNPQRTVWXYZ'

/** As it was written down: letter case, spaces and hyphens do not count. */
const plain = (typed: string) => typed.toUpperCase().replaceAll(/[\s-]/g, '')
const hashOf = (tx: TenantTx, person: string, code: string) => tx.lookup('recovery-code', `${person}:${plain(code)}`)

/** Whether this looks like a recovery code at all. */
export const looksLikeRecoveryCode = (typed: string): boolean =>
  new RegExp(`^[${alphabet}]{${length}}$`).test(plain(typed))

/** Eight new codes, `7K2M9-QRTVW`, in place of all older ones; only their hashes are kept. */
export async function newRecoveryCodes(tx: TenantTx, person: string): Promise<string[]> {
  const codes = Array.from({ length: count }, () =>
    Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join(''),
  )
  await tx.db.deleteFrom('auth.recovery_code').where('person_id', '=', person).execute()
  await tx.db
    .insertInto('auth.recovery_code')
    .values(codes.map((code) => ({ person_id: person, code_hash: hashOf(tx, person, code) })))
    .execute()
  return codes.map((code) => `${code.slice(0, 5)}-${code.slice(5)}`)
}

/** True once for each code. */
export async function spendRecoveryCode(tx: TenantTx, person: string, typed: string): Promise<boolean> {
  if (!looksLikeRecoveryCode(typed)) return false
  const spent = await tx.db
    .deleteFrom('auth.recovery_code')
    .where('person_id', '=', person)
    .where('code_hash', '=', hashOf(tx, person, typed))
    .executeTakeFirst()
  return spent.numDeletedRows === 1n
}

/** How many she still has. */
export async function recoveryCodesLeft(tx: TenantTx, person: string): Promise<number> {
  const { left } = await tx.db
    .selectFrom('auth.recovery_code')
    .select((eb) => eb.fn.countAll<number>().as('left'))
    .where('person_id', '=', person)
    .executeTakeFirstOrThrow()
  return left
}
