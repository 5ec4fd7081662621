import { createHash } from 'node:crypto'
import type { TenantTx } from '../tenancy/index.ts'

const hashOf = (subject: string) => createHash('sha256').update(subject).digest()

/** The person a sign-in service means by this subject. */
export async function personOfSubject(tx: TenantTx, subject: string): Promise<string | undefined> {
  const row = await tx.db
    .selectFrom('auth.identity')
    .select('person_id')
    .where('subject_hash', '=', hashOf(subject))
    .executeTakeFirst()
  return row?.person_id
}

export async function linkSubject(tx: TenantTx, subject: string, person: string): Promise<void> {
  await tx.db
    .insertInto('auth.identity')
    .values({ subject_hash: hashOf(subject), person_id: person })
    .execute()
}

/** Whether somebody comes in by the sign-in service of the administration. */
export async function isLinked(tx: TenantTx, person: string): Promise<boolean> {
  const row = await tx.db
    .selectFrom('auth.identity')
    .select('person_id')
    .where('person_id', '=', person)
    .executeTakeFirst()
  return row !== undefined
}
