import { barredFrom, holdersOf } from '#platform/access/index.ts'
import { record } from '#platform/audit/index.ts'
import { berlinDay } from '#platform/kernel/index.ts'
import { notify } from '#platform/mail/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { modelInForce } from '#work/model/index.ts'
import { decidingRoles } from '../deciding.ts'
import { proposalOf } from '../queries/proposal.ts'
import { secondsFor } from '../queries/seconds.ts'
import { chosenIn, extractOf, type Choices } from '../redaction.ts'
import { searchedFor } from './search.ts'
import { demandPreparer, lockRequest, seal } from './store.ts'

/** Keeps what was chosen so far. */
export async function saveChoices(tx: TenantTx, id: string, choices: Choices): Promise<void> {
  const { row, key } = await lockRequest(tx, id, 'open')
  demandPreparer(tx, row)
  await tx.db
    .updateTable('inspection.request')
    .set({ choices: seal(tx, key, 'choices', id, JSON.stringify(choices)) })
    .where('id', '=', id)
    .execute()
  await record(tx, 'inspection-prepared', `inspection:${id}`)
}

/**
 * Lays the extract before those who decide: from here on they read it, and nothing of what is blackened. Answers false,
 * and changes nothing, while somebody still has to look for a person who asks what is kept about her. The substitute names
 * who decides with her (`second`); false, too, when that person may not.
 */
export async function proposeExtract(tx: TenantTx, id: string, choices: Choices, second?: string): Promise<boolean> {
  const { row, key } = await lockRequest(tx, id, 'open')
  const by = demandPreparer(tx, row)
  const searched = row.basis === 'gdpr' && !row.quiet ? await searchedFor(tx, id) : undefined
  if (searched?.another || searched?.substitute) return false
  if (row.quiet && !(await secondsFor(tx, row.reports)).some((one) => one.id === second)) return false
  const extract = extractOf(chosenIn(await proposalOf(tx, row), choices))
  await tx.db
    .updateTable('inspection.request')
    .set((eb) => ({
      state: 'proposed',
      laid: true,
      choices: seal(tx, key, 'choices', id, JSON.stringify(choices)),
      extract: seal(tx, key, 'extract', id, JSON.stringify(extract)),
      remark: null,
      proposed_by: by,
      second_by: row.quiet ? (second ?? null) : null,
      kept_by: by,
      proposed_on: berlinDay(tx.now),
      version: eb('version', '+', 1),
    }))
    .where('id', '=', id)
    .execute()
  await record(tx, 'inspection-proposed', `inspection:${id}`)
  const barred = await barredFrom(tx, [...row.cases, ...row.reports])
  const persons = row.quiet
    ? [second ?? '']
    : (await holdersOf(tx, decidingRoles(await modelInForce(tx)))).map(({ person }) => person)
  await notify(
    tx,
    [...new Set(persons)].filter((one) => one !== by && !barred.has(one)),
    tx.now,
  )
  return true
}
