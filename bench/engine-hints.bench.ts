import { judge, type Level } from '#engine/index.ts'
import { judgedFrom, simulate, weeks, type Simulated } from './engine/buildups.ts'
import { publish } from './support/results.ts'

/** How many hints come without cause, and how many build-ups are found, how soon? Simulated series, four seeds. */
const seeds = [101, 102, 103, 104]
const each = 100

interface Found {
  falseWeeks: number
  strongFalseWeeks: number
  hit: boolean
  delay: number
}

function judged({ y, strength, start }: Simulated): Found {
  const levels: Level[] = []
  for (let t = judgedFrom; t < weeks; t++) levels.push(judge(y, t).level)
  const isHint = (level: Level | undefined) => level === 'look' || level === 'much'
  const delay = [0, 1, 2, 3].findIndex((after) => isHint(levels[start - judgedFrom + after]))
  return {
    falseWeeks: strength === 0 ? levels.filter(isHint).length : 0,
    strongFalseWeeks: strength === 0 ? levels.filter((level) => level === 'much').length : 0,
    hit: strength > 0 && delay >= 0,
    delay,
  }
}

const results = seeds.flatMap((seed) => simulate(seed, each).map((one) => ({ ...one, ...judged(one) })))
type Result = (typeof results)[number]
const mean = (values: number[]) => Number((values.reduce((a, b) => a + b, 0) / values.length).toFixed(3))

function row(title: string, chosen: Result[]) {
  const calm = chosen.filter(({ strength }) => strength === 0)
  const strong = chosen.filter(({ strength }) => strength === 6)
  return {
    title,
    falsePerYear: mean(calm.map((one) => one.falseWeeks)),
    strongFalsePerYear: mean(calm.map((one) => one.strongFalseWeeks)),
    strongFound: mean(strong.map((one) => Number(one.hit))),
    weakFound: mean(chosen.filter(({ strength }) => strength === 3).map((one) => Number(one.hit))),
    delayWeeks: mean(strong.filter((one) => one.hit).map((one) => one.delay)),
  }
}

const settings = [
  ...Map.groupBy(results, (one) => `${one.mean} a week, ${one.spread > 1 ? 'overdispersed, season' : 'Poisson'}`),
]
publish('engine-hints', [
  row('all', results),
  row(
    'at most 0.3 a week',
    results.filter((one) => one.mean <= 0.3),
  ),
  ...settings.map(([title, chosen]) => row(title, chosen)),
])
