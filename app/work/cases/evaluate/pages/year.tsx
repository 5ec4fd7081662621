import { formats } from '#platform/i18n/index.ts'
import { berlinDay } from '#platform/kernel/index.ts'
import type { Who } from '#platform/tenancy/index.ts'
import type { Slice, View, Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { DataTable, EmptyState, Lead, SummaryList } from '#ui/index.ts'
import { words } from '../words.ts'
import { divisions, sectionOf, yearOf, type Division, type Section, type Year } from '../year.ts'

const t = words('de')

const thisYear = (visit: Visit) => Number(berlinDay(visit.now).slice(0, 4))

/** The year an address asks for; this year for any other. */
function yearIn(visit: Visit): number {
  const asked = Number(visit.url.searchParams.get('jahr'))
  return Number.isInteger(asked) && asked > 2000 && asked <= thisYear(visit) ? asked : thisYear(visit)
}

const program: Who = { kind: 'program', name: 'figures' }

/** Everything a year tells: the cases, and what the other fields of work count. */
async function told(visit: Visit, about: readonly Slice[]): Promise<{ cases: Year; sections: Section[] }> {
  const year = yearIn(visit)
  const cases = await visit.tx((tx) => yearOf(tx, year))
  const counted = await visit.txAs(program, (tx) =>
    Promise.all(about.flatMap((slice) => (slice.counted ? [slice.counted(tx, year)] : []))),
  )
  return { cases, sections: counted.map((one) => sectionOf(one, cases.threshold)) }
}

async function page(visit: Visit, about: readonly Slice[]): Promise<View> {
  const year = yearIn(visit)
  const { cases, sections } = await told(visit, about)
  const at = (of: number, as?: string) => addresses.yearFigures(visit.town, { jahr: of, als: as })
  return {
    layout: 'staff',
    at: addresses.cases(visit.town),
    back: addresses.cases(visit.town),
    title: t('year.title', { year: String(year) }),
    body: (
      <>
        {cases.all ? <All {...cases} all={cases.all} /> : <EmptyState>{t('year.none')}</EmptyState>}
        {cases.all && divisions.map((one) => <Divided one={one} told={cases} />)}
        {sections.map((section) => (
          <Others {...section} />
        ))}
        <p class="quiet">{t('year.how', { threshold: cases.threshold })}</p>
        <p>
          <a href={at(year - 1)}>{t('year.title', { year: String(year - 1) })}</a>
          {' · '}
          <a href={at(year, 'xlsx')}>{t('year.xlsx')}</a>
          {' · '}
          <a href={at(year, 'csv')}>{t('year.csv')}</a>
        </p>
      </>
    ),
  }
}

/** What another field of work counts of the year. */
const Others = ({ title, total, divisions: all, days }: Section) => (
  <>
    <h2>{title}</h2>
    {total === undefined ? (
      <EmptyState>{t('year.few')}</EmptyState>
    ) : (
      <>
        <SummaryList
          rows={[
            { label: t('year.all'), value: String(total) },
            ...(days ? [{ label: days.label, value: t('year.days.value', { days: days.half }) }] : []),
          ]}
        />
        {all.map(({ label, parts }) => (
          <>
            <h3>{label}</h3>
            <DataTable
              caption={label}
              columns={[t('year.column.what'), t('year.column.number')]}
              rows={parts.map((part) => [part.label, said(part.count)])}
            />
          </>
        ))}
      </>
    )}
  </>
)

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

/** The year as lines of a table, what is hidden said in words. */
function linesOf({ cases, sections }: Awaited<ReturnType<typeof told>>): [string, string, number | string][] {
  const own = cases.all
    ? divisions.map((one) => ({
        label: t(`year.by.${one}`),
        parts: cases.divisions[one].labels.map((label, i) => ({
          label,
          count: cases.divisions[one].counts[i] ?? null,
        })),
      }))
    : []
  const others = sections.flatMap(({ total, divisions: all }) => (total === undefined ? [] : all))
  return [...own, ...others].flatMap(({ label, parts }) =>
    parts.map((part): [string, string, number | string] => [label, part.label, part.count ?? t('year.hidden')]),
  )
}

const heading = () => [t('year.column.division'), t('year.column.what'), t('year.column.number')]
const cell = (text: string | number) => `"${String(text).replaceAll('"', '""')}"`

/** A table for spreadsheets: semicolons, as German ones read them. */
const csv = (lines: readonly (readonly (string | number)[])[]) =>
  Buffer.from(`\uFEFF${[heading(), ...lines].map((row) => row.map(cell).join(';')).join('\r\n')}\r\n`)

async function xlsx(lines: readonly (readonly (string | number)[])[]): Promise<Buffer> {
  const { default: writeXlsxFile } = await import('write-excel-file/node')
  const head = heading().map((value) => ({ value, fontWeight: 'bold' as const }))
  return writeXlsxFile([head, ...lines.map((row) => [...row])]).toBuffer()
}

const kinds = {
  csv: ['text/csv; charset=utf-8', csv],
  xlsx: ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', xlsx],
} as const

/**
 * `/{town}/faelle/zahlen?jahr=…`: what came and what was closed in a year, small numbers hidden; with `als=xlsx` or
 * `als=csv` the same as a table. `about`: the other fields of work that count.
 */
export const get =
  (about: readonly Slice[]) =>
  async (visit: Visit): Promise<Response | View> => {
    const as = visit.url.searchParams.get('als')
    if (as !== 'csv' && as !== 'xlsx') return page(visit, about)
    const [type, write] = kinds[as]
    const bytes = await write(linesOf(await told(visit, about)))
    return new Response(new Uint8Array(bytes), {
      headers: {
        'content-type': type,
        'content-disposition': `attachment; filename="zahlen-${yearIn(visit)}.${as}"`,
        'cache-control': 'no-store',
      },
    })
  }
