import { hiddenFields } from '#platform/forms/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { dropOutgoing, sendTranslated } from '../../commands/outgoing.ts'
import { words } from '../../words.ts'
import { withForm } from './report.tsx'

const t = words('de')

/** `/{town}/eingang/{report}/antwort/{translation}`: lays a translated answer in the mailbox, or takes it back. */
export async function post(visit: Visit): Promise<Response | View> {
  const { report = '', translation = '' } = visit.params
  const form = await visit.form()
  const done = await visit.tx(async (tx) => {
    if (form.do !== 'drop') return sendTranslated(tx, report, translation, Number(form[hiddenFields.version] ?? -1))
    await dropOutgoing(tx, report, translation)
    return true
  })
  if (done) return redirect(addresses.reportPage(visit.town, report))
  const errors = [{ field: `outgoing-${translation}`, message: t('outgoing.stale') }]
  return { ...(await withForm(visit, { values: {}, errors })), status: 409, error: true }
}
