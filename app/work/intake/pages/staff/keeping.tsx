import { emptyForm, typed, withError, type FormState } from '#platform/forms/index.ts'
import { destroyedOn, liftHold, setHold } from '#platform/retention/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Deleted, deletedTitle, HoldForm, holdReasonMissing, holdTitle } from '#ui/index.ts'
import { keepingOf, type KeptReport } from '../../queries/keeping.ts'

const idOf = (visit: Visit) => visit.params.report ?? ''
const load = (visit: Visit) => visit.tx((tx) => keepingOf(tx, idOf(visit)))

/** `/{town}/eingang/{report}/aufbewahrung`: suspends the deletion of a report, or lets it go on. */
export const get = async (visit: Visit): Promise<View> => view(visit, await load(visit), emptyForm())

export async function post(visit: Visit): Promise<Response | View> {
  const form = emptyForm(await visit.form())
  const keeping = await load(visit)
  // What runs holds it until it is answered; nothing is to be done by hand.
  if (keeping.hold?.because) return redirect(addresses.reportPage(visit.town, idOf(visit)))
  const reason = typed(form, 'reason').trim().slice(0, 2000)
  if (!keeping.hold && !reason)
    return { ...view(visit, keeping, withError(form, 'reason', holdReasonMissing())), status: 422, error: true }
  const [record, kind] = [idOf(visit), 'report']
  await visit.tx((tx) =>
    keeping.hold
      ? liftHold(tx, kind, record)
      : setHold(tx, { kind, record, contentKey: keeping.contentKey, quiet: keeping.quiet, reason }),
  )
  return redirect(addresses.reportPage(visit.town, record))
}

const view = (visit: Visit, keeping: KeptReport, form: FormState): View => ({
  layout: 'staff',
  at: addresses.inbox(visit.town),
  back: addresses.reportPage(visit.town, idOf(visit)),
  title: holdTitle(),
  body: (
    <HoldForm
      keeping={keeping}
      form={form}
      action={addresses.reportPage(visit.town, idOf(visit), 'aufbewahrung')}
      token={visit.token}
    />
  ),
})

/** In place of a report that was deleted; undefined when there never was one this person may know of. */
export async function deletedView(visit: Visit): Promise<View | undefined> {
  const on = await visit.tx((tx) => destroyedOn(tx, 'report', idOf(visit)))
  if (!on) return undefined
  return {
    layout: 'staff',
    at: addresses.inbox(visit.town),
    back: addresses.inbox(visit.town),
    title: deletedTitle(),
    status: 410,
    body: <Deleted on={on} />,
  }
}
