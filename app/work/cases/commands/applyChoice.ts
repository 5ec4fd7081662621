import type { TenantTx } from '#platform/tenancy/index.ts'
import { approvalOf } from '../choosing.ts'
import { saidOf } from '../queries/choice.ts'
import { settle } from './choose.ts'
import { ask } from './second.ts'
import { enter, type Locked } from './store.ts'

interface Answered {
  readonly subject: 'gates' | 'approval'
  /** The choice it was about. */
  readonly choice: string
  readonly agreed: boolean
  readonly proposedBy: string
  readonly answeredBy: string | null
}

/** Carries out what a second person said about a way of working. After the questions of protection comes approval. */
export async function applyChoice(tx: TenantTx, locked: Locked, answered: Answered): Promise<void> {
  const { row, key, model } = locked
  const { subject, choice: id, agreed, answeredBy } = answered
  await enter(tx, row.id, key, { kind: `${subject}-${agreed ? 'agreed' : 'refused'}`, by: answeredBy })
  const choice = await tx.db.selectFrom('cases.choice').selectAll().where('id', '=', id).executeTakeFirst()
  if (choice?.state !== 'waits') return
  const said = await saidOf(tx, choice)
  const approval = said && approvalOf(model, said.format)
  if (agreed && subject === 'gates' && approval) {
    const { proposedBy: by } = answered
    return ask(tx, locked, { subject: 'approval', asked: approval, reason: said.reason, payload: id, by })
  }
  if (!agreed) return void (await tx.db.deleteFrom('cases.choice').where('id', '=', id).execute())
  await tx.db.updateTable('cases.choice').set({ state: 'standing' }).where('id', '=', id).execute()
  await settle(tx, row.id, id)
}
