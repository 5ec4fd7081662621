import { record } from '#platform/audit/index.ts'
import { endAccess, isLinked, linkSubject, personOfSubject, type Arrival } from '#platform/auth/index.ts'
import { newId } from '#platform/kernel/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { leave } from './leave.ts'

/** Somebody with this address who does not come in by the service yet. */
async function unlinkedWith(tx: TenantTx, mail: string): Promise<string | undefined> {
  const row = await tx.db
    .selectFrom('auth.person')
    .select('id')
    .where((eb) => eb(eb.fn('lower', ['mail']), '=', mail.toLowerCase()))
    .where('left_on', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  return row && !(await isLinked(tx, row.id)) ? row.id : undefined
}

/** The address for somebody new: none when another person has it, even one who left. */
async function freeAddress(tx: TenantTx, mail: string | undefined): Promise<string | null> {
  if (!mail) return null
  const taken = await tx.db
    .selectFrom('auth.person')
    .select('id')
    .where((eb) => eb(eb.fn('lower', ['mail']), '=', mail.toLowerCase()))
    .executeTakeFirst()
  return taken ? null : mail
}

/**
 * The person who came back from the sign-in service; undefined when it does not admit her. Its word lets somebody in or
 * ends her access, and nothing else: roles and grants are given here, and are not there again after a return. Whoever
 * comes in by the service has no other way in, so that its word counts.
 */
export async function arrive(tx: TenantTx, { subject, name, mail, admitted }: Arrival): Promise<string | undefined> {
  const known = await personOfSubject(tx, subject)
  const row = known
    ? await tx.db
        .selectFrom('auth.person')
        .select(['id', 'left_on'])
        .where('id', '=', known)
        .forUpdate()
        .executeTakeFirst()
    : undefined
  if (!admitted) {
    if (row && !row.left_on) await leave(tx, row.id)
    return undefined
  }
  if (row?.left_on) {
    await tx.db.updateTable('auth.person').set({ left_on: null }).where('id', '=', row.id).execute()
    await record(tx, 'readmitted', `person:${row.id}`)
  }
  if (row) return row.id
  const own = mail && (await unlinkedWith(tx, mail))
  if (own) await endAccess(tx, own)
  const id = own || newId()
  if (!own) {
    await tx.db
      .insertInto('auth.person')
      .values({ id, name, mail: await freeAddress(tx, mail) })
      .execute()
    await record(tx, 'entered', `person:${id}`)
  }
  await linkSubject(tx, subject, id)
  await record(tx, 'linked', `person:${id}`)
  return id
}
