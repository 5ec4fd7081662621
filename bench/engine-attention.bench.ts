import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { attention, fieldOf, type Area, type Report } from '#engine/index.ts'
import { Chance } from '../app/engine/numbers/chance.ts'
import { publish } from './support/results.ts'

/** Does the attention list rank better, and promise more honestly, than the plain mean of all reports so far? */
const horizon = 28
const folder = join(import.meta.dirname, '../tests/support/data/engine/arvig')
const rows = (name: string) =>
  readFileSync(join(folder, `${name}.csv`), 'utf8')
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((row) => row.split(','))
const day = (text: string) => Date.parse(text) / 864e5

const areas: Area[] = rows('areas').map(([id, residents, x, y]) => ({
  id: id!,
  residents: Number(residents),
  x: Number(x),
  y: Number(y),
  region: id!.slice(0, 2),
}))
const index = new Map(areas.map(({ id }, i) => [id, i]))
const field = fieldOf(
  areas,
  rows('neighbours').map(([a, b]) => [index.get(a!)!, index.get(b!)!]),
)
const reports: Report[] = rows('events')
  .map(([date, area]) => ({ day: day(date!), area: index.get(area!)! }))
  .toSorted((a, b) => a.day - b.day)
const origins = readFileSync(join(folder, 'origins.csv'), 'utf8').trim().split('\n').map(day)

interface Forecast {
  probability: number[]
  score: number[]
  seen: boolean[]
  /** Areas without a report in the last 91 days. */
  fresh: boolean[]
}

const seenBetween = (from: number, to: number) => {
  const seen = areas.map(() => false)
  for (const one of reports) if (one.day >= from && one.day < to) seen[one.area] = true
  return seen
}

function forecasts(method: (past: Report[], origin: number) => { probability: number; score: number }[]): Forecast[] {
  return origins.map((origin) => {
    const list = method(
      reports.filter((one) => one.day < origin),
      origin,
    )
    const fresh = seenBetween(origin - 91, origin).map((seen) => !seen)
    return {
      probability: list.map((one) => one.probability),
      score: list.map((one) => one.score),
      seen: seenBetween(origin, origin + horizon),
      fresh,
    }
  })
}

function plainMean(past: Report[], origin: number) {
  const counts = areas.map(() => 0)
  for (const one of past) counts[one.area]! += 1
  const days = origin - day('2014-01-01')
  return counts.map((count) => ({ score: count, probability: -Math.expm1((-count * horizon) / days) }))
}

/** Chance that a place with a report ranks above one without; ties count half. */
function auc(score: number[], seen: boolean[]): number {
  const order = score.map((value, i) => ({ value, seen: seen[i]! })).toSorted((a, b) => a.value - b.value)
  let ranks = 0
  let positive = 0
  for (let i = 0; i < order.length;) {
    let j = i
    while (j < order.length && order[j]!.value === order[i]!.value) j++
    for (let k = i; k < j; k++) {
      if (!order[k]!.seen) continue
      ranks += (i + j + 1) / 2
      positive++
    }
    i = j
  }
  return (ranks - (positive * (positive + 1)) / 2) / (positive * (order.length - positive))
}

const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length

function measures(chosen: Forecast[]) {
  const of = ({ score, seen, fresh }: Forecast) =>
    auc(
      score.filter((_, i) => fresh[i]),
      seen.filter((_, i) => fresh[i]),
    )
  const top = ({ score, seen }: Forecast) =>
    score
      .map((value, i) => ({ value, i }))
      .toSorted((a, b) => b.value - a.value)
      .slice(0, 20)
      .filter(({ i }) => seen[i]).length / 20
  const all = chosen.flatMap(({ probability, seen }) => probability.map((p, i) => ({ p, y: Number(seen[i]) })))
  const base = mean(all.map(({ y }) => y))
  const bins = Map.groupBy(all, ({ p }) => Math.min(9, Math.floor(p * 10)))
  return {
    auc: mean(chosen.map(({ score, seen }) => auc(score, seen))),
    top20: mean(chosen.map(top)),
    brierSkill: 1 - mean(all.map(({ p, y }) => (p - y) ** 2)) / (base * (1 - base)),
    calibrationError: [...bins.values()].reduce(
      (sum, bin) =>
        sum + (bin.length / all.length) * Math.abs(mean(bin.map(({ p }) => p)) - mean(bin.map(({ y }) => y))),
      0,
    ),
    newPlaces: mean(chosen.map(of)),
  }
}

/** Whole blocks of four origins are drawn, because their windows overlap; 2.5 % and 97.5 % of 400 draws. */
function ranges(ours: Forecast[], plain: Forecast[]) {
  const chance = new Chance(1)
  const blocks = Array.from({ length: Math.ceil(origins.length / 4) }, (_, b) =>
    [4 * b, 4 * b + 1, 4 * b + 2, 4 * b + 3].filter((i) => i < origins.length),
  )
  const draws = Array.from({ length: 400 }, () => {
    const chosen = blocks.flatMap(() => blocks[chance.below(blocks.length)]!)
    return { ours: measures(chosen.map((i) => ours[i]!)), plain: measures(chosen.map((i) => plain[i]!)) }
  })
  const between = (values: number[]) => {
    const sorted = values.toSorted((a, b) => a - b)
    return `${sorted[9]!.toFixed(3)} … ${sorted[389]!.toFixed(3)}`
  }
  return (Object.keys(draws[0]!.ours) as (keyof ReturnType<typeof measures>)[]).map((measure) => ({
    measure,
    attention: `${measures(ours)[measure].toFixed(3)} [${between(draws.map((one) => one.ours[measure]))}]`,
    plainMean: `${measures(plain)[measure].toFixed(3)} [${between(draws.map((one) => one.plain[measure]))}]`,
    difference: between(draws.map((one) => one.ours[measure] - one.plain[measure])),
  }))
}

const ours = forecasts((past, origin) => attention(field, past, origin, horizon).list)
publish('engine-attention', ranges(ours, forecasts(plainMean)))
