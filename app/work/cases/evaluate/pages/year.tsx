import { formats } from '#platform/i18n/index.ts'
import { berlinDay } from '#platform/kernel/index.ts'
import type { View, Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { DataTable, EmptyState, Lead, SummaryList } from '#ui/index.ts'
import { words } from '../words.ts'
import { divisions, yearOf, type Division, type Year } from '../year.ts'

const t = words('de')

const thisYear = (visit: Visit) => Number(berlinDay(visit.now).slice(0, 4))

/** The year an address asks for; this year for any other. */
function yearIn(visit: Visit): number {
  const asked = Number(visit.url.searchParams.get('jahr'))
  return Number.isInteger(asked) && asked > 2000 && asked <= thisYear(visit) ? asked : thisYear(visit)
}

async function page(visit: Visit): Promise<View> {
  const year = yearIn(visit)
  const told = await visit.tx((tx) => yearOf(tx, year))
  const at = (of: number, as?: string) => addresses.yearFigures(visit.town, { jahr: of, als: as })
  return {
    layout: 'staff',
    at: addresses.cases(visit.town),
    back: addresses.cases(visit.town),
    title: t('year.title', { year: String(year) }),
    body: (
      <>
        {told.all ? <All {...told} all={told.all} /> : <EmptyState>{t('year.none')}</EmptyState>}
        {told.all && divisions.map((one) => <Divided one={one} told={told} />)}
        <p class="quiet">{t('year.how', { threshold: told.threshold })}</p>
        <p>
          <a href={at(year - 1)}>{t('year.title', { year: String(year - 1) })}</a>
          {told.all && (
            <>
              {' · '}
              <a href={at(year, 'csv')}>{t('year.csv')}</a>
            </>
          )}
        </p>
      </>
    ),
  }
}

const All = ({ all }: Year & { all: NonNullable<Year['all']> }) => (
  <>
    <Lead>{t('year.lead', { cases: all.cases })}</Lead>
    <SummaryList
      rows={[
        { label: t('year.hours'), value: formats('de').hours(all.hours) },
        { label: t('year.days'), value: t('year.days.value', { days: all.days }) },
      ]}
    />
  </>
)

/** A count as it may be read: a hidden one is no zero. */
const said = (count: number | null) => (count === null ? t('year.hidden') : String(count))

function Divided({ one, told }: { one: Division; told: Year }) {
  const { labels, counts } = told.divisions[one]
  return (
    <>
      <h2>{t(`year.by.${one}`)}</h2>
      <DataTable
        caption={t(`year.by.${one}`)}
        columns={[t('year.column.what'), t('year.column.count')]}
        rows={labels.map((label, i) => [label, said(counts[i] ?? null)])}
      />
    </>
  )
}

const cell = (text: string) => `"${text.replaceAll('"', '""')}"`

/**
 * `/{town}/faelle/zahlen?jahr=…`: what was closed in a year, small numbers hidden. With `als=csv` as a table for
 * spreadsheets: semicolons, as German ones read them.
 */
export async function get(visit: Visit): Promise<Response | View> {
  if (visit.url.searchParams.get('als') !== 'csv') return page(visit)
  const year = yearIn(visit)
  const { divisions: told } = await visit.tx((tx) => yearOf(tx, year))
  const lines = divisions.flatMap((one) =>
    told[one].labels.map((label, i) => [t(`year.by.${one}`), label, said(told[one].counts[i] ?? null)]),
  )
  const head = [t('year.column.division'), t('year.column.what'), t('year.column.count')]
  const text = [head, ...lines].map((row) => row.map(cell).join(';')).join('\r\n')
  return new Response(`\uFEFF${text}\r\n`, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="zahlen-${year}.csv"`,
    },
  })
}
