import { emptyForm, inWords, parseForm, readStaffDay, typed, type FormState } from '#platform/forms/index.ts'
import { formats } from '#platform/i18n/index.ts'
import { berlinDay, NotAllowed, StaleEdit } from '#platform/kernel/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { ButtonLink, Card, ErrorSummary, KeptLine, Lead, MoreDetails, Notice } from '#ui/index.ts'
import { modelInForce, modelVersion, rolesUnder, say, stepOf, type Compiled } from '#work/model/index.ts'
import { decide } from '../../commands/decide.ts'
import { openReport, type OpenedReport } from '../../queries.ts'
import { interpreters } from '../../queries/translations.ts'
import { answerLanguage, isForeign } from '../../languages.ts'
import { keepingOf, type KeptReport } from '../../queries/keeping.ts'
import { factsOf, standingOf } from '../../rules.ts'
import { decision } from '../../schema.ts'
import { waysOn, type Way } from '../../ways.ts'
import { words, type WordKey } from '../../words.ts'
import { togetherOf, TogetherParts, type Together } from './parts/together.tsx'
import { Decide } from './parts/decide.tsx'
import { Facts } from './parts/facts.tsx'
import { Messages } from './parts/messages.tsx'
import { BothDecisions } from './parts/both.tsx'
import { deletedView } from './keeping.tsx'
import { Inside } from './inside.tsx'
import { CheckLine } from './parts/checkLine.tsx'
import { TranslationLine } from './parts/translationLine.tsx'
import { Cover, Covered } from './parts/veil.tsx'

const t = words('de')

interface Shown {
  readonly report: OpenedReport
  readonly model: Compiled
  readonly inForce: Compiled
  readonly ways: readonly Way[]
  readonly together: Together
  readonly keeping: KeptReport
  /** Who can translate an answer; empty where it need not be. */
  readonly interpreters: readonly { readonly id: string; readonly name: string }[]
}

const load = (visit: Visit): Promise<Shown> =>
  visit.tx(async (tx) => {
    const report = await openReport(tx, visit.params.report ?? '')
    if (!report) throw new NotAllowed('report', { hidden: true })
    const model = await modelVersion(tx, report.modelVersion)
    const inForce = await modelInForce(tx)
    const roles = rolesUnder(model, inForce, visit.person?.roles ?? [])
    return {
      report,
      model,
      inForce,
      ways:
        report.caseId || report.mergedInto || report.second
          ? []
          : waysOn(model, { step: report.step, facts: factsOf(standingOf(report)) }, roles),
      together: await togetherOf(tx, visit, report, model),
      keeping: await keepingOf(tx, report.id),
      interpreters: isForeign(answerLanguage(report)) ? await interpreters(tx, report.id) : [],
    }
  })

/** `/{town}/eingang/{report}`: one report, and what can be done with it. */
export async function get(visit: Visit): Promise<View> {
  const shown = await load(visit).catch(async (error: unknown) => {
    const gone = error instanceof NotAllowed ? await deletedView(visit) : undefined
    if (!gone) throw error
    return gone
  })
  if ('layout' in shown) return shown
  const pile = visit.url.searchParams.get('stapel') === 'ja' ? 'yes' : ''
  return view(visit, shown, emptyForm({ version: String(shown.report.version), pile }))
}

/** The page again with what was typed and what has to be mended. */
export async function withForm(visit: Visit, form: FormState): Promise<View> {
  const shown = await load(visit)
  return view(visit, shown, { ...form, values: { version: String(shown.report.version), ...form.values } })
}

export async function post(visit: Visit): Promise<Response | View> {
  const id = visit.params.report ?? ''
  const raw = await visit.form()
  const until = typed(emptyForm(raw), 'watchUntil').trim()
  const watchUntil = readStaffDay(until, berlinDay(visit.now), 'ahead') ?? until
  const parsed = parseForm(decision, { ...raw, watchUntil }, inWords(t, 'de'))
  if (!parsed.ok)
    return { ...view(visit, await load(visit), { ...parsed.state, values: raw }), status: 422, error: true }
  try {
    const done = await visit.tx((tx) => decide(tx, visit.person?.roles ?? [], id, parsed.data, raw))
    if (done.missing.length === 0 && 'waits' in done && done.waits)
      return redirect(addresses.reportPage(visit.town, id))
    if (done.missing.length === 0)
      return redirect(
        'caseId' in done && done.caseId ? addresses.casePage(visit.town, done.caseId) : addresses.inbox(visit.town),
      )
    const errors = done.missing.map(({ field, message }) => ({ field, message: t(message as WordKey) }))
    return { ...view(visit, await load(visit), { values: raw, errors }), status: 422, error: true }
  } catch (error) {
    if (!(error instanceof StaleEdit)) throw error
    const shown = await load(visit)
    const values = { ...raw, version: String(shown.report.version) }
    const form = { values, errors: [{ field: 'to', message: t('stale.text') }] }
    return { ...view(visit, shown, form, true), status: 409, error: true }
  }
}

function view(visit: Visit, shown: Shown, form: FormState, stale = false): View {
  return {
    layout: 'staff',
    at: addresses.inbox(visit.town),
    back: addresses.inbox(visit.town),
    title: t('report.title', { day: formats('de').day(shown.report.receivedOn) }),
    body: <Report visit={visit} form={form} stale={stale} {...shown} />,
  }
}

/** How it goes on; the substitute is shown first that she may let others read. */
const WaysOn = (shown: Parameters<typeof Decide>[0]) =>
  shown.report.heldFor !== null && shown.visit.may('intake.substitute') ? (
    <MoreDetails title={t('release.oneself')} open={shown.form.errors.length > 0}>
      <p>{t('release.oneself.about')}</p>
      <Decide {...shown} />
    </MoreDetails>
  ) : (
    <Decide {...shown} />
  )

/** Until when it is kept, and the way for whoever wants to see it. */
const Kept = ({ visit, report, keeping }: { visit: Visit } & Pick<Shown, 'report' | 'keeping'>) => (
  <>
    {visit.may('cases.export') && (
      <p>
        <a href={addresses.newInspection(visit.town, `meldung:${report.id}`)}>{t('report.inspection')}</a>
      </p>
    )}
    <KeptLine
      keeping={keeping}
      href={visit.may('retention.hold') ? addresses.reportPage(visit.town, report.id, 'aufbewahrung') : undefined}
    />
  </>
)

function Report({
  visit,
  report,
  model,
  inForce,
  ways,
  together,
  keeping,
  interpreters: able,
  form,
  stale,
}: Shown & { visit: Visit; form: FormState; stale: boolean }) {
  const releasing = report.heldFor !== null && visit.may('intake.substitute')
  return (
    <>
      <ErrorSummary form={form} />
      {stale && <BothDecisions report={report} model={model} form={form} />}
      {report.danger && <Notice kind="danger">{t('report.danger')}</Notice>}
      {report.danger && (visit.may('intake.urgent') || visit.may('intake.substitute')) && (
        <p>
          <ButtonLink href={addresses.urgent(visit.town, report.id)}>{t('urgent.link')}</ButtonLink>
        </p>
      )}
      <Lead>{t('report.waiting', { step: say(stepOf(model, report.step).label, 'de') })}</Lead>
      {releasing && <p>{t('release.first')}</p>}
      {releasing && (
        <p>
          <ButtonLink href={addresses.reportPage(visit.town, report.id, 'lesesperre')}>{t('release.link')}</ButtonLink>
        </p>
      )}
      {report.second && (
        <Notice kind="waiting">
          {t(`second.open.${report.second.effect}`, { step: say(stepOf(model, report.second.to_step).button, 'de') })}
        </Notice>
      )}
      <CheckLine visit={visit} report={report} persons={model.model.persons} />
      <TranslationLine visit={visit} report={report} />
      <Facts report={report} model={model} />
      <Covered visit={visit} report={report} ways={ways} />
      <Cover visit={visit} report={report} form={form} />
      {report.caseId && (
        <Card title={t('report.in-case')}>
          <ButtonLink href={addresses.casePage(visit.town, report.caseId)}>{t('report.to-case')}</ButtonLink>
        </Card>
      )}
      <TogetherParts visit={visit} report={report} together={together} />
      {ways.length > 0 && (
        <WaysOn visit={visit} report={report} model={model} ways={ways} together={together} form={form} />
      )}
      {ways.length > 0 && !report.heldFor && <Inside visit={visit} report={report} model={inForce} />}
      <Messages visit={visit} report={report} model={model} together={together} interpreters={able} form={form} />
      <Kept visit={visit} report={report} keeping={keeping} />
    </>
  )
}
