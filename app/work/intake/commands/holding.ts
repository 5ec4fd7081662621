import { admitted, grant, grantedOn, holdersOf, withdrawGrant } from '#platform/access/index.ts'
import { record } from '#platform/audit/index.ts'
import { notify } from '#platform/mail/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { holderRoles, modelInForce } from '#work/model/index.ts'

/** Who holds a report holds the case it becomes. */
export async function holdToo(tx: TenantTx, report: string, caseId: string): Promise<void> {
  for (const person of await grantedOn(tx, report, 'holder'))
    await grant(tx, { record: caseId, person, role: 'holder' })
}

/**
 * As the program, after somebody left or may hold nothing any more: what she held in the place of the coordination
 * office goes to another person of those who may, by name, and she is told; with nobody there, the substitutes are.
 */
export async function passHolding(tx: TenantTx, person: string): Promise<void> {
  const model = await modelInForce(tx)
  const able = (await holdersOf(tx, holderRoles(model))).map((one) => one.person)
  if (able.includes(person)) return
  const rows = await tx.db
    .selectFrom('access.grant')
    .select(['record_id', 'given_by'])
    .where('person_id', '=', person)
    .where('role', '=', 'holder')
    .execute()
  for (const { record_id: held, given_by: by } of rows) {
    await withdrawGrant(tx, held, person)
    const [next] = await admitted(tx, held, able)
    if (next) await grant(tx, { record: held, person: next.id, role: 'holder', by })
    await record(tx, 'passed-on', `holding:${held}`)
    await notify(tx, next ? [next.id] : await substitutesOf(tx), tx.now)
  }
}

/** Whoever decides who must not read a report. */
export async function substitutesOf(tx: TenantTx): Promise<string[]> {
  const { verbs } = await modelInForce(tx)
  const roles = [...verbs].filter(([, held]) => held.has('intake.substitute')).map(([role]) => role)
  return [...new Set((await holdersOf(tx, roles)).map((one) => one.person))]
}
