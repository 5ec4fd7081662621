import { emptyForm, inWords, parseForm, readStaffDay, typed, withError, type FormState } from '#platform/forms/index.ts'
import { berlinDay } from '#platform/kernel/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { ErrorSummary, Lead, Notice, SummaryList } from '#ui/index.ts'
import { decideRequest, giveBack, release } from '../commands/decide.ts'
import { searchedFor } from '../commands/search.ts'
import { withdraw } from '../commands/end.ts'
import { setDue } from '../commands/note.ts'
import { answeredOnPaper, askSecond } from '../commands/part.ts'
import type { OpenedRequest } from '../queries/requests.ts'
import { secondsFor } from '../queries/seconds.ts'
import { deciding } from '../schema.ts'
import { words } from '../words.ts'
import { dayOf, Leaving, mend, pageOf, prepares as preparesIt, readRequest } from './parts.tsx'
import { AskSecond, Nobody } from './second.tsx'
import { Answer, Decide, GiveBack, History, LookedFor, Manage, Prepare, Release } from './steps.tsx'

const t = words('de')

const load = (visit: Visit) =>
  visit.tx(async (tx) => {
    const read = await readRequest(tx, visit)
    const { found } = read
    const asked = found.basis === 'gdpr' && !found.quiet && found.state === 'open'
    const hers = found.quiet && found.endedOn === null && preparesIt(visit, found)
    return {
      ...read,
      searched: asked ? await searchedFor(tx, found.id) : undefined,
      seconds: hers ? await secondsFor(tx, found.reports) : undefined,
    }
  })
type Loaded = Awaited<ReturnType<typeof load>>

/** `/{town}/einsicht/{request}`: how it stands, and what is next. */
export const get = async (visit: Visit): Promise<View> => view(visit, await load(visit), emptyForm())

export async function post(visit: Visit): Promise<Response | View> {
  const loaded = await load(visit)
  const raw = await visit.form()
  const wrong = await deeds[typed(emptyForm(raw), 'do')]?.(visit, loaded.found, raw)
  return wrong
    ? { ...view(visit, loaded, wrong), ...mend }
    : redirect(addresses.inspections(visit.town, loaded.found.id))
}

type Deed = (
  visit: Visit,
  found: OpenedRequest,
  raw: Record<string, string | string[]>,
) => Promise<FormState | undefined>

/** What the page offers; each answers with the form where something has to be mended. */
const deeds: Record<string, Deed> = {
  decide: async (visit, { id }, raw) => {
    const parsed = parseForm(deciding, raw, inWords(t, 'de'))
    if (!parsed.ok) return parsed.state
    const { decision, reason } = parsed.data
    if (decision !== 'full' && !reason) return withError(emptyForm(raw), 'reason', t('error.reason'))
    const version = Number(raw.version)
    const done = await visit.tx((tx) => decideRequest(tx, visit.person?.roles ?? [], id, { decision, reason, version }))
    return done ? undefined : withError(emptyForm(raw), 'decision', t('error.changed'))
  },
  back: async (visit, { id }, raw) => {
    const remark = typed(emptyForm(raw), 'remark').trim().slice(0, 4_000)
    if (!remark) return withError(emptyForm(raw), 'remark', t('error.remark'))
    await visit.tx((tx) => giveBack(tx, visit.person?.roles ?? [], id, remark))
    return undefined
  },
  release: async (visit, { id }) => {
    await visit.tx((tx) => release(tx, visit.person?.roles ?? [], id))
    return undefined
  },
  second: async (visit, { id }, raw) => {
    const done = await visit.tx((tx) => askSecond(tx, id, typed(emptyForm(raw), 'second')))
    return done ? undefined : withError(emptyForm(raw), 'second', t('error.second'))
  },
  paper: async (visit, { id }) => {
    await visit.tx((tx) => answeredOnPaper(tx, id))
    return undefined
  },
  due: async (visit, { id, receivedOn }, raw) => {
    const day = readStaffDay(typed(emptyForm(raw), 'dueOn'), berlinDay(visit.now), 'ahead')
    if (!day || day < receivedOn) return withError(emptyForm(raw), 'dueOn', t('error.dueOn'))
    await visit.tx((tx) => setDue(tx, id, day))
    return undefined
  },
  withdraw: async (visit, { id }) => {
    await visit.tx((tx) => withdraw(tx, id))
    return undefined
  },
}

function view(visit: Visit, { found, mayDecide, searched, seconds }: Loaded, form: FormState): View {
  const [prepares, own] = [preparesIt(visit, found), found.proposedBy === visit.person?.id]
  const running = found.endedOn === null
  return pageOf(visit, {
    ...(found.quiet && !preparesIt(visit, found) && { back: addresses.today(visit.town) }),
    title: t('request.title', { number: found.number }),
    body: (
      <>
        <ErrorSummary form={form} />
        <Lead>{t(`lead.${found.state}`, { day: dayOf(found.endedOn ?? found.dueOn) })}</Lead>
        {found.quiet && <Notice kind="info">{t('part.notice')}</Notice>}
        <Facts visit={visit} found={found} />
        {running && (found.cases.length > 0 || found.reports.length > 0) && (
          <Notice kind="info">{t('request.held')}</Notice>
        )}
        {found.state === 'open' && prepares && <Prepare visit={visit} found={found} />}
        {searched && prepares && <LookedFor searched={searched} />}
        {found.extract && <Leaving extract={found.extract} />}
        {found.state === 'proposed' && mayDecide && !own && (
          <>
            <Decide visit={visit} found={found} form={form} />
            <GiveBack visit={visit} found={found} form={form} />
          </>
        )}
        {found.state === 'proposed' && (own || !mayDecide) && (
          <p>
            {found.quiet ? t('second.asked', { name: found.secondByName || t('second.nobody') }) : t('decide.other')}
          </p>
        )}
        {found.decision && <Answer visit={visit} found={found} />}
        {found.state === 'decided' && (own ? <p>{t('release.other')}</p> : <Release visit={visit} found={found} />)}
        {seconds && found.proposedBy && <AskSecond visit={visit} found={found} form={form} seconds={seconds} />}
        {seconds?.length === 0 && <Nobody visit={visit} found={found} />}
        {running && prepares && <Manage visit={visit} found={found} form={form} />}
        <History found={found} />
      </>
    ),
  })
}

const Facts = ({ visit, found }: { visit: Visit; found: OpenedRequest }) => (
  <SummaryList
    rows={[
      { label: t('new.asker'), value: found.asker },
      { label: t('column.basis'), value: t(`basis.${found.basis}`) },
      { label: t('new.wants'), value: found.wants },
      { label: t('column.received'), value: dayOf(found.receivedOn) },
      { label: t('column.due'), value: dayOf(found.dueOn) },
      ...(found.keptBy ? [{ label: t('request.kept-by'), value: found.keptBy }] : []),
      ...(preparesIt(visit, found)
        ? [{ label: t('request.about'), value: <About visit={visit} found={found} /> }]
        : []),
    ]}
  />
)

/** What it concerns, for who may open it anyway. */
const About = ({ visit, found }: { visit: Visit; found: OpenedRequest }) => (
  <>
    {found.cases.length + found.reports.length === 0 && t('request.about.none')}
    {found.cases.map((id, i) => (
      <div>
        <a href={addresses.casePage(visit.town, id)}>{t('request.case', { place: i + 1 })}</a>
      </div>
    ))}
    {found.reports.map((id, i) => (
      <div>
        <a href={addresses.reportPage(visit.town, id)}>{t('request.report', { place: i + 1 })}</a>
      </div>
    ))}
  </>
)
