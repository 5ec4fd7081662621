import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { veilReport } from '../../commands/veil.ts'
import { veils } from '../../veil.ts'
import { words } from '../../words.ts'
import { withForm } from './report.tsx'

const t = words('de')

/** `/{town}/eingang/{report}/verdecken`: the text is folded, with a reason in one word; empty unfolds it. */
export async function post(visit: Visit): Promise<Response | View> {
  const raw = await visit.form()
  const id = visit.params.report ?? ''
  const veil = veils.find((one) => one === raw.veil) ?? null
  if (veil === null && raw.do !== 'unveil') {
    const errors = [{ field: 'veil', message: t('missing.veil') }]
    return { ...(await withForm(visit, { values: raw, errors })), status: 422, error: true }
  }
  await visit.tx((tx) => veilReport(tx, id, veil))
  return redirect(addresses.reportPage(visit.town, id))
}
