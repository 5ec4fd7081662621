import { formats } from '#platform/i18n/index.ts'
import { berlinDay } from '#platform/kernel/index.ts'
import type { View, Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Badge, ButtonLink, DataTable, EmptyState, Lead, Pager } from '#ui/index.ts'
import { choices, modelInForce, type Compiled } from '#work/model/index.ts'
import { needsTranslation } from '../../languages.ts'
import { inbox, type InboxRow } from '../../queries/lists.ts'
import { own } from './own.tsx'
import { words } from '../../words.ts'

const t = words('de')

/** `/{town}/eingang`: what waits, the most urgent first. */
export async function get(visit: Visit): Promise<View> {
  if (!visit.may('intake.read') && !visit.may('intake.substitute')) return own(visit)
  const { area, subject, schritt: step, nach: after } = Object.fromEntries(visit.url.searchParams)
  const { model, list } = await visit.tx(async (tx) => ({
    model: await modelInForce(tx),
    list: await inbox(tx, { area, subject, step, after }),
  }))
  return {
    layout: 'staff',
    at: addresses.inbox(visit.town),
    title: t('inbox.title'),
    body: <Inbox visit={visit} model={model} {...list} />,
  }
}

function Inbox({
  visit,
  model,
  rows,
  next,
}: {
  visit: Visit
  model: Compiled
  rows: InboxRow[]
  next: string | undefined
}) {
  const asked = Object.fromEntries(visit.url.searchParams)
  return (
    <>
      <Lead>{next ? t('inbox.state.more') : t('inbox.state', { count: rows.length })}</Lead>
      {visit.may('intake.enter') && (
        <p>
          <ButtonLink href={addresses.newEntry(visit.town)}>{t('inbox.new')}</ButtonLink>
        </p>
      )}
      {rows.length === 0 ? (
        <EmptyState>{t('inbox.empty')}</EmptyState>
      ) : (
        <Rows visit={visit} model={model} rows={rows} />
      )}
      {(visit.may('intake.decide') || visit.may('intake.import')) && <Besides visit={visit} />}
      <Pager
        first={asked.nach && addresses.inbox(visit.town, { ...asked, nach: undefined })}
        next={next && addresses.inbox(visit.town, { ...asked, nach: next })}
      />
    </>
  )
}

/** What is done around the inbox now and then. */
const Besides = ({ visit }: { visit: Visit }) => (
  <ul>
    {visit.may('intake.decide') && (
      <li>
        <a href={addresses.cards(visit.town)}>{t('cards.link')}</a>
      </li>
    )}
    {visit.may('intake.decide') && (
      <li>
        <a href={addresses.consultations(visit.town)}>{t('consult.link.answer')}</a>
      </li>
    )}
    {visit.may('intake.import') && (
      <li>
        <a href={addresses.takeovers(visit.town)}>{t('takeover.link')}</a>
      </li>
    )}
  </ul>
)

function Rows({ visit, model, rows }: { visit: Visit; model: Compiled; rows: InboxRow[] }) {
  const { areas, subjects } = choices(model, 'de')
  const areaNames = new Map(areas.map(({ id, name }) => [id, name]))
  const subjectNames = new Map(subjects.map(({ id, name }) => [id, name]))
  const { nearDay } = formats('de')
  const today = berlinDay(visit.now)
  const columns = (['what', 'where', 'subject', 'since', 'due'] as const).map((column) => t(`inbox.column.${column}`))
  return (
    <DataTable
      caption={t('inbox.title')}
      columns={columns}
      rows={rows.map((row) => [
        <>
          <a href={addresses.reportPage(visit.town, row.id)}>
            <bdi>{row.headline}</bdi>
          </a>{' '}
          {row.danger && <Badge kind="danger">{t('inbox.danger')}</Badge>}
          {row.merged > 1 && <Badge kind="neutral">{t('together.count', { count: row.merged })}</Badge>}
          {row.piled > 1 && (
            <a href={addresses.reportPage(visit.town, row.id, 'stapel')}>{t('pile.count', { count: row.piled })}</a>
          )}
          {needsTranslation(row) && <Badge kind="waiting">{t('translation.needed')}</Badge>}
          {row.held_for && <Badge kind="waiting">{t('inbox.held')}</Badge>}
        </>,
        areaNames.get(row.area) ?? row.area,
        subjectNames.get(row.subject) ?? row.subject,
        nearDay(row.received_on, today),
        <Due at={row.due_at} now={visit.now} />,
      ])}
    />
  )
}

function Due({ at, now }: { at: Date | null; now: Date }) {
  if (!at) return <>–</>
  return (
    <>
      {formats('de').nearDay(at, berlinDay(now))} {at < now && <Badge kind="waiting">{t('inbox.overdue')}</Badge>}
    </>
  )
}
