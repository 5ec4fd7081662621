import { endEntitlement, entitle, type Entitlement } from '#platform/access/index.ts'
import { emptyForm, readStaffDay, typed, withError, type FormState } from '#platform/forms/index.ts'
import { berlinDay } from '#platform/kernel/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { modelInForce, type Compiled } from '#work/model/index.ts'
import { words } from '../words.ts'
import { view } from './person.tsx'

const t = words('de')

/** What is wrong with a proof as typed, or the proof. */
function read(form: FormState, model: Compiled, today: string): Entitlement | FormState {
  const [seen, until, entitlement] = [typed(form, 'seenOn'), typed(form, 'untilOn'), typed(form, 'entitlement')]
  const [seenOn, untilOn] = [readStaffDay(seen, today), until ? readStaffDay(until, today) : null]
  if (!model.model.entitlements.some(({ id }) => id === entitlement))
    return withError(form, 'entitlement', t('proofs.error.which'))
  if (!seenOn || seenOn > today) return withError(form, 'seenOn', t('proofs.error.seen'))
  if (untilOn === undefined || (untilOn && untilOn < seenOn)) return withError(form, 'untilOn', t('proofs.error.until'))
  return { entitlement, seenOn, untilOn }
}

/** `/{town}/verwaltung/personen/{person}/nachweise`: somebody has shown a proof, or it counts no more. */
export async function post(visit: Visit): Promise<Response | View> {
  const person = visit.params.person ?? ''
  const form = emptyForm(await visit.form())
  const ended = typed(form, 'end')
  const model = await visit.tx(modelInForce)
  const proof = ended ? undefined : read(form, model, berlinDay(visit.now))
  if (proof && 'errors' in proof) return { ...(await view(visit, proof)), status: 422, error: true }
  await visit.tx((tx) => (proof ? entitle(tx, person, proof) : endEntitlement(tx, person, ended)))
  return redirect(addresses.people(visit.town, person))
}
