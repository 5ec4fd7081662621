import type { Selectable } from 'kysely'
import type { Tables } from '#platform/db/tables.ts'
import { recordKey, type TenantTx } from '#platform/tenancy/index.ts'
import type { Said } from '../choosing.ts'
import { reveal } from '../commands/store.ts'

type Row = Selectable<Tables['cases.choice']>

/** What was said with a choice; undefined once its key is destroyed: then nobody knows which way it was. */
export async function saidOf(tx: TenantTx, row: Row): Promise<Said | undefined> {
  const key = await recordKey(tx, row.said_key)
  return key && (JSON.parse(reveal(tx, key, ['choice', 'said', row.id], row.said)) as Said)
}

/** The newest choice that was not refused; undefined where there is none, or none for this person to see. */
export async function choiceOf(tx: TenantTx, caseId: string) {
  const row = await tx.db
    .selectFrom('cases.choice')
    .selectAll()
    .where('case_id', '=', caseId)
    .where('state', '<>', 'refused')
    .orderBy('number', 'desc')
    .executeTakeFirst()
  if (!row) return undefined
  return { state: row.state, chosenOn: row.chosen_on, said: await saidOf(tx, row) }
}
export type Choice = NonNullable<Awaited<ReturnType<typeof choiceOf>>>
