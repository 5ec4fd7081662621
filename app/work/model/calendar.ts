import { workingCalendar, type WorkingCalendar } from '#platform/kernel/index.ts'
import type { Compiled } from './compile.ts'
import { deadline } from './moves.ts'

const kept = new WeakMap<Compiled['model'], WorkingCalendar>()

/** The working days of a municipality: holidays of its Land, closing days and opening hours of its office. */
export function calendarOf({ model }: Compiled): WorkingCalendar {
  const known =
    kept.get(model) ??
    workingCalendar({ land: model.body.land, closed: model.hours.closed, weekly: model.hours.weekly })
  kept.set(model, known)
  return known
}

/** The columns that lists and clocks need for a record standing at a step since a point in time. */
export function clockAt(
  model: Compiled,
  step: string,
  since: Date,
): { due_at: Date | null; owner_role: string | null } {
  const due = deadline(model, step, since, calendarOf(model))
  return { due_at: due?.dueAt ?? null, owner_role: due?.owner ?? null }
}
