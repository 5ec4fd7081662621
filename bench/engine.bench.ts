import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cusum, ears, excess, farrington, glr, scan } from '#engine/index.ts'
import { recomputed } from '../app/engine-commands/recognise.ts'
import { Chance } from '../app/engine/numbers/chance.ts'
import { publish } from './support/results.ts'

/** How fast is the engine, and how much of R's time does it take on the same series in the same run? */
const seconds = (work: () => unknown) => {
  const start = performance.now()
  work()
  return (performance.now() - start) / 1000
}

interface Result {
  id: string
  upperbound: (number | null)[]
  r_seconds: number
  seconds: number
}

/** Both warm, median of five; R in a process of its own. Its clock ticks in milliseconds: sums under that mean little. */
function againstR() {
  const folder = mkdtempSync(join(tmpdir(), 'besonnen-bench-'))
  const series = join(import.meta.dirname, '../tests/support/data/engine/reference/series.csv')
  const run = spawnSync('Rscript', [join(import.meta.dirname, 'engine/reference.R'), series, folder, '5'], {
    stdio: 'ignore',
  })
  if (run.status !== 0) return [{ title: 'R with surveillance is not installed (apt-get install r-cran-surveillance)' }]
  const sums = new Map<string, { weeks: number; r: number; own: number }>()
  for (const name of readdirSync(folder)) {
    const reference = JSON.parse(readFileSync(join(folder, name), 'utf8')) as { results: Result[] }
    const own = recomputed(join(folder, name)).results as unknown as Result[]
    for (const one of reference.results) {
      const sum = sums.get(one.id) ?? { weeks: 0, r: 0, own: 0 }
      sum.weeks += one.upperbound.length
      sum.r += one.r_seconds
      sum.own += own.find(({ id }) => id === one.id)!.seconds
      sums.set(one.id, sum)
    }
  }
  return [...sums].map(([title, { weeks, r, own }]) => ({
    title,
    weeks,
    rMs: Math.round(r * 1000),
    ownMs: Number((own * 1000).toFixed(2)),
    ratio: r > 0 ? Number((own / r).toFixed(4)) : 'under 1 ms in R',
  }))
}

const chance = new Chance(1)
const counts = (length: number, below: number) =>
  Array.from({ length }, () => Math.floor(chance.below(below * below) ** 0.5))

/** Every detector's answer for the newest of 260 weeks, for 1,000 series. */
function newestWeek(series: number[][]): void {
  const last = 259
  const common = {
    years: 4,
    halfWindow: 3,
    frequency: 52,
    leftOut: 26,
    alpha: 0.01,
    trend: true,
    reweight: true,
    atLeast: { cases: 5, weeks: 4 },
    power: '2/3',
    first: last,
    last,
  } as const
  for (const y of series) {
    const mean = y.slice(0, 200).reduce((a, b) => a + b, 0) / 200
    for (const method of ['C1', 'C2', 'C3'] as const)
      ears(y.slice(-16), { method, baseline: 7, minSigma: 1, alpha: 0.001 })
    for (const transform of ['standard', 'rossi'] as const)
      cusum(y, { mean, k: 1.04, h: 2.26, transform, first: 200, reset: true })
    for (const alpha of [0, 0.5]) glr(y, { expected: Math.max(mean, 0.05), alpha, threshold: 5, first: 200 })
    farrington(y, {
      ...common,
      form: 'original',
      periods: 1,
      leftOut: 3,
      trendLimit: 0.05,
      reweightFrom: 1,
      limit: 'delta',
    })
    for (const limit of ['delta', 'nbPlugin', 'muan'] as const) {
      farrington(y, { ...common, form: 'flexible', periods: 10, trendLimit: 1, reweightFrom: 2.58, limit })
    }
    excess(y, last)
  }
}

const series = Array.from({ length: 1000 }, (_, i) => counts(260, 2 + (i % 6)))
const areas = Array.from({ length: 100 }, (_, i) => ({
  x: (i % 10) * 1000 + chance.below(300),
  y: Math.floor(i / 10) * 1000 + chance.below(300),
}))
const weekly = areas.map(() => Array.from({ length: 104 }, () => Number(chance.below(10) < 2)))
for (const area of [44, 45, 54]) for (const week of [80, 81, 82]) weekly[area]![week]! += 4

publish('engine', [
  {
    title: '1,000 series of 260 weeks, all detectors, newest week',
    seconds: Number(seconds(() => newestWeek(series)).toFixed(2)),
  },
  {
    title: 'scan, 100 areas, 104 weeks, 999 shuffles, with a cluster',
    seconds: Number(seconds(() => scan(areas, weekly)).toFixed(2)),
  },
  ...againstR(),
])
