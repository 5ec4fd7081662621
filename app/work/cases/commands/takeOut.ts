import { holdersOf } from '#platform/access/index.ts'
import { record } from '#platform/audit/index.ts'
import { newId, NotAllowed } from '#platform/kernel/index.ts'
import { notify } from '#platform/mail/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { modelInForce } from '#work/model/index.ts'
import { ownRequest, openRequests, requestLife } from '../queries/takeOut.ts'
import { registerRows } from '../queries/register.ts'
import type { Purpose } from '../schema.ts'
import { actor } from './store.ts'

/** Asks a second person, where the model wants one. A question that waits stays; one that is over goes. */
export async function askToTakeOut(tx: TenantTx, purpose: Purpose): Promise<void> {
  const second = (await modelInForce(tx)).model.register?.second ?? []
  await tx.db
    .deleteFrom('cases.register_request')
    .where('asked_at', '<', new Date(tx.now.getTime() - requestLife))
    .execute()
  const own = await ownRequest(tx)
  if (second.length === 0 || own?.state === 'waits' || own?.state === 'agreed') return
  await tx.db.deleteFrom('cases.register_request').where('asked_by', '=', actor(tx)).execute()
  await tx.db
    .insertInto('cases.register_request')
    .values({ id: newId(), asked_by: actor(tx), asked_at: tx.now, purpose })
    .execute()
  await record(tx, 'asked-to-export', 'register')
  const persons = (await holdersOf(tx, second)).map(({ person }) => person)
  await notify(
    tx,
    [...new Set(persons)].filter((one) => one !== actor(tx)),
    tx.now,
  )
}

/** The second person answers; hidden from whoever asked and from roles the model does not name. */
export async function answerTakeOut(
  tx: TenantTx,
  roles: readonly string[],
  id: string,
  agreed: boolean,
): Promise<void> {
  const request = (await openRequests(tx, roles)).find((one) => one.id === id)
  if (!request) throw new NotAllowed('request', { hidden: true })
  const { numUpdatedRows } = await tx.db
    .updateTable('cases.register_request')
    .set({ answered_by: actor(tx), answered_at: tx.now, agreed })
    .where('id', '=', id)
    .where('answered_at', 'is', null)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw new NotAllowed('request', { hidden: true })
  await record(tx, agreed ? 'export-agreed' : 'export-refused', 'register')
  await notify(tx, [request.askedBy], tx.now)
}

/** The rows of the register; where the model wants a second person, her answer is used up by it. */
export async function takeOut(tx: TenantTx): Promise<Awaited<ReturnType<typeof registerRows>>> {
  if ((await modelInForce(tx)).model.register) {
    const own = await ownRequest(tx)
    if (own?.state !== 'agreed') throw new NotAllowed('second person', { hidden: false })
    const used = await tx.db.deleteFrom('cases.register_request').where('id', '=', own.id).executeTakeFirst()
    if (used.numDeletedRows === 0n) throw new NotAllowed('second person', { hidden: false })
  }
  return registerRows(tx)
}
