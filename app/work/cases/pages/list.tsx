import { formats } from '#platform/i18n/index.ts'
import type { View, Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Badge, DataTable, EmptyState, Lead, Pager } from '#ui/index.ts'
import { choices, modelInForce, type Compiled } from '#work/model/index.ts'
import { caseList, type CaseRow } from '../queries.ts'
import { words } from '../words.ts'

const t = words('de')

/** `/{town}/faelle`: open cases first, the next due on top. */
export async function get(visit: Visit): Promise<View> {
  const after = visit.url.searchParams.get('nach') ?? undefined
  const { model, list } = await visit.tx(async (tx) => ({
    model: await modelInForce(tx),
    list: await caseList(tx, { after }),
  }))
  return {
    layout: 'staff',
    at: addresses.cases(visit.town),
    title: t('list.title'),
    body: <List visit={visit} model={model} {...list} />,
  }
}

function List({
  visit,
  model,
  rows,
  next,
}: {
  visit: Visit
  model: Compiled
  rows: CaseRow[]
  next: string | undefined
}) {
  return (
    <>
      <Lead>{next ? t('list.state.more') : t('list.state', { count: rows.length })}</Lead>
      {visit.may('cases.handle') && (
        <p>
          <a href={addresses.readiness(visit.town)}>{t('readiness.title')}</a>
        </p>
      )}
      {visit.may('cases.export') && (
        <p>
          <a href={addresses.register(visit.town)}>{t('register.title')}</a>
        </p>
      )}
      {rows.length === 0 ? (
        <EmptyState>{t('list.empty')}</EmptyState>
      ) : (
        <Rows visit={visit} model={model} rows={rows} />
      )}
      <Pager
        first={visit.url.searchParams.has('nach') ? addresses.cases(visit.town) : undefined}
        next={next && addresses.cases(visit.town, { nach: next })}
      />
    </>
  )
}

function Rows({ visit, model, rows }: { visit: Visit; model: Compiled; rows: CaseRow[] }) {
  const areas = new Map(choices(model, 'de').areas.map(({ id, name }) => [id, name]))
  const { dayShort } = formats('de')
  return (
    <DataTable
      caption={t('list.title')}
      columns={(['matter', 'where', 'due', 'number'] as const).map((column) => t(`list.column.${column}`))}
      rows={rows.map((row) => [
        <a href={addresses.casePage(visit.town, row.id)}>{row.matter}</a>,
        areas.get(row.area) ?? row.area,
        row.closedOn ? (
          <Badge kind="done">{t('list.closed')}</Badge>
        ) : (
          <>
            {row.dueAt ? dayShort(row.dueAt) : '–'}{' '}
            {row.dueAt && row.dueAt < visit.now && <Badge kind="waiting">{t('list.overdue')}</Badge>}
          </>
        ),
        row.number,
      ])}
    />
  )
}
