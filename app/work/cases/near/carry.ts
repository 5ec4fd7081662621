import { enqueue, type JobHandlers } from '#platform/jobs/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { admitGuest, endGuest, invitationOf, invitationsToday, tellVisitor } from './commands/owner.ts'
import { answerOf, answersToday, endVisit, hearOfInvitation, letGo, tellOwner } from './commands/visitor.ts'
import { words } from './words.ts'

const t = words('de')

/*
 * What two municipalities write of one guest. Each writes its own row and this job in one transaction; the job reads how
 * it stands by then and tells the other. Cut off anywhere it comes again, and does nothing twice: what has ended stays
 * so on both sides, and letting somebody in answers the same person each time.
 */
export const carrying: JobHandlers = {
  [tellVisitor]: async (tx, { guest = '' }) => {
    const owner = tx.municipality
    const told = await invitationOf(tx, guest)
    return (
      told &&
      ((elsewhere) => elsewhere(told.town, (theirs) => hearOfInvitation(theirs, owner, told.invitation, told.ended)))
    )
  },
  [tellOwner]: async (tx, { guest = '' }) => {
    const home = tx.municipality
    const said = await answerOf(tx, guest)
    if (!said) return undefined
    return async (elsewhere) => {
      if (said.ended) return elsewhere(said.owner, (theirs) => endGuest(theirs, guest, home))
      const name = t('guest.full', { name: said.name, town: said.town })
      const person = await elsewhere(said.owner, (theirs) => admitGuest(theirs, guest, home, name))
      await elsewhere(home, (own) => (person ? letGo(own, guest, person) : endVisit(own, guest)))
    }
  },
}

/** A restored backup knows what was said, not whether the other has heard: everything that still counts is told again. */
export async function toldAgain(tx: TenantTx): Promise<void> {
  for (const guest of await invitationsToday(tx)) await enqueue(tx, tellVisitor, { guest })
  for (const guest of await answersToday(tx)) await enqueue(tx, tellOwner, { guest })
}
