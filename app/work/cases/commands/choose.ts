import { record } from '#platform/audit/index.ts'
import { berlinDay, newId, NotAllowed, StaleEdit } from '#platform/kernel/index.ts'
import { addKey, type TenantTx } from '#platform/tenancy/index.ts'
import { secretFormats } from '#work/model/index.ts'
import { formatOf, isDialogue, missingToChoose, openGates, unwritten, type Choosing, type Said } from '../choosing.ts'
import type { Missing } from '../rules.ts'
import { goOn } from './goOn.ts'
import { ask } from './second.ts'
import { actor, enter, lockOpenCase, movesOf, seal, type Locked } from './store.ts'

async function openProposal(tx: TenantTx, id: string): Promise<boolean> {
  const open = tx.db.selectFrom('cases.proposal').select('id').where('case_id', '=', id)
  return (await open.where('answered_on', 'is', null).executeTakeFirst()) !== undefined
}

async function keep(tx: TenantTx, { row }: Locked, said: Said, state: 'waits' | 'standing'): Promise<string> {
  const last = await tx.db
    .selectFrom('cases.choice')
    .select((eb) => eb.fn.max('number').as('number'))
    .where('case_id', '=', row.id)
    .executeTakeFirst()
  const id = newId()
  const key = await addKey(tx, 'choice', row.id)
  await tx.db
    .insertInto('cases.choice')
    .values({
      id,
      case_id: row.id,
      number: (last?.number ?? 0) + 1,
      chosen_on: berlinDay(tx.now),
      chosen_by: actor(tx),
      state,
      said: seal(tx, key, 'choice', 'said', id, JSON.stringify(said)),
      said_key: key.id,
    })
    .execute()
  return id
}

/**
 * Chooses how a case is worked on. Over an open question of protection, or for a format that needs approval, a second
 * person is asked first; otherwise the case goes on where the model lets it. Returns what is missing. Throws StaleEdit
 * when somebody was quicker.
 */
export async function choose(
  tx: TenantTx,
  roles: readonly string[],
  id: string,
  given: Choosing & { readonly version: number },
): Promise<Missing[]> {
  const locked = await lockOpenCase(tx, id)
  const { row, key, model } = locked
  if (given.version !== row.version) throw new StaleEdit(given.version, row.version)
  if (!['choose-format', 'assign', 'handle', 'measure'].includes(row.step_kind))
    throw new NotAllowed('choice', { hidden: false })
  const missing = missingToChoose(model, given, secretFormats, berlinDay(tx.now))
  if (await openProposal(tx, id)) missing.push({ message: 'missing.second-open', field: 'format' })
  if (missing.length > 0) return missing
  const { format = unwritten, reason = '', gates, overrule, releasedOn } = given
  const asked = isDialogue(model, format)
  const over = asked && openGates(model, given).length > 0
  const approval = formatOf(model, format)?.approval
  const said: Said = { format, reason, gates: asked ? gates : {}, ...(over && { overrule }), releasedOn }
  const choice = await keep(tx, locked, said, over || approval ? 'waits' : 'standing')
  if (over) await ask(tx, locked, { subject: 'gates', reason: overrule!, payload: choice })
  else if (approval) await ask(tx, locked, { subject: 'approval', asked: approval, reason, payload: choice })
  else await enter(tx, id, key, { kind: 'way-chosen' })
  await record(tx, 'chose', `case:${id}`)
  if (over || approval || row.step_kind !== 'choose-format') return []
  const move = (await movesOf(tx, model, row, roles)).find(({ kind }) => kind === 'assign')
  return move ? goOn(tx, roles, id, { to: move.to, version: row.version, reason }) : []
}
