import { hideTogether, type Shown } from '#engine/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import type { Counted } from '#platform/web/index.ts'
import { modelInForce, say } from '#work/model/index.ts'
import { levels, outcomes } from '../schema.ts'
import { words } from '../words.ts'
import { closedIn, type ClosedRow } from './queries.ts'

const t = words('de')

/** What the closed cases of one year are divided by. */
export const divisions = ['subject', 'outcome', 'level'] as const
export type Division = (typeof divisions)[number]

const middle = (numbers: readonly number[]): number => numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? 0

/** The categories of a division in the model's order, with what falls into each. */
type Category = { readonly label: string; readonly has: (row: ClosedRow) => boolean }

function categoriesOf({ model }: Awaited<ReturnType<typeof modelInForce>>): Record<Division, Category[]> {
  const groupOf = new Map(model.subjects.map(({ id, group }) => [id, group]))
  const known = new Set(model.subjectGroups.map(({ id }) => id))
  const other = { label: t('year.other'), has: ({ subject }: ClosedRow) => !known.has(groupOf.get(subject) ?? '') }
  return {
    subject: [
      ...model.subjectGroups.map(({ id, label }) => ({
        label: say(label, 'de'),
        has: ({ subject }: ClosedRow) => groupOf.get(subject) === id,
      })),
      other,
    ],
    outcome: [
      ...outcomes.map((id) => ({ label: t(`outcome.${id}`), has: ({ outcome }: ClosedRow) => outcome === id })),
      { label: t('year.other'), has: ({ outcome }) => !outcomes.some((id) => id === outcome) },
    ],
    level: [
      ...levels.map((id) => ({ label: t(`level.${id}`), has: ({ level }: ClosedRow) => level === id })),
      { label: t('year.unsaid'), has: ({ level }) => !levels.some((id) => id === level) },
    ],
  }
}

export interface Year {
  readonly divisions: Readonly<Record<Division, Shown & { readonly labels: readonly string[] }>>
  /** Undefined when so few cases were closed that nothing may be told. */
  readonly all: { readonly cases: number; readonly hours: number; readonly days: number } | undefined
  readonly threshold: number
}

/** The closed cases of a calendar year in numbers, small ones hidden by the model's threshold. Writes one entry. */
export async function yearOf(tx: TenantTx, year: number): Promise<Year> {
  const model = await modelInForce(tx)
  const rows = await closedIn(tx, year)
  const threshold = model.model.thresholds.smallCell
  const categories = categoriesOf(model)
  const counts = divisions.map((one) => categories[one].map(({ has }) => rows.filter(has).length))
  const shown = hideTogether(counts, threshold)
  const labelled = divisions.map((one, i) => [one, { ...shown[i]!, labels: categories[one].map(({ label }) => label) }])
  const cases = shown[0]?.total ?? undefined
  return {
    divisions: Object.fromEntries(labelled) as Year['divisions'],
    all:
      cases === undefined || cases === 0
        ? undefined
        : {
            cases,
            hours: rows.reduce((sum, row) => sum + row.hours_quarters, 0) / 4,
            days: middle(rows.map((row) => row.days_to_close)),
          },
    threshold,
  }
}

/** What another field of work counted, as it may be shown. */
export interface Section {
  readonly title: string
  /** Undefined when they are too few to tell anything. */
  readonly total: number | undefined
  readonly divisions: readonly { readonly label: string; readonly parts: readonly Part[] }[]
  /** The middle one of the days; undefined where too few are known. */
  readonly days: { readonly label: string; readonly half: number } | undefined
}
type Part = { readonly label: string; readonly count: number | null }

/** Hides the small numbers of one field of work, all its divisions together. Pure. */
export function sectionOf({ title, divisions: all, days }: Counted, threshold: number): Section {
  const shown = hideTogether(
    all.map(({ parts }) => parts.map(({ count }) => count)),
    threshold,
  )
  const total = shown[0]?.total ?? undefined
  return {
    title,
    total: total === 0 ? undefined : total,
    divisions: all.map(({ label, parts }, i) => ({
      label,
      parts: parts.map((part, j) => ({ label: part.label, count: shown[i]!.counts[j] ?? null })),
    })),
    days: days && total && days.each.length >= threshold ? { label: days.label, half: middle(days.each) } : undefined,
  }
}
