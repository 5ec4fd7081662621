import { emptyForm, inWords, parseForm, type FormState } from '#platform/forms/index.ts'
import { formats, isLanguage, languageInfo } from '#platform/i18n/index.ts'
import { NotAllowed, StaleEdit } from '#platform/kernel/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import {
  Button,
  ButtonLink,
  Card,
  Checkbox,
  ErrorSummary,
  Form,
  Lead,
  Notice,
  Radios,
  SummaryList,
  TextArea,
  TextField,
  Timeline,
} from '#ui/index.ts'
import { choices, modelVersion, say, stepOf, type Compiled } from '#work/model/index.ts'
import { decide } from '../../commands/decide.ts'
import { openReport, type OpenedReport } from '../../queries.ts'
import { factsOf } from '../../rules.ts'
import { decision } from '../../schema.ts'
import { waysOn, type Way } from '../../ways.ts'
import { words, type WordKey } from '../../words.ts'
import { togetherOf, TogetherParts, type Together } from './parts/together.tsx'
import { CheckLine } from './parts/checkLine.tsx'

const t = words('de')

interface Shown {
  readonly report: OpenedReport
  readonly model: Compiled
  readonly ways: readonly Way[]
  readonly together: Together
}

const load = (visit: Visit): Promise<Shown> =>
  visit.tx(async (tx) => {
    const report = await openReport(tx, visit.params.report ?? '')
    if (!report) throw new NotAllowed('report', { hidden: true })
    const model = await modelVersion(tx, report.modelVersion)
    const facts = factsOf({
      held_for: report.heldFor,
      danger: report.danger,
      anonymity: report.anonymity,
      contact_key: report.contact ? 'known' : null,
    })
    return {
      report,
      model,
      ways:
        report.caseId || report.mergedInto
          ? []
          : waysOn(model, { step: report.step, facts }, visit.person?.roles ?? []),
      together: await togetherOf(tx, visit, report, model),
    }
  })

/** `/{town}/eingang/{report}`: one report, and what can be done with it. */
export async function get(visit: Visit): Promise<View> {
  const shown = await load(visit)
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
  const parsed = parseForm(decision, await visit.form(), inWords(t, 'de'))
  if (!parsed.ok) return { ...view(visit, await load(visit), parsed.state), status: 422, error: true }
  try {
    const done = await visit.tx((tx) => decide(tx, visit.person?.roles ?? [], id, parsed.data))
    if (done.missing.length === 0)
      return redirect(
        'caseId' in done && done.caseId ? addresses.casePage(visit.town, done.caseId) : addresses.inbox(visit.town),
      )
    const errors = done.missing.map(({ field, message }) => ({ field, message: t(message as WordKey) }))
    return { ...view(visit, await load(visit), { values: await visit.form(), errors }), status: 422, error: true }
  } catch (error) {
    if (!(error instanceof StaleEdit)) throw error
    const shown = await load(visit)
    const values = { ...(await visit.form()), version: String(shown.report.version) }
    return {
      ...view(visit, shown, { values, errors: [{ field: 'to', message: t('stale.text') }] }),
      status: 409,
      error: true,
    }
  }
}

function view(visit: Visit, shown: Shown, form: FormState): View {
  return {
    layout: 'staff',
    at: addresses.inbox(visit.town),
    back: addresses.inbox(visit.town),
    title: t('report.title', { day: formats('de').day(shown.report.receivedOn) }),
    body: <Report visit={visit} form={form} {...shown} />,
  }
}

function Report({ visit, report, model, ways, together, form }: Shown & { visit: Visit; form: FormState }) {
  return (
    <>
      <ErrorSummary form={form} />
      {report.danger && <Notice kind="danger">{t('report.danger')}</Notice>}
      <Lead>{t('report.waiting', { step: say(stepOf(model, report.step).label, 'de') })}</Lead>
      {report.heldFor && visit.may('intake.substitute') && (
        <p>
          <ButtonLink href={addresses.reportPage(visit.town, report.id, 'lesesperre')}>{t('release.link')}</ButtonLink>
        </p>
      )}
      <CheckLine visit={visit} report={report} persons={model.model.persons} />
      <Facts report={report} model={model} />
      {report.caseId && (
        <Card title={t('report.in-case')}>
          <ButtonLink href={addresses.casePage(visit.town, report.caseId)}>{t('report.to-case')}</ButtonLink>
        </Card>
      )}
      <TogetherParts visit={visit} report={report} together={together} />
      {ways.length > 0 && <Decide visit={visit} report={report} ways={ways} together={together} form={form} />}
      <Messages visit={visit} report={report} together={together} form={form} />
    </>
  )
}

function Facts({ report, model }: { report: OpenedReport; model: Compiled }) {
  const { areas, subjects } = choices(model, 'de')
  const rows = [
    { label: t('report.observed'), value: report.observed },
    ...(report.concluded ? [{ label: t('report.concluded'), value: report.concluded }] : []),
    { label: t('report.area'), value: areas.find(({ id }) => id === report.area)?.name ?? report.area },
    { label: t('report.subject'), value: subjects.find(({ id }) => id === report.subject)?.name ?? report.subject },
    ...extraRows(report, model),
    { label: t('report.channel'), value: t(`channel.${report.channel}`) },
    { label: t('report.anonymity'), value: t(`report.anonymity.${report.anonymity}`) },
    ...(report.wish ? [{ label: t('report.wish'), value: t(`report.wish.${report.wish}`) }] : []),
    ...(report.contact ? [{ label: t('report.contact'), value: report.contact }] : []),
  ]
  return <SummaryList rows={rows} />
}

/** What was said behind "Mehr sagen". */
function extraRows({ extras, occurredOn, office }: OpenedReport, model: Compiled) {
  const name = office ? model.offices.get(office)?.name : undefined
  const language = isLanguage(extras.answerLanguage) ? languageInfo(extras.answerLanguage).name : undefined
  const rows: [string, string | undefined][] = [
    [t('report.place'), extras.place],
    [t('report.since'), occurredOn ? formats('de').day(occurredOn) : undefined],
    [t('report.often'), extras.often && t(`report.often.${extras.often}`)],
    [t('report.answerLanguage'), language],
    [t('report.safe'), extras.safe],
    [t('report.onBehalf'), extras.onBehalf],
    [t('report.office'), name && say(name, 'de')],
  ]
  return rows.flatMap(([label, value]) => (value ? [{ label, value }] : []))
}

function Decide({
  visit,
  report,
  ways,
  together,
  form,
}: {
  visit: Visit
  report: OpenedReport
  ways: readonly Way[]
  together: Together
  form: FormState
}) {
  const kinds = new Set<string>(ways.map((way) => way.kind))
  // Bundling chooses other reports, so it has a page of its own.
  const here = ways.filter(({ kind }) => kind !== 'bundle')
  return (
    <Card title={t('report.next')}>
      <Form action={addresses.reportPage(visit.town, report.id)} token={visit.token}>
        <input type="hidden" name="version" value={String(form.values.version ?? report.version)} />
        <Radios
          name="to"
          label={t('decide.to')}
          form={form}
          options={here.map((way) => ({ value: way.to, label: say(way.button, 'de') }))}
        />
        {kinds.has('open') && (
          <TextField name="matter" label={t('decide.matter')} hint={t('decide.matter.hint')} form={form} />
        )}
        {kinds.has('watch') && <TextField name="watchUntil" label={t('decide.watchUntil')} form={form} />}
        <TextArea name="answer" label={t('decide.answer')} hint={t('decide.answer.hint')} form={form} optional />
        {together.piled > 1 && <Checkbox name="pile" label={t('pile.all', { count: together.piled })} form={form} />}
        <Button>{t('decide.save')}</Button>
      </Form>
      {kinds.has('bundle') && (
        <p>
          <a href={addresses.bundle(visit.town, report.id)}>{t('bundle.link')}</a>
        </p>
      )}
    </Card>
  )
}

function Messages({
  visit,
  report,
  together,
  form,
}: Pick<Shown, 'report' | 'together'> & { visit: Visit; form: FormState }) {
  const { day } = formats('de')
  return (
    <Card title={t('report.messages')}>
      {report.messages.length === 0 ? (
        <p>{t('report.messages.none')}</p>
      ) : (
        <Timeline
          entries={report.messages.map(({ sender, at, text }) => ({
            when: t(`report.from.${sender}`, { day: day(at) }),
            text: <p>{text}</p>,
          }))}
        />
      )}
      <Form action={addresses.reportPage(visit.town, report.id, 'nachricht')} token={visit.token}>
        <TextArea name="message" label={t('report.reply.label')} hint={t('report.reply.hint')} form={form} rows={4} />
        {together.joined.length > 0 && (
          <Checkbox name="all" label={t('together.all', { count: together.joined.length })} form={form} />
        )}
        <Button look="secondary">{t('report.reply.send')}</Button>
      </Form>
    </Card>
  )
}
