import { record } from '#platform/audit/index.ts'
import { berlinDay, newId, NotAllowed, StaleEdit } from '#platform/kernel/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { makeCaseFindable } from '../../commands/find.ts'
import { lockOpenCase, seal, type Locked } from '../../commands/store.ts'
import type { PartySaid } from '../schema.ts'

const sealed = (tx: TenantTx, { key }: Locked, id: string, { label, about, stands, form }: PartySaid) => ({
  stands,
  form,
  label: seal(tx, key, 'party', 'label', id, label),
  about: about ? seal(tx, key, 'party', 'about', id, about) : null,
})

/** Notes who is part of a conflict, by role. Returns its id. */
export async function addParty(tx: TenantTx, caseId: string, said: PartySaid): Promise<string> {
  const locked = await lockOpenCase(tx, caseId)
  const id = newId()
  await tx.db
    .insertInto('cases.party')
    .values({
      id,
      case_id: caseId,
      ...sealed(tx, locked, id, said),
      merged_into: null,
      removed_on: null,
      added_at: tx.now,
    })
    .execute()
  await makeCaseFindable(tx, caseId)
  await record(tx, 'added-party', `case:${caseId}`)
  return id
}

async function lockParty(tx: TenantTx, caseId: string, id: string) {
  const locked = await lockOpenCase(tx, caseId)
  const row = await tx.db
    .selectFrom('cases.party')
    .selectAll()
    .where('case_id', '=', caseId)
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) throw new NotAllowed('party', { hidden: true })
  return { locked, row }
}

/** Says it better. `onto` is the version the form was made from; throws StaleEdit when there is a newer one. */
export async function changeParty(
  tx: TenantTx,
  caseId: string,
  id: string,
  said: PartySaid,
  onto: number,
): Promise<void> {
  const { locked, row } = await lockParty(tx, caseId, id)
  if (onto !== row.version) throw new StaleEdit(onto, row.version)
  await tx.db
    .updateTable('cases.party')
    .set({ ...sealed(tx, locked, id, said), version: row.version + 1 })
    .where('id', '=', id)
    .execute()
  await makeCaseFindable(tx, caseId)
  await record(tx, 'changed-party', `case:${caseId}`)
}

async function put(tx: TenantTx, id: string, values: { merged_into?: string | null; removed_on?: string | null }) {
  await tx.db
    .updateTable('cases.party')
    .set((eb) => ({ ...values, version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .execute()
}

/**
 * Two turn out to be one: what was noted of the first counts for the second from now on. Nothing is rewritten, so
 * that `unmergeParty` brings both back as they were. The second must be there itself.
 */
export async function mergeParty(tx: TenantTx, caseId: string, id: string, into: string): Promise<void> {
  const { row } = await lockParty(tx, caseId, id)
  const target = await lockParty(tx, caseId, into)
  const gone = [row, target.row].some(({ merged_into, removed_on }) => merged_into !== null || removed_on !== null)
  if (id === into || gone) throw new NotAllowed('merge', { hidden: false })
  await put(tx, id, { merged_into: into })
  await record(tx, 'merged-party', `case:${caseId}`)
}

export async function unmergeParty(tx: TenantTx, caseId: string, id: string): Promise<void> {
  await lockParty(tx, caseId, id)
  await put(tx, id, { merged_into: null })
  await record(tx, 'unmerged-party', `case:${caseId}`)
}

/** Was noted by mistake, or is no longer part of it; earlier versions still name it. `restoreParty` brings it back. */
export async function removeParty(tx: TenantTx, caseId: string, id: string): Promise<void> {
  await lockParty(tx, caseId, id)
  await put(tx, id, { removed_on: berlinDay(tx.now) })
  await record(tx, 'removed-party', `case:${caseId}`)
}

export async function restoreParty(tx: TenantTx, caseId: string, id: string): Promise<void> {
  await lockParty(tx, caseId, id)
  await put(tx, id, { removed_on: null })
  await record(tx, 'restored-party', `case:${caseId}`)
}
