import { cusum } from '../series/cusum.ts'
import { ears } from '../series/ears.ts'
import { farrington } from '../series/farrington.ts'
import { discoveries, excess, longest, type Excess } from './excess.ts'
import { usualRange, type UsualSettings } from './usual.ts'

/** From little to much: too little data, as usual, look closer, much more than usual. */
export type Level = 'little' | 'usual' | 'look' | 'much'

/** `none` under 10 weeks, `ears` to 25, `excess` from 26, with the season from 104. */
export type Method = 'none' | 'ears' | 'excess' | 'excess-season'

/** Further tests that say the same; they support a hint and never make one alone. */
export type Voice = 'cusum' | 'farrington'

export interface Judgement {
  level: Level
  method: Method
  voices: Voice[]
  /** Weeks of the window the hint rests on, and the reports in it. */
  weeks: number
  reports: number
  /** Counts between which nine of ten windows of four weeks lie, and the reports of the last four weeks. */
  usual?: { least: number; most: number; reports: number } | undefined
  /** First and last week compared with, as index into the series. */
  compared?: { from: number; to: number } | undefined
  /** Chance of as much by accident in the window; NaN where the method gives none. */
  chance: number
}

export const limits = {
  /** Score below which a week deserves a look: by simulation about 0.7 false hints per series and year. */
  look: 0.025,
  /** Chance and reports from which it is much, provided it stands out among all series of the run. */
  much: 0.001,
  muchReports: 3,
  /** A single report is never a hint. */
  leastReports: 2,
  /** Share of accidents tolerated among the strong hints of one run. */
  accidents: 0.1,
  earsFrom: 10,
  excessFrom: 26,
  seasonFrom: 104,
  farringtonFrom: 159,
} as const

export interface JudgeSettings {
  usual?: UsualSettings | undefined
}

const nothing: Judgement = { level: 'little', method: 'none', voices: [], weeks: 0, reports: 0, chance: NaN }

function byEars(y: readonly number[], t: number): Judgement {
  const recent = y.slice(Math.max(0, t - 9), t + 1)
  const alarm = ears(recent, { method: 'C2', baseline: 7, minSigma: 1, alpha: 0.001 }).alarm.at(-1) === true
  const level = alarm && y[t]! >= limits.leastReports ? 'look' : 'usual'
  return {
    ...nothing,
    level,
    method: 'ears',
    weeks: 1,
    reports: y[t]!,
    compared: { from: Math.max(0, t - 9), to: t - 3 },
  }
}

/** The other tests, asked only once there is a hint. */
function voices(y: readonly number[], t: number, found: Excess): Voice[] {
  const said: Voice[] = []
  const mean = found.normal.rate
  const first = Math.max(0, t - 12)
  const steps = cusum(y.slice(0, t + 1), { mean, k: 1.04, h: 2.26, transform: 'rossi', first, reset: false })
  if (steps.alarm.at(-1)) said.push('cusum')
  if (t >= limits.farringtonFrom) {
    const years = Math.min(5, Math.floor((t - 3) / 52))
    const verdicts = farrington(y, {
      form: 'flexible',
      years,
      halfWindow: 3,
      frequency: 52,
      periods: 10,
      leftOut: 26,
      alpha: 0.01,
      trend: true,
      trendLimit: 1,
      reweight: true,
      reweightFrom: 2.58,
      atLeast: { cases: 5, weeks: 4 },
      power: '2/3',
      limit: 'nbPlugin',
      first: t,
      last: t,
    })
    if (verdicts.alarm[0]) said.push('farrington')
  }
  return said
}

/**
 * Judges week `t` of one series by the method its history allows. `y`: reports per week, oldest first; later weeks are
 * not looked at. A level `much` is provisional until `together` has compared it with the other series of the run.
 */
export function judge(y: readonly number[], t: number, settings: JudgeSettings = {}): Judgement {
  if (t + 1 < limits.earsFrom) return { ...nothing, reports: y[t] ?? 0 }
  if (t + 1 < limits.excessFrom) return byEars(y, t)
  const found = excess(y, t, settings.usual)
  const chance = Math.min(...found.chances)
  const three = y[t]! + y[t - 1]! + y[t - 2]!
  const hint = y[t]! > 0 && three >= limits.leastReports && found.score < limits.look
  const strong = hint && chance < limits.much && found.reports >= limits.muchReports
  const [least, most] = usualRange(found.normal, t, 4)
  return {
    level: strong ? 'much' : hint ? 'look' : 'usual',
    method: found.normal.to + 1 >= limits.seasonFrom ? 'excess-season' : 'excess',
    voices: hint ? voices(y, t, found) : [],
    weeks: found.weeks,
    reports: found.reports,
    usual: { least, most, reports: three + y[t - 3]! },
    compared: { from: found.normal.from, to: found.normal.to },
    chance,
  }
}

/** Judgements of one run (all series, one week): strong hints that many tests would give by accident become looks. */
export function together(judgements: readonly Judgement[]): Judgement[] {
  const stand = discoveries(
    judgements.map(({ chance }) => chance * longest),
    limits.accidents,
  )
  return judgements.map((one, i) => (one.level === 'much' && !stand[i] ? { ...one, level: 'look' } : one))
}
