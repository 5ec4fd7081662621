import { formats } from '#platform/i18n/index.ts'
import { NotAllowed } from '#platform/kernel/index.ts'
import type { CasePart, Handler, Slice, View, Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Card, EmptyState, KeptLine, Lead, Notice, SummaryList, Timeline } from '#ui/index.ts'
import { choices, modelInForce, modelVersion, say, stepOf, type Compiled } from '#work/model/index.ts'
import { formatOf } from '../choosing.ts'
import { movesFrom } from '../commands/store.ts'
import { course, type Course } from '../queries/course.ts'
import { handlersIn, lackingFor, lacksSecond } from '../queries/entitled.ts'
import { keepingUnder } from '../queries/keeping.ts'
import { withoutHandler } from '../queries/people.ts'
import { levels, type Outcome } from '../schema.ts'
import { Linked } from '../near/pages/links.tsx'
import { ThinkLinks, Sides } from '../think/parts/known.tsx'
import { words, type WordKey } from '../words.ts'
import { deletedView } from './keeping.tsx'
import { answered } from './parts/ask.tsx'
import { caseOf, partOf, type Shown } from './parts/load.ts'
import { line } from './parts/line.tsx'
import { NextStep, readsOnly } from './parts/next.tsx'
import { Printed } from './parts/printed.tsx'
import { seenBy } from './parts/seen.ts'

const t = words('de')

/** `/{town}/faelle/{case}`: what it is about, how it stands, what comes next, what happened, what others know of it. */
export const get =
  (about: readonly Slice[]): Handler =>
  async (visit) => {
    try {
      return await shownCase(visit, about)
    } catch (error) {
      const gone = error instanceof NotAllowed ? await deletedView(visit) : undefined
      if (!gone) throw error
      return gone
    }
  }

async function shownCase(visit: Visit, about: readonly Slice[]): Promise<View> {
  const { parts, ...shown } = await visit.tx(async (tx) => {
    const found = await caseOf(tx, visit)
    const model = await modelVersion(tx, found.modelVersion)
    const [inForce, told, keeping, parts] = await Promise.all([
      modelInForce(tx),
      course(tx, found.id, found.contentKey),
      keepingUnder(tx, found.id, found.contentKey),
      Promise.all(about.map((slice) => slice.aboutCase?.(tx, visit.town.slug, found.id))),
    ])
    const format = visit.may('cases.assign') ? told.choice?.said?.format : undefined
    const handlers = handlersIn(told.grants)
    const lacking = format ? await lackingFor(tx, model, format, handlers) : []
    const alone = format !== undefined && lacksSecond(model, format, handlers)
    const seeks = visit.may('cases.assign') && handlers.length === 0
    const orphan = seeks && (await withoutHandler(tx, [found.id])).has(found.id)
    const moves = movesFrom({ model, inForce }, found, visit.person?.roles ?? [], told.pending !== undefined)
    const elsewhere = parts.filter((part) => part !== undefined)
    return { found, model, inForce, moves, told, keeping, lacking, alone, orphan, parts: elsewhere }
  })
  return partOf(visit, shown.found.id, {
    back: addresses.cases(visit.town),
    title: t('case.title', { number: shown.found.number }),
    heading: shown.found.matter,
    body: (
      <>
        <Case visit={visit} shown={shown} />
        {parts.map((part) => (
          <Elsewhere part={part} />
        ))}
        <KeptLine
          keeping={shown.keeping}
          href={
            visit.may('retention.hold') ? addresses.casePage(visit.town, shown.found.id, 'aufbewahrung') : undefined
          }
        />
      </>
    ),
  })
}

/** What another field of work knows of a case. */
const Elsewhere = ({ part: { title, lines } }: { part: CasePart }) => (
  <Card title={title}>
    <ul>
      {lines.map(({ text, about, href }) => (
        <li>
          <a href={href}>{text}</a> <span class="quiet">{about}</span>
        </li>
      ))}
    </ul>
  </Card>
)

/** Nobody works on it any more, for whoever finds somebody. */
const Orphan = ({ visit, id }: { visit: Visit; id: string }) => (
  <Notice kind="waiting">
    {t('alone')} <a href={addresses.casePage(visit.town, id, 'zuweisung')}>{t('to.zuweisung')}</a>
  </Notice>
)

/** What the team lacks for the format, for whoever knows it. */
const Team = ({ visit, shown: { alone, lacking, found, told } }: { visit: Visit; shown: Shown }) => (
  <>
    {alone && (
      <Notice kind="waiting">
        {t('pair.missing')} <a href={addresses.casePage(visit.town, found.id, 'zuweisung')}>{t('to.zuweisung')}</a>
      </Notice>
    )}
    {lacking.map(({ person, proofs }) => (
      <Notice kind="waiting">
        {t('entitled.lacking', {
          name: told.grants.find((grant) => grant.person === person)?.name ?? '',
          proofs: proofs.join(', '),
        })}
      </Notice>
    ))}
  </>
)

function Case({ visit, shown }: { visit: Visit; shown: Shown }) {
  const { found, model, told } = shown
  const { areas, subjects } = choices(model, 'de')
  const { day } = formats('de')
  const step = say(stepOf(model, found.step).label, 'de')
  const area = areas.find(({ id }) => id === found.area)?.name ?? found.area
  const subject = subjects.find(({ id }) => id === found.subject)?.name ?? found.subject
  return (
    <>
      <Printed visit={visit} found={found} />
      <Lead>
        {found.closedOn ? t('case.state.closed', { day: day(found.closedOn) }) : t('case.state.open', { step })}
      </Lead>
      <p class="quiet">
        {t('case.about', { number: found.number, area, subject, day: day(found.openedOn) })}{' '}
        {t('case.seen-by', { who: seenBy(shown.inForce, told.grants) })}
      </p>
      {readsOnly(visit, told) && <p>{t('case.extract')}</p>}
      {shown.orphan && <Orphan visit={visit} id={found.id} />}
      <Team visit={visit} shown={shown} />
      <NextStep visit={visit} shown={shown} />
      <Linked visit={visit} links={told.links} />
      <Known visit={visit} shown={shown} />
      {told.measures.length > 0 && <Measures told={told} />}
      {told.followUps.length > 0 && <FollowUps told={told} />}
      <Card title={t('case.course')}>
        <Timeline entries={told.entries.map((entry) => line(entry, model))} />
        <p class="no-print">
          <a href={addresses.casePage(visit.town, found.id, 'zeitstrahl')}>{t('case.whole-course')}</a>
        </p>
      </Card>
    </>
  )
}

/** How it is worked on: for coordination and handlers only; everybody else's page is the same with any format. */
function way({ choice }: Course, model: Compiled) {
  if (!choice) return []
  const label = t('way.label')
  if (!choice.said) return [{ label, value: t('way.deleted') }]
  const name = formatOf(model, choice.said.format)?.name
  const format = name ? say(name, 'de') : t('way.generic')
  return [{ label, value: choice.state === 'waits' ? t('way.waits', { format }) : format }]
}

function Known({ visit, shown: { told, found, model, inForce } }: { visit: Visit; shown: Shown }) {
  const { assessment, agreement } = told
  const { day, hours } = formats('de')
  const level = levels.find((one) => one === found.level)
  const rows = [
    ...way(told, model),
    ...(assessment ? [{ label: t('case.nextStep'), value: assessment.nextStep }] : []),
    ...(assessment && level ? [{ label: t('case.level'), value: t(`level.${level}`) }] : []),
    ...(assessment?.notes ? [{ label: t('case.notes'), value: assessment.notes }] : []),
    ...answered(found, model),
    ...(agreement
      ? [
          {
            label: t('agreement.title'),
            value: (
              <a href={addresses.casePage(visit.town, found.id, 'vereinbarung')}>
                {agreement.signedOn ? t('case.agreed', { day: day(agreement.signedOn) }) : t('case.drafted')}
              </a>
            ),
          },
        ]
      : []),
    ...(found.outcome ? [{ label: t('case.outcome'), value: t(`outcome.${found.outcome as Outcome}`) }] : []),
    ...(found.hours === null ? [] : [{ label: t('case.hours'), value: hours(found.hours) }]),
  ]
  const extract = readsOnly(visit, told)
  if (extract && rows.length === 0) return null
  return (
    <Card title={t('case.known')}>
      {rows.length > 0 && <SummaryList rows={rows} />}
      {!assessment && !extract && <EmptyState>{t('case.none-known')}</EmptyState>}
      <Sides parties={told.parties} depth={assessment?.depth} />
      {inForce.model.persons && visit.may('intake.contacts') && !extract && (
        <p class="no-print">
          <a href={addresses.contactSheet(visit.town, { case: found.id })}>{t('case.contacts')}</a>
        </p>
      )}
      {!extract && <ThinkLinks visit={visit} id={found.id} assessed={assessment !== undefined} />}
    </Card>
  )
}

const Measures = ({ told }: { told: Course }) => (
  <Card title={t('case.measures')}>
    <SummaryList
      rows={told.measures.map(({ what, owner, dueOn, state }) => ({
        label: what,
        value: `${owner}, ${t('measure.due', { day: formats('de').day(dueOn) })}, ${t(`measure.state.${state}`)}`,
      }))}
    />
  </Card>
)

const FollowUps = ({ told }: { told: Course }) => {
  const { day } = formats('de')
  return (
    <Card title={t('case.followUps')}>
      <ul>
        {told.followUps.map(({ dueOn, doneOn, holding }) => (
          <li>
            {doneOn && holding
              ? t('case.follow.done', { day: day(doneOn), holding: t(`holding.${holding}` as WordKey) })
              : t(doneOn ? 'case.follow.dropped' : 'case.follow.open', { day: day(dueOn) })}
          </li>
        ))}
      </ul>
    </Card>
  )
}
