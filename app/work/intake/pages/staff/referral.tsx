import { chosen, emptyForm, inWords, parseForm, typed, type FormState } from '#platform/forms/index.ts'
import { formats } from '#platform/i18n/index.ts'
import { NotAllowed } from '#platform/kernel/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { ErrorSummary, Lead } from '#ui/index.ts'
import { modelInForce, modelVersion, rolesUnder } from '#work/model/index.ts'
import { decide } from '../../commands/decide.ts'
import { noteRecallTold, recallByOffice } from '../../commands/recall.ts'
import { prepareReferral, withdrawReferral } from '../../commands/refer.ts'
import { openReport } from '../../queries.ts'
import { handedOf, openOf } from '../../queries/referrals.ts'
import { letterOf, offersOf, whatReferralLacks } from '../../referral.ts'
import { factsOf, standingOf } from '../../rules.ts'
import { decision, referring } from '../../schema.ts'
import { waysOn } from '../../ways.ts'
import { words, type WordKey } from '../../words.ts'
import { Begin, Handed, Open, type ReferralPage } from './parts/referring.tsx'

const t = words('de')

type Shown = Pick<ReferralPage, 'report' | 'model' | 'way'>

const here = (visit: Visit) => addresses.referral(visit.town, visit.params.report ?? '')

const load = (visit: Visit): Promise<Shown> =>
  visit.tx(async (tx) => {
    const report = await openReport(tx, visit.params.report ?? '')
    if (!report) throw new NotAllowed('report', { hidden: true })
    const model = await modelVersion(tx, report.modelVersion)
    const roles = rolesUnder(model, await modelInForce(tx), visit.person?.roles ?? [])
    const ways =
      report.caseId || report.mergedInto
        ? []
        : waysOn(model, { step: report.step, facts: factsOf(standingOf(report)) }, roles)
    const way = ways.find(({ kind }) => kind === 'refer')
    if (!way && report.referrals.length === 0) throw new NotAllowed('referral', { hidden: true })
    return { report, model, way }
  })

/** `/{town}/eingang/{report}/verweisung`: to whom, on which ground, what exactly; asked first where that is needed. */
export async function get(visit: Visit): Promise<View> {
  const shown = await load(visit)
  return view({ visit, ...shown, form: emptyForm({ parts: ['observed'] }) })
}

export async function post(visit: Visit): Promise<Response | View> {
  const id = visit.params.report ?? ''
  const form = emptyForm(await visit.form())
  const shown = await load(visit)
  const deed = typed(form, 'do')
  if (deed === 'withdraw') {
    await visit.tx((tx) => withdrawReferral(tx, id))
    return redirect(here(visit))
  }
  if (deed === 'recall' || deed === 'told') {
    const carry = deed === 'recall' ? recallByOffice : noteRecallTold
    await visit.tx((tx) => carry(tx, id, typed(form, 'referral')))
    return redirect(here(visit))
  }
  if (deed === 'hand') return hand(visit, shown, form)
  return prepare(visit, shown, { ...form, values: { ...form.values, parts: chosen(form, 'parts') } })
}

const mended = (
  visit: Visit,
  shown: Shown,
  form: FormState,
  missing: readonly { field: string; message: string }[],
): View => {
  const errors = missing.map(({ field, message }) => ({ field, message: t(message as WordKey) }))
  return { ...view({ visit, ...shown, form: { values: form.values, errors } }), status: 422, error: true }
}

async function prepare(visit: Visit, shown: Shown, form: FormState): Promise<Response | View> {
  const parsed = parseForm(referring, form.values, inWords(t, 'de'))
  if (!parsed.ok) return { ...view({ visit, ...shown, form: parsed.state }), status: 422, error: true }
  const { report, model } = shown
  const offices = offersOf(model).map(({ id }) => id)
  const missing = whatReferralLacks(parsed.data, { offices, hasMailbox: report.hasMailbox })
  if (missing.length > 0) return mended(visit, shown, form, missing)
  const letter = letterOf(parsed.data, report, model)
  if (typed(form, 'do') === 'preview') return view({ visit, ...shown, form, preview: letter })
  await visit.tx((tx) => prepareReferral(tx, report.id, parsed.data, letter))
  return redirect(here(visit))
}

/** Takes the model's move; where it asks a second person, the letter waits with it. */
async function hand(visit: Visit, shown: Shown, form: FormState): Promise<Response | View> {
  const { report, way } = shown
  const open = openOf(report.referrals)
  if (!way || open?.state !== 'agreed') throw new NotAllowed('referral', { hidden: false })
  const values = { ...form.values, to: way.to, version: String(report.version) }
  const parsed = parseForm(decision, values, inWords(t, 'de'))
  if (!parsed.ok) return { ...view({ visit, ...shown, form: parsed.state }), status: 422, error: true }
  const roles = visit.person?.roles ?? []
  const done = await visit.tx((tx) => decide(tx, roles, report.id, { ...parsed.data, referral: open.id }))
  return done.missing.length > 0 ? mended(visit, shown, form, done.missing) : redirect(here(visit))
}

function view(page: ReferralPage): View {
  const { visit, report, way, form } = page
  const open = openOf(report.referrals)
  const [handed] = handedOf(report.referrals)
  const refused = report.referrals[0]?.state === 'refused' ? report.referrals[0] : undefined
  return {
    layout: 'staff',
    at: addresses.inbox(visit.town),
    back: addresses.reportPage(visit.town, report.id),
    title: t('referral.title'),
    body: (
      <>
        <ErrorSummary form={form} />
        <Lead>
          {refused && !open
            ? t('referral.state.refused', { day: formats('de').day(refused.answeredOn ?? refused.madeOn) })
            : t(`referral.state.${open?.state ?? handed?.state ?? 'none'}` as WordKey)}
        </Lead>
        {handed && <Handed visit={visit} referral={handed} />}
        {open && <Open {...page} referral={open} />}
        {!open && way && <Begin {...page} />}
      </>
    ),
  }
}
