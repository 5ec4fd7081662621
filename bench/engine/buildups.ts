import { Chance } from '../../app/engine/numbers/chance.ts'

export interface Simulated {
  y: number[]
  mean: number
  spread: number
  /** Strength of the build-up in standard deviations of four weeks; 0 is none. */
  strength: number
  /** First of its four weeks. */
  start: number
}

export const weeks = 208
/** Only the last year is judged. */
export const judgedFrom = 156

/** Draws from the distributions a simulation needs, all from one seed. */
class Draws {
  readonly #chance: Chance
  constructor(seed: number) {
    this.#chance = new Chance(seed)
  }
  uniform(): number {
    return (this.#chance.below(2 ** 31 - 1) + 0.5) / (2 ** 31 - 1)
  }
  poisson(mean: number): number {
    if (mean > 30) return this.poisson(mean / 2) + this.poisson(mean / 2)
    const limit = Math.exp(-mean)
    let k = -1
    for (let product = 1; product > limit; k++) product *= this.uniform()
    return k
  }
  normal(): number {
    return Math.sqrt(-2 * Math.log(this.uniform())) * Math.cos(2 * Math.PI * this.uniform())
  }
  /** Marsaglia & Tsang 2000. */
  gamma(shape: number): number {
    if (shape < 1) return this.gamma(shape + 1) * this.uniform() ** (1 / shape)
    const d = shape - 1 / 3
    for (;;) {
      const x = this.normal()
      const v = (1 + x / Math.sqrt(9 * d)) ** 3
      if (v > 0 && Math.log(this.uniform()) < (x * x) / 2 + d - d * v + d * Math.log(v)) return d * v
    }
  }
}

/** Four weeks in the proportion 1 : 2 : 2 : 1. */
function buildUp(draws: Draws, size: number): number[] {
  const added = [0, 0, 0, 0]
  for (let i = 0; i < size; i++) {
    const place = draws.uniform() * 6
    added[place < 1 ? 0 : place < 3 ? 1 : place < 5 ? 2 : 3]! += 1
  }
  return added
}

/** `each` series per setting: means 0.1 to 10 a week; Poisson, and overdispersed with season; no, a weak, a strong build-up. */
export function simulate(seed: number, each: number): Simulated[] {
  const draws = new Draws(seed)
  const settings = [0.1, 0.3, 1, 3, 10].flatMap((mean) =>
    [1, 2].flatMap((spread) => [0, 3, 6].map((strength) => ({ mean, spread, strength }))),
  )
  return settings.flatMap(({ mean, spread, strength }) =>
    Array.from({ length: each }, () => {
      const start = judgedFrom + Math.floor(draws.uniform() * 46)
      const size = strength ? Math.max(2, draws.poisson(strength * Math.sqrt(4 * mean * spread))) : 0
      const added = buildUp(draws, size)
      const y = Array.from({ length: weeks }, (_, t) => {
        const level = mean * (spread > 1 ? Math.exp(0.3 * Math.sin((2 * Math.PI * t) / 52)) : 1)
        const usual = draws.poisson(spread > 1 ? draws.gamma(level / (spread - 1)) * (spread - 1) : level)
        return usual + (added[t - start] ?? 0)
      })
      return { y, mean, spread, strength, start }
    }),
  )
}
