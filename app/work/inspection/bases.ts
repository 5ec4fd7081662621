import { addDays } from '#platform/kernel/index.ts'
import type { Nature } from '#work/cases/index.ts'
import { plusMonths } from '#work/model/index.ts'

/** On what somebody may ask. */
export const bases = ['ifg', 'gdpr', 'council', 'court', 'police'] as const
export type Basis = (typeof bases)[number]

interface Rule {
  /** Until when an answer is owed, counted from the day it came; the law's where it names one, else a proposal. */
  readonly within: { readonly months: number } | { readonly days: number }
  /** The law names this time. */
  readonly statutory: boolean
  /** What the proposal leaves standing; everything else is blackened until somebody decides otherwise. */
  readonly shows: readonly Nature[]
}

/** Proposals for a data-protection officer: § 5 (2) IFG NRW and Art. 12 (3) DSGVO name a month, the others none. */
export const rules: Record<Basis, Rule> = {
  ifg: { within: { months: 1 }, statutory: true, shows: ['process'] },
  gdpr: { within: { months: 1 }, statutory: true, shows: ['process'] },
  council: { within: { days: 14 }, statutory: false, shows: ['process'] },
  court: { within: { days: 14 }, statutory: false, shows: ['process', 'judged'] },
  police: { within: { days: 7 }, statutory: false, shows: ['process'] },
}

/** The calendar day an answer is due. */
export function dueOn(basis: Basis, receivedOn: string): string {
  const { within } = rules[basis]
  return 'months' in within ? plusMonths(receivedOn, within.months) : addDays(receivedOn, within.days)
}
