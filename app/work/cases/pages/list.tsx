import { emptyForm } from '#platform/forms/index.ts'
import { formats } from '#platform/i18n/index.ts'
import { berlinDay } from '#platform/kernel/index.ts'
import type { View, Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Badge, Button, Card, DataTable, EmptyState, FilterSentence, Lead, Pager, Select } from '#ui/index.ts'
import { choices, modelInForce, type Compiled } from '#work/model/index.ts'
import { linkedAmong } from '../near/queries.ts'
import { visits } from '../near/commands/visitor.ts'
import { LinkedBadge, VisitsLink } from '../near/pages/links.tsx'
import { caseList, type CaseFilter, type CaseRow } from '../queries.ts'
import { words } from '../words.ts'

const t = words('de')

/** What the list shows, from its address: `?stand=abgeschlossen&ort=…&thema=…`. */
function filterOf(visit: Visit, model: Compiled): CaseFilter {
  const asked = (name: string) => visit.url.searchParams.get(name) ?? undefined
  const { areas, subjects } = choices(model, 'de')
  return {
    after: asked('nach'),
    closed: asked('stand') === 'abgeschlossen',
    area: areas.find(({ id }) => id === asked('ort'))?.id,
    subject: subjects.find(({ id }) => id === asked('thema'))?.id,
  }
}

const addressOf = (visit: Visit, { closed, area, subject }: CaseFilter, after?: string) =>
  addresses.cases(visit.town, { stand: closed ? 'abgeschlossen' : undefined, ort: area, thema: subject, nach: after })

/** `/{town}/faelle`: open cases, the next due on top; closed ones on request. */
export async function get(visit: Visit): Promise<View> {
  const { model, filter, list, linked, away } = await visit.tx(async (tx) => {
    const inForce = await modelInForce(tx)
    const wanted = filterOf(visit, inForce)
    const found = await caseList(tx, wanted)
    const ids = found.rows.map(({ id }) => id)
    return {
      model: inForce,
      filter: wanted,
      list: found,
      linked: await linkedAmong(tx, ids),
      away: (await visits(tx)).length,
    }
  })
  return {
    layout: 'staff',
    at: addresses.cases(visit.town),
    title: t('list.title'),
    body: <List visit={visit} model={model} filter={filter} linked={linked} away={away} {...list} />,
  }
}

interface Listed {
  readonly visit: Visit
  readonly model: Compiled
  readonly filter: CaseFilter
  /** Which of the cases hang together with another. */
  readonly linked: ReadonlySet<string>
  /** Cases of other municipalities. */
  readonly away: number
}

function List({ rows, next, ...listed }: Listed & { rows: CaseRow[]; next: string | undefined }) {
  const { visit, filter } = listed
  const state = filter.closed ? 'closed' : 'open'
  return (
    <>
      <Lead>{next ? t(`list.more.${state}`) : t(`list.state.${state}`, { count: rows.length })}</Lead>
      <VisitsLink visit={visit} count={listed.away} />
      <Sentence {...listed} />
      <Choose {...listed} />
      {rows.length === 0 ? (
        <EmptyState>{t('list.empty')}</EmptyState>
      ) : (
        <Rows visit={visit} model={listed.model} rows={rows} linked={listed.linked} />
      )}
      <Pager
        first={filter.after ? addressOf(visit, filter) : undefined}
        next={next && addressOf(visit, filter, next)}
      />
      <Elsewhere visit={visit} />
    </>
  )
}

/** What belongs to cases and is none of them. */
function Elsewhere({ visit }: { visit: Visit }) {
  const links = [
    ...(visit.may('cases.handle') ? [[addresses.readiness(visit.town), t('readiness.title')]] : []),
    ...(visit.may('cases.export') ? [[addresses.register(visit.town), t('register.title')]] : []),
    ...(visit.may('cases.evaluate') || visit.may('figures.read')
      ? [[addresses.evaluationPool(visit.town), t('evaluate.pool')]]
      : []),
    [addresses.lessons(visit.town), t('lesson.list')],
    ...(visit.may('figures.read') ? [[addresses.yearFigures(visit.town), t('evaluate.year')]] : []),
  ]
  return (
    <Card title={t('list.elsewhere')}>
      <ul>
        {links.map(([href, text]) => (
          <li>
            <a href={href}>{text}</a>
          </li>
        ))}
      </ul>
    </Card>
  )
}

/** What is shown and in which order, as a sentence. */
const Sentence = ({ visit, model, filter: { closed, area, subject } }: Listed) => {
  const { areas, subjects } = choices(model, 'de')
  const where = areas.find(({ id }) => id === area)?.name
  const what = subjects.find(({ id }) => id === subject)?.name
  const all = closed || area || subject ? addresses.cases(visit.town) : undefined
  return (
    <FilterSentence all={all}>
      {[
        t(closed ? 'list.filter.closed' : 'list.filter.open'),
        ...(where ? [t('list.filter.area', { where })] : []),
        ...(what ? [t('list.filter.subject', { what })] : []),
        t(closed ? 'list.order.closed' : 'list.order.open'),
      ].join(', ')}
    </FilterSentence>
  )
}

const Choose = ({ visit, model, filter }: Listed) => {
  const { areas, subjects } = choices(model, 'de')
  const form = emptyForm({
    stand: filter.closed ? 'abgeschlossen' : '',
    ort: filter.area ?? '',
    thema: filter.subject ?? '',
  })
  const any = (list: readonly { id: string; name: string }[]) => [
    { value: '', label: t('list.any') },
    ...list.map(({ id, name }) => ({ value: id, label: name })),
  ]
  return (
    <details class="more no-print">
      <summary>{t('list.choose')}</summary>
      <form method="get" action={addresses.cases(visit.town)}>
        <Select
          name="stand"
          label={t('list.column.step')}
          form={form}
          options={[
            { value: '', label: t('list.filter.open') },
            { value: 'abgeschlossen', label: t('list.filter.closed') },
          ]}
        />
        <Select name="ort" label={t('list.column.where')} form={form} options={any(areas)} />
        <Select name="thema" label={t('list.column.subject')} form={form} options={any(subjects)} />
        <Button look="secondary">{t('list.show')}</Button>
      </form>
    </details>
  )
}

function Rows({ visit, model, rows, linked }: Omit<Listed, 'filter' | 'away'> & { rows: CaseRow[] }) {
  const areas = new Map(choices(model, 'de').areas.map(({ id, name }) => [id, name]))
  const { nearDay } = formats('de')
  const today = berlinDay(visit.now)
  return (
    <DataTable
      caption={t('list.title')}
      columns={(['matter', 'where', 'due', 'number'] as const).map((column) => t(`list.column.${column}`))}
      rows={rows.map((row) => [
        <>
          <a href={addresses.casePage(visit.town, row.id)}>{row.matter}</a> {linked.has(row.id) && <LinkedBadge />}
        </>,
        areas.get(row.area) ?? row.area,
        row.closedOn ? (
          <Badge kind="done">{t('list.closed')}</Badge>
        ) : (
          <>
            {row.dueAt ? nearDay(row.dueAt, today) : '–'}{' '}
            {row.dueAt && row.dueAt < visit.now && <Badge kind="waiting">{t('list.overdue')}</Badge>}
          </>
        ),
        row.number,
      ])}
    />
  )
}
