import { inWords, parseForm, type FormState, type RawForm } from '#platform/forms/index.ts'
import { berlinDay } from '#platform/kernel/index.ts'
import type { Visit } from '#platform/web/index.ts'
import { offered, modelInForce, readingOffice, type Published } from '#work/model/index.ts'
import { openDraft, saveDraft, type Draft } from '../../commands/draft.ts'
import { receiveReport } from '../../commands/receive.ts'
import type { NewReport } from '../../schema.ts'
import { flooding, fold, waitingTime } from '../../slowDoor.ts'
import { readable, reportOf, stepSchemas, withStep, type WebStep } from '../../webForm.ts'
import { publicWords } from '../../words.ts'
import { asPublic, draftSecret } from './begun.ts'

export type HandedIn =
  | { readonly kind: 'done' }
  | { readonly kind: 'expired' }
  /** So many reports are coming in that this one has to wait; its text is kept. */
  | { readonly kind: 'wait'; readonly seconds: number }
  | { readonly kind: 'faults'; readonly step: WebStep; readonly state: FormState; readonly model: Published }

/** Checks one page; the faults come as sentences in the visitor's language. */
export function checkStep(visit: Visit, step: WebStep, raw: RawForm) {
  const message = inWords(publicWords(visit.language), visit.language)
  const parsed = parseForm(stepSchemas(berlinDay(visit.now))[step], readable(raw), message)
  return parsed.ok ? parsed : { ok: false as const, state: { ...parsed.state, values: raw } }
}

/**
 * Hands the report in: checked as a whole, saved, and the code laid where only this browser finds it. The draft is
 * held for the length of the transaction, so a form sent twice waits and finds the code of the first.
 */
export async function handIn(visit: Visit, contactPage: RawForm | undefined): Promise<HandedIn> {
  const secret = draftSecret(visit)
  if (!secret) return { kind: 'expired' }
  const result = await asPublic(visit, async (tx): Promise<HandedIn & { id?: string }> => {
    const draft = await openDraft(tx, secret, true)
    if (!draft) return { kind: 'expired' }
    if (draft.receipt) return { kind: 'done' }
    const model = await modelInForce(tx)
    const values = contactPage ? withStep(draft.values, 'contact', contactPage) : draft.values
    const checked = checkAll(visit, model, values)
    if (!('report' in checked)) {
      await saveDraft(tx, secret, { ...draft, values })
      return { kind: 'faults', ...checked, model }
    }
    const turn = turnOf(visit, model, draft)
    if (turn > visit.now.getTime()) {
      await saveDraft(tx, secret, { values, turn })
      return { kind: 'wait', seconds: Math.ceil((turn - visit.now.getTime()) / 1000) }
    }
    const { id, code, receivedAt } = await receiveReport(tx, checked.report)
    await saveDraft(tx, secret, {
      values: {},
      receipt: { code, receivedOn: receivedAt, danger: checked.report.danger },
    })
    // Whoever had to wait came in a flood.
    return draft.turn || flooding(visit, model) ? { kind: 'done', id } : { kind: 'done' }
  })
  const { id } = result
  if (id) await fold(visit, id)
  return result
}

/** When this report's turn is, in milliseconds; given once and kept with the draft. */
const turnOf = (visit: Visit, model: Published, draft: Draft): number =>
  draft.turn ?? visit.now.getTime() + waitingTime(visit, model)

function checkAll(
  visit: Visit,
  model: Published,
  values: RawForm,
): { report: NewReport } | { step: WebStep; state: FormState } {
  const what = checkStep(visit, 'what', values)
  if (!what.ok) return { step: 'what', state: what.state }
  const where = checkStep(visit, 'where', values)
  if (!where.ok) return { step: 'where', state: where.state }
  const contact = checkStep(visit, 'contact', values)
  if (!contact.ok) return { step: 'contact', state: contact.state }
  const named = offered(model, visit.language, 'residents')
  const { reads, instead } = readingOffice(model, (where.data as { area: string }).area)
  const said = { what: what.data, where: where.data, contact: contact.data } as Parameters<typeof reportOf>[0]
  return {
    report: reportOf(said, visit.language, { ...named, offices: [reads.id, ...(instead ? [instead.id] : [])] }),
  }
}
