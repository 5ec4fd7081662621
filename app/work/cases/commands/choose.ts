import { record } from '#platform/audit/index.ts'
import { berlinDay, newId, NotAllowed, StaleEdit } from '#platform/kernel/index.ts'
import { addKey, livingKey, type TenantTx } from '#platform/tenancy/index.ts'
import {
  approvalOf,
  isDialogue,
  isSecret,
  missingToChoose,
  openGates,
  unwritten,
  written,
  type Choosing,
  type Release,
  type Said,
} from '../choosing.ts'
import type { Published } from '#work/model/index.ts'
import { choiceOf, knowsWay } from '../queries/choice.ts'
import { handlersIn, lackingFor } from '../queries/entitled.ts'
import { grantsOf } from '../queries/people.ts'
import type { Missing } from '../rules.ts'
import { goOn } from './goOn.ts'
import { ask } from './second.ts'
import { actor, enter, lockCase, lockOpenCase, movesOf, seal, type Locked } from './store.ts'

/** What a second person is being asked about this case. */
async function openQuestion(tx: TenantTx, id: string) {
  const open = tx.db.selectFrom('cases.proposal').select('subject').where('case_id', '=', id)
  return (await open.where('answered_on', 'is', null).executeTakeFirst())?.subject
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
      said: seal(tx, key, 'choice', 'said', id, written(said)),
      said_key: key.id,
    })
    .execute()
  if (state === 'standing') await settle(tx, row.id, id)
  return id
}

/**
 * The one choice that is left: what it replaces goes at once, and its key with the next round. The same for any format,
 * so that what is gone early does not tell that a release was withdrawn.
 */
export async function settle(tx: TenantTx, caseId: string, choice: string): Promise<void> {
  await tx.db.deleteFrom('cases.choice').where('case_id', '=', caseId).where('id', '<>', choice).execute()
}

/** Whoever already works on the case has shown what the format needs. */
async function unentitled(tx: TenantTx, model: Published, id: string, format: string): Promise<Missing[]> {
  const grants = await grantsOf(tx, id)
  const names = new Map(grants.map(({ person, name }) => [person, name]))
  return (await lackingFor(tx, model, format, handlersIn(grants))).map(({ person, proofs }) => ({
    message: 'missing.entitled',
    field: 'format',
    values: { name: names.get(person) ?? '', proofs: proofs.join(', ') },
  }))
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
  if (!(await knowsWay(tx, id))) throw new NotAllowed('choice', { hidden: true })
  if (given.version !== row.version) throw new StaleEdit(given.version, row.version)
  if (!['choose-format', 'assign', 'handle', 'measure'].includes(row.step_kind))
    throw new NotAllowed('choice', { hidden: false })
  const missing = missingToChoose(model, given, berlinDay(tx.now))
  const { format = unwritten, reason = '', gates, overrule, release } = given
  const asked = isDialogue(model, format)
  const over = asked && openGates(model, given).length > 0
  const approval = approvalOf(model, format)
  // One question at a time. While a step is looked at, what asks nobody need not wait: the parties have released it.
  const open = await openQuestion(tx, id)
  if (open && (open !== 'move' || over || approval || row.step_kind === 'choose-format'))
    missing.push({ message: 'missing.second-open', field: 'format' })
  missing.push(...(await unentitled(tx, model, id, format)))
  if (missing.length > 0) return missing
  const released = isSecret(model, format) && { release: release as Release }
  const said: Said = { format, reason, gates: asked ? gates : {}, ...(over && { overrule }), ...released }
  const choice = await keep(tx, locked, said, over || approval ? 'waits' : 'standing')
  if (over) await ask(tx, locked, { subject: 'gates', reason: overrule!, payload: choice })
  else if (approval) await ask(tx, locked, { subject: 'approval', asked: approval, reason, payload: choice })
  else await enter(tx, id, key, { kind: 'way-chosen' })
  await record(tx, 'chose', `case:${id}`)
  if (over || approval || row.step_kind !== 'choose-format') return []
  const move = (await movesOf(tx, model, row, roles)).find(({ kind }) => kind === 'assign')
  return move ? goOn(tx, roles, id, { to: move.to, version: row.version, reason }) : []
}

/** After the end, or while a second person is asked, nothing may tell that something was taken back then: no line, no day, no key that goes early. */
async function overwrite(tx: TenantTx, caseId: string, said: Said): Promise<void> {
  const standing = tx.db.selectFrom('cases.choice').select(['id', 'said_key']).where('case_id', '=', caseId)
  for (const { id, said_key } of await standing.execute()) {
    const sealed = seal(tx, await livingKey(tx, said_key), 'choice', 'said', id, written(said))
    await tx.db.updateTable('cases.choice').set({ said: sealed }).where('id', '=', id).execute()
  }
}

/**
 * The parties take their release back: what was written down of the mediation goes, and the case goes on as one whose
 * way is not written down. Nobody is asked, and the course of events tells only that the way was settled anew.
 */
export async function withdrawRelease(tx: TenantTx, id: string): Promise<void> {
  const locked = await lockCase(tx, id)
  const choice = await choiceOf(tx, id)
  if (!choice?.said || !isSecret(locked.model, choice.said.format)) throw new NotAllowed('release', { hidden: true })
  const said: Said = { format: unwritten, reason: '', gates: choice.said.gates }
  if (locked.row.closed_on || choice.state !== 'standing') return overwrite(tx, id, said)
  await keep(tx, locked, said, 'standing')
  await enter(tx, id, locked.key, { kind: 'way-chosen' })
  await record(tx, 'chose', `case:${id}`)
}
