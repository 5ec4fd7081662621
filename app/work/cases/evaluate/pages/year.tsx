import { formats } from '#platform/i18n/index.ts'
import { berlinDay } from '#platform/kernel/index.ts'
import type { Who } from '#platform/tenancy/index.ts'
import type { Slice, View, Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { DataTable, EmptyState, Lead, SummaryList } from '#ui/index.ts'
import { modelInForce } from '#work/model/index.ts'
import { words } from '../words.ts'
import { countedYear, sectionOf, type Section } from '../year.ts'

const t = words('de')

const thisYear = (visit: Visit) => Number(berlinDay(visit.now).slice(0, 4))

/** The year an address asks for; this year for any other. */
function yearIn(visit: Visit): number {
  const asked = Number(visit.url.searchParams.get('jahr'))
  return Number.isInteger(asked) && asked > 2000 && asked <= thisYear(visit) ? asked : thisYear(visit)
}

const program: Who = { kind: 'program', name: 'figures' }

/** Everything a year tells: the cases first, then what the other fields of work count. */
async function told(visit: Visit, about: readonly Slice[]): Promise<{ sections: Section[]; threshold: number }> {
  const year = yearIn(visit)
  const [own, threshold] = await visit.tx((tx) =>
    Promise.all([countedYear(tx, year), modelInForce(tx).then(({ model }) => model.thresholds.smallCell)]),
  )
  const others = await visit.txAs(program, (tx) =>
    Promise.all(about.flatMap((slice) => (slice.counted ? [slice.counted(tx, year)] : []))),
  )
  return { sections: [...own, ...others].map((one) => sectionOf(one, threshold)), threshold }
}

async function page(visit: Visit, about: readonly Slice[]): Promise<View> {
  const year = yearIn(visit)
  const { sections, threshold } = await told(visit, about)
  const at = (of: number, as?: string) => addresses.yearFigures(visit.town, { jahr: of, als: as })
  return {
    layout: 'staff',
    at: addresses.cases(visit.town),
    back: addresses.cases(visit.town),
    title: t('year.title', { year: String(year) }),
    body: (
      <>
        <Lead>{t('year.how', { threshold })}</Lead>
        {sections.map((section) => (
          <Told {...section} />
        ))}
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

/** What is told of all things of a section together: how long they took, how much work they were. */
const measures = ({ times, hours }: Section) => [
  ...times.map(({ label, half }) => ({ label, value: t('year.days.value', { days: half }) })),
  ...hours.map(({ label, sum }) => ({ label, value: formats('de').hours(sum) })),
]

const Told = (section: Section) => (
  <>
    <h2>{section.title}</h2>
    {section.total === undefined ? (
      <EmptyState>{t('year.few')}</EmptyState>
    ) : (
      <>
        <SummaryList rows={[{ label: t('year.all'), value: String(section.total) }, ...measures(section)]} />
        {section.divisions.map(({ label, parts }) => (
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

/** A count as it may be read: a hidden one is no zero. */
const said = (count: number | null) => (count === null ? t('year.hidden') : String(count))

/** The year as lines of a table, what is hidden said in words. */
const linesOf = ({ sections }: { readonly sections: readonly Section[] }): [string, string, number | string][] =>
  sections.flatMap((section) =>
    section.total === undefined
      ? []
      : [
          ...measures(section).map(({ label, value }): [string, string, string] => [section.title, label, value]),
          ...section.divisions.flatMap(({ label, parts }) =>
            parts.map((part): [string, string, number | string] => [label, part.label, part.count ?? t('year.hidden')]),
          ),
        ],
  )

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
