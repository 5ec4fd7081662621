import { sql } from 'kysely'
import { formats } from '#platform/i18n/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import type { Counted } from '#platform/web/index.ts'
import { choices, isInside, modelInForce } from '#work/model/index.ts'
import { words } from '../words.ts'

const t = words('de')
const channels = ['web', 'callback', 'api', 'phone', 'counter', 'letter', 'mail', 'partner', 'import'] as const

interface Row {
  readonly month: number
  readonly area: string
  readonly subject: string
  readonly channel: string
  readonly ended: string
  readonly days: number | null
  readonly watched: boolean
}

/**
 * The reports of a year, those deleted since included. What somebody must not read, and what is still with the
 * substitute, is left out until it is deleted: a number that grows would tell her of it.
 */
async function reportsOf(tx: TenantTx, year: number): Promise<Row[]> {
  const [from, to] = [`${year}-01-01`, `${year}-12-31`]
  const { rows } = await sql<Row>`
    select extract(month from month)::int as month, area, subject, channel, ended_as as ended,
           working_days_to_answer as days, was_watched as watched
      from intake.figure where month between ${from} and ${to}
    union all
    select extract(month from received_on)::int, area, subject, channel,
           case when case_id is null then step_kind else 'case' end, working_days_to_answer, was_watched
      from intake.report r
     where received_on between ${from} and ${to} and not synthetic and held_for is null
       and not exists (select 1 from access.barred b where b.municipality_id = r.municipality_id and b.record_id = r.id)`.execute(
    tx.db,
  )
  return rows
}

/**
 * Where something was settled, from the kind of step it stands at. What became of what was watched stands in the same
 * row of counts: shown apart, one of the two could give away what the other hides.
 */
const settled = ['case', 'watched-case', 'advised', 'referred', 'raised', 'watched-else', 'watched'] as const
type Settled = (typeof settled)[number]
const settledAt: Readonly<Record<string, Settled>> = {
  case: 'case',
  closed: 'advised',
  advise: 'advised',
  refer: 'referred',
  raise: 'raised',
  watch: 'watched',
}

function endOf({ ended, watched }: Row): string {
  const end = settledAt[ended] ?? ''
  if (!watched || end === 'watched' || end === '') return end
  return end === 'case' ? 'watched-case' : 'watched-else'
}

/** For the figures of a year: by channel, subject, area, month and where it was settled, and how long an answer took. */
export async function countedReports(tx: TenantTx, year: number): Promise<Counted> {
  const model = await modelInForce(tx)
  const rows = (await reportsOf(tx, year)).filter(({ subject }) => !isInside(model, subject))
  const { areas } = choices(model, 'de')
  const groupOf = new Map(model.model.subjects.map(({ id, group }) => [id, group]))
  const groups = model.model.subjectGroups.map(({ id, label }) => ({ id, name: label.de }))
  const months = Array.from({ length: 12 }, (_, i) => ({
    id: String(i + 1),
    name: formats('de').month(`${year}-${String(i + 1).padStart(2, '0')}-01`),
  }))
  const ends = settled.map((id) => ({ id, name: t(`counted.settled.${id}`) }))
  const ways = channels.map((id) => ({ id, name: t(`channel.${id}`) }))
  const divide = (
    label: string,
    into: readonly { id: string; name: string }[],
    of: (row: Row) => string,
    otherwise = t('counted.other'),
  ) => {
    const known = new Set(into.map(({ id }) => id))
    const parts = into.map(({ id, name }) => ({ label: name, count: rows.filter((row) => of(row) === id).length }))
    const rest = { label: otherwise, count: rows.filter((row) => !known.has(of(row))).length }
    return { label, parts: rest.count > 0 ? [...parts, rest] : parts }
  }
  return {
    title: t('counted.title'),
    divisions: [
      divide(t('counted.by.channel'), ways, ({ channel }) => channel),
      divide(t('counted.by.subject'), groups, ({ subject }) => groupOf.get(subject) ?? ''),
      divide(t('counted.by.area'), areas, ({ area }) => area),
      divide(t('counted.by.month'), months, ({ month }) => String(month)),
      divide(t('counted.by.settled'), ends, endOf, t('counted.open')),
    ],
    times: [{ label: t('counted.days'), each: rows.flatMap(({ days }) => days ?? []) }],
  }
}
