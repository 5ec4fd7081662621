import { formats } from '#platform/i18n/index.ts'
import { berlinDay } from '#platform/kernel/index.ts'
import type { View, Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Badge, ButtonLink, DataTable, EmptyState, Lead } from '#ui/index.ts'
import { overviews, type Overview } from '../../queries.ts'
import { publicWords, words } from '../../words.ts'

const t = words('de')

/** `/{town}/veranstaltungen/verwalten` */
export async function get(visit: Visit): Promise<View> {
  const all = await visit.tx(overviews)
  const today = berlinDay(visit.now)
  const coming = all.filter(({ row }) => row.on_day >= today)
  const past = all.filter(({ row }) => row.on_day < today).toReversed()
  return {
    layout: 'staff',
    at: addresses.manageGatherings(visit.town),
    title: t('list.title'),
    body: (
      <>
        <Lead>{t('list.lead', { count: coming.length })}</Lead>
        <p>
          <ButtonLink href={addresses.manageGatherings(visit.town, 'neu')}>{t('list.new')}</ButtonLink>
        </p>
        {coming.length > 0 ? (
          <Table visit={visit} rows={coming} caption={t('list.coming')} />
        ) : (
          <EmptyState>{t('list.none')}</EmptyState>
        )}
        {past.length > 0 && (
          <>
            <h2>{t('list.past')}</h2>
            <Table visit={visit} rows={past} caption={t('list.past')} over />
          </>
        )}
        <p>
          <a href={addresses.gatherings(visit.town)}>{t('list.public')}</a>
        </p>
      </>
    ),
  }
}

interface TableProps {
  readonly visit: Visit
  readonly rows: readonly Overview[]
  readonly caption: string
  readonly over?: boolean
}

const Table = ({ visit, rows, caption, over = false }: TableProps) => (
  <DataTable
    caption={caption}
    columns={[t('list.what'), t('list.when'), t('list.who'), t('list.state')]}
    rows={rows.map(({ row, confirmed, waiting }) => [
      <a href={addresses.manageGatherings(visit.town, row.id)}>{row.title}</a>,
      <>
        {publicWords('de')(`kind.${row.kind}`)}, {formats('de').dayShort(row.on_day)}, {row.from_time}
      </>,
      row.places === null
        ? t('list.count.open', { confirmed, waiting })
        : t('list.count', { confirmed, places: row.places, waiting }),
      <State row={row} over={over} />,
    ])}
  />
)

const kinds = { draft: 'waiting', announced: 'done', cancelled: 'danger', over: 'neutral', published: 'done' } as const
/** What was announced and is over is told by what has come of it. */
function State({ row, over }: Pick<Overview, 'row'> & { over: boolean }) {
  const state = over && row.state === 'announced' ? (row.published_on ? 'published' : 'over') : row.state
  return <Badge kind={kinds[state]}>{t(`state.${state}`)}</Badge>
}
