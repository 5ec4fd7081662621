import type { TenantTx } from '#platform/tenancy/index.ts'
import { landing, stepOf } from '#work/model/index.ts'
import { closing } from '../schema.ts'
import { enter, lockCase, reveal } from './store.ts'
import { applyChoice } from './applyChoice.ts'
import { finish } from './close.ts'
import { take } from './goOn.ts'
import { stand } from './stand.ts'

/**
 * Carries out what a second person answered, as the program. What waited is done now, if she agreed; what had taken
 * effect at once is undone if she did not and nobody has gone on since.
 */
export async function applySecond(tx: TenantTx, id: string): Promise<void> {
  const proposal = await tx.db.selectFrom('cases.proposal').selectAll().where('id', '=', id).executeTakeFirst()
  if (!proposal) return
  const locked = await lockCase(tx, proposal.case_id)
  const { row, key, model } = locked
  const { subject, agreed } = proposal
  if (subject !== 'move') {
    if (!proposal.payload) return
    const choice = reveal(tx, key, ['proposal', 'payload', id], proposal.payload)
    const { proposed_by: proposedBy, answered_by: answeredBy } = proposal
    return applyChoice(tx, locked, { subject, choice, agreed: agreed === true, proposedBy, answeredBy })
  }
  const to = stepOf(model, proposal.to_step)
  const lands = landing(model, to).id
  await enter(tx, row.id, key, {
    kind: proposal.agreed ? 'second-agreed' : 'second-refused',
    step: to.id,
    by: proposal.answered_by,
  })
  if (proposal.effect === 'at-once') {
    if (!proposal.agreed && row.step === lands) await stand(tx, locked, proposal.from_step, { kind: 'moved-back' })
    return
  }
  if (!proposal.agreed || row.step !== proposal.from_step) return
  if (to.kind === 'close' && proposal.payload) {
    const said = closing.parse(JSON.parse(reveal(tx, key, ['proposal', 'payload', id], proposal.payload)))
    await finish(tx, locked, lands, said)
  } else await take(tx, locked, { kind: to.kind, lands })
}
