import { countQuantile } from '../numbers/counts.ts'
import { noSeason, season, year, type Season } from './season.ts'

export interface UsualSettings {
  /** Weeks after which a report counts half. */
  halfLife: number
  /** Weeks before the tested ones that are left out, because a build-up may have begun there and reports still come in. */
  gap: number
  /** Weeks' worth of the area-wide rate mixed in. */
  priorWeeks: number
  /** Weeks' worth of Poisson spread mixed into the series' own. */
  spreadWeeks: number
  /** Reports per week elsewhere for the same topic and as many residents; without it the series' own mean. */
  areaRate?: number | undefined
}

export const usualSettings: UsualSettings = { halfLife: 52, gap: 2, priorWeeks: 4, spreadWeeks: 20 }

/** What is usual for one series at one time. */
export interface Usual {
  /** Reports per week, season apart. */
  rate: number
  /** Shape of the gamma distribution the rate was drawn from: how much it is known. */
  shape: number
  /** Variance of weekly counts relative to their mean, at least 1. */
  spread: number
  season: Season
  /** The weeks compared with: first and last index, inclusive. */
  from: number
  to: number
}

/**
 * Empirical-Bayes estimate of a series' own normal before week `t` (gamma-Poisson after Clayton & Kaldor 1987, with
 * exponential forgetting): own past, the season from two years on, and as much of the area's rate as a few weeks weigh.
 * Past build-ups stay in it, so a place with frequent trouble has a higher normal. `tested` is the length of the longest
 * window tested, in weeks.
 */
export function usual(y: readonly number[], t: number, tested: number, settings: UsualSettings = usualSettings): Usual {
  const end = Math.max(1, t - tested + 1 - settings.gap)
  const wave = end >= 2 * year ? season(y, end) : noSeason
  const forget = 2 ** (-1 / settings.halfLife)
  let seen = 0
  let exposure = 0
  let total = 0
  let weight = 1
  for (let i = end - 1; i >= 0; i--) {
    seen += weight * y[i]!
    exposure += weight * wave[i % year]!
    total += y[i]!
    weight *= forget
  }
  const elsewhere = settings.areaRate ?? (total + 0.5) / (end + 1)
  const shape = settings.priorWeeks * elsewhere + seen
  return {
    rate: shape / (settings.priorWeeks + exposure),
    shape,
    spread: spreadOf(y, end, wave, settings.spreadWeeks),
    season: wave,
    from: 0,
    to: end - 1,
  }
}

/** Pearson's dispersion around the seasonal mean, drawn towards 1 where weeks are few. */
function spreadOf(y: readonly number[], end: number, wave: Season, poissonWeeks: number): number {
  let total = 0
  for (let i = 0; i < end; i++) total += y[i]!
  if (total === 0 || end < 2) return 1
  const mean = total / end
  let squares = 0
  for (let i = 0; i < end; i++) squares += (y[i]! - mean * wave[i % year]!) ** 2 / (mean * wave[i % year]!)
  return Math.max(1, ((squares / (end - 1)) * end + poissonWeeks) / (end + poissonWeeks))
}

/** Mean and relative variance of the count of the `weeks` weeks up to `t`, the uncertainty of the rate included. */
export function predicted(normal: Usual, t: number, weeks: number): { mean: number; spread: number } {
  let mean = 0
  for (let i = t - weeks + 1; i <= t; i++) mean += normal.rate * normal.season[((i % year) + year) % year]!
  return { mean, spread: normal.spread + mean / normal.shape }
}

/** The counts between which nine of ten windows of `weeks` weeks lie. */
export function usualRange(normal: Usual, t: number, weeks: number): [least: number, most: number] {
  const { mean, spread } = predicted(normal, t, weeks)
  return [countQuantile(0.05, mean, spread), countQuantile(0.95, mean, spread)]
}
