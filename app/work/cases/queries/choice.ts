import { sql, type Selectable } from 'kysely'
import type { Tables } from '#platform/db/tables.ts'
import { recordKey, statement, type TenantTx } from '#platform/tenancy/index.ts'
import type { Said } from '../choosing.ts'
import { reveal } from '../commands/store.ts'
import { grantsOf, namesOf } from './people.ts'

type Row = Selectable<Tables['cases.choice']>

/** What was said with a choice; undefined once its key is destroyed: then nobody knows which way it was. */
export async function saidOf(tx: TenantTx, row: Row): Promise<Said | undefined> {
  const key = await recordKey(tx, row.said_key)
  return key && (JSON.parse(reveal(tx, key, ['choice', 'said', row.id], row.said)) as Said)
}

/** Whether this person may know how a case is worked on: coordination and handlers, not whoever is shown an extract. */
export async function knowsWay(tx: TenantTx, caseId: string): Promise<boolean> {
  const { rows } = await sql<{ knows: boolean }>`
    select access.reaches('cases') or access.reaches('program')
      or ${caseId}::uuid in (select access.granted('{interpreter,extract,guest}')) as knows`.execute(tx.db)
  return rows[0]?.knows === true
}

const choiceRows = statement((db, caseId: string) =>
  db
    .selectFrom('cases.choice')
    .selectAll()
    .where('case_id', '=', caseId)
    .where('state', '<>', 'refused')
    .orderBy('number', 'desc'),
)

/** The newest choice that was not refused; undefined where there is none, or none for this person to see. */
export async function choiceOf(tx: TenantTx, caseId: string) {
  const [row] = await choiceRows(tx, caseId)
  if (!row) return undefined
  return { state: row.state, chosenOn: row.chosen_on, said: await saidOf(tx, row) }
}
export type Choice = NonNullable<Awaited<ReturnType<typeof choiceOf>>>

/** Who may have seen the parties' release: the one who writes it down, and those who handle the case. */
export async function witnesses(tx: TenantTx, caseId: string): Promise<{ id: string; name: string }[]> {
  const handlers = (await grantsOf(tx, caseId)).filter(({ as }) => !['interpreter', 'extract', 'guest'].includes(as))
  const ids = [...(tx.who.kind === 'person' ? [tx.who.id] : []), ...handlers.map(({ person }) => person)]
  return [...(await namesOf(tx, ids))].map(([id, name]) => ({ id, name }))
}
