import { hideTogether } from '#engine/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import type { Counted } from '#platform/web/index.ts'
import { modelInForce, say, type Field, type Published } from '#work/model/index.ts'
import { asksOf } from '../asking.ts'
import { ways } from '../choosing.ts'
import { holdings, levels, outcomes } from '../schema.ts'
import { words as caseWords } from '../words.ts'
import { closedIn, looksIn, type ClosedRow } from './queries.ts'
import { words } from './words.ts'

const t = words('de')
const ofCase = caseWords('de')

const middle = (numbers: readonly number[]): number => numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? 0

type Categories = readonly { readonly id: string; readonly label: string }[]

/** Divides rows into categories; whatever is none of them is counted at the end, so that each way adds up to all. */
function divide<Row>(
  rows: readonly Row[],
  label: string,
  into: Categories,
  of: (row: Row) => unknown,
  otherwise: string,
): Counted['divisions'][number] {
  const count = (id: string) => rows.filter((row) => of(row) === id).length
  const known = into.map(({ id, label: name }) => ({ label: name, count: count(id) }))
  const rest = rows.length - known.reduce((sum, one) => sum + one.count, 0)
  return { label, parts: [...known, { label: otherwise, count: rest }] }
}

const thirds = ['1', '2', '3'] as const

/** Questions of the model that are meant for the figures and asked of a case. */
const askedOf = ({ model }: Published, ...types: Field['type'][]): Field[] =>
  model.steps
    .filter(({ kind }) => kind === 'assess' || kind === 'close')
    .flatMap((step) => (step.kind === 'close' ? asksOf(step) : step.ask))
    .filter(({ type, shown }) => types.includes(type) && shown.includes('figures'))

const answersTo = ({ type, options = [] }: Field): Categories =>
  type === 'yesNo'
    ? (['yes', 'no'] as const).map((id) => ({ id, label: ofCase(`ask.${id}`) }))
    : options.map(({ id, label }) => ({ id, label: say(label, 'de') }))

/** What may be said of a case and need not; what nobody has said of any of them is no table. */
function answersIn(inForce: Published, rows: readonly ClosedRow[]): Counted['divisions'][number][] {
  const third = thirds.map((id) => ({ id, label: t(`year.third.${id}`) }))
  const stage = (label: string, of: (row: ClosedRow) => number | null) =>
    divide(rows, label, third, (row) => String(of(row)), t('year.unsaid'))
  const asked = askedOf(inForce, 'choice', 'yesNo').map((field) =>
    divide(rows, say(field.label, 'de'), answersTo(field), (row) => row.asked[field.id], t('year.unanswered')),
  )
  return [
    stage(t('year.by.first'), (row) => row.third_first),
    stage(t('year.by.last'), (row) => row.third_last),
    ...asked,
  ].filter(({ parts }) => parts.slice(0, -1).some(({ count }) => count > 0))
}

/** The closed cases of a calendar year. */
function countedCases(inForce: Published, rows: readonly ClosedRow[]): Counted {
  const { subjects, subjectGroups } = inForce.model
  const groupOf = new Map(subjects.map(({ id, group }) => [id, group]))
  const groups = subjectGroups.map(({ id, label }) => ({ id, label: say(label, 'de') }))
  const by = (label: string, into: Categories, of: (row: ClosedRow) => unknown, otherwise = t('year.unsaid')) =>
    divide(rows, label, into, of, otherwise)
  const named = <K extends string>(ids: readonly K[], name: (id: K) => string) =>
    ids.map((id) => ({ id, label: name(id) }))
  const known = (of: (row: ClosedRow) => number | null | undefined) => rows.flatMap((row) => of(row) ?? [])
  return {
    title: t('year.cases'),
    divisions: [
      by(t('year.by.subject'), groups, ({ subject }) => groupOf.get(subject), t('year.other')),
      by(
        t('year.by.outcome'),
        named(outcomes, (id) => ofCase(`outcome.${id}`)),
        ({ outcome }) => outcome,
        t('year.other'),
      ),
      by(
        t('year.by.level'),
        named(levels, (id) => ofCase(`level.${id}`)),
        ({ level }) => level,
      ),
      by(
        t('year.by.way'),
        named(ways, (id) => t(`year.way.${id}`)),
        ({ way }) => way,
        t('year.way.none'),
      ),
      by(
        t('year.by.again'),
        [{ id: 'again', label: t('year.again') }],
        ({ again }) => again && 'again',
        t('year.once'),
      ),
      ...answersIn(inForce, rows),
    ],
    times: [
      { label: t('year.days.assess'), each: known((row) => row.working_days_to_assess) },
      { label: t('year.days'), each: known((row) => row.working_days_to_close) },
    ],
    hours: [
      { label: t('year.hours'), each: rows.map((row) => row.hours_quarters / 4) },
      ...askedOf(inForce, 'hours').map(({ id, label }) => ({
        label: say(label, 'de'),
        each: known(({ asked }) => (typeof asked[id] === 'number' ? asked[id] : undefined)),
      })),
    ],
  }
}

/** Whether what was reached still held, for looks after a year and for earlier ones. */
const countedLooks = (looks: Awaited<ReturnType<typeof looksIn>>): Counted[] =>
  (['late', 'early'] as const).map((when) => ({
    title: t(`year.held.${when}`),
    divisions: [
      divide(
        looks.filter(({ after_months: months }) => months >= 12 === (when === 'late')),
        t(`year.by.held.${when}`),
        holdings.map((id) => ({ id, label: ofCase(`holding.${id}`) })),
        ({ holding }) => holding,
        t('year.other'),
      ),
    ],
  }))

/** What the register tells of a calendar year, as it is: whoever shows it hides small numbers first. Writes one entry. */
export async function countedYear(tx: TenantTx, year: number): Promise<Counted[]> {
  const [model, rows, looks] = await Promise.all([modelInForce(tx), closedIn(tx, year), looksIn(tx, year)])
  return [countedCases(model, rows), ...countedLooks(looks)]
}

/** What a field of work counted, as it may be shown. */
export interface Section {
  readonly title: string
  /** Undefined when they are too few to tell anything. */
  readonly total: number | undefined
  readonly divisions: readonly { readonly label: string; readonly parts: readonly Part[] }[]
  /** The middle one of the working days, and sums of hours; only where enough are known. */
  readonly times: readonly { readonly label: string; readonly half: number }[]
  readonly hours: readonly { readonly label: string; readonly sum: number }[]
}
type Part = { readonly label: string; readonly count: number | null }

/** Hides the small numbers of one field of work, all its divisions together. Pure. */
export function sectionOf({ title, divisions: all, times = [], hours = [] }: Counted, threshold: number): Section {
  const shown = hideTogether(
    all.map(({ parts }) => parts.map(({ count }) => count)),
    threshold,
  )
  const total = shown[0]?.total || undefined
  const enough = ({ each }: { readonly each: readonly number[] }) => total !== undefined && each.length >= threshold
  return {
    title,
    total,
    divisions: all.map(({ label, parts }, i) => ({
      label,
      parts: parts.map((part, j) => ({ label: part.label, count: shown[i]!.counts[j] ?? null })),
    })),
    times: times.filter(enough).map(({ label, each }) => ({ label, half: middle(each) })),
    hours: hours.filter(enough).map(({ label, each }) => ({ label, sum: each.reduce((sum, one) => sum + one, 0) })),
  }
}
