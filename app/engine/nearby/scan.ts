import { Chance } from '../numbers/chance.ts'

export interface ScanArea {
  x: number
  y: number
}

export interface ScanSettings {
  /** Longest cylinder, in weeks. */
  longest: number
  permutations: number
  seed: number
}

const scanSettings: ScanSettings = { longest: 8, permutations: 999, seed: 1 }

export interface Cluster {
  /** Index of the area in the middle, and all areas of the circle, nearest first. */
  centre: number
  areas: number[]
  /** First and last week, inclusive. */
  from: number
  to: number
  reports: number
  expected: number
  /** Log-likelihood ratio. */
  gain: number
  p: number
  /** Fewer than 100 reports: no evidence. */
  tooFew: boolean
}

const leastReports = 100

/** Areas around each centre, nearest first, as far as they hold at most half of all reports. */
function circles(areas: readonly ScanArea[], totals: Float64Array, all: number): Int32Array[] {
  return areas.map((centre, c) => {
    const order = areas
      .map((area, i) => ({ i, far: Math.hypot(area.x - centre.x, area.y - centre.y) }))
      .toSorted((a, b) => a.far - b.far || (a.i === c ? -1 : b.i === c ? 1 : a.i - b.i))
    let held = 0
    const end = order.findIndex(({ i }) => (held += totals[i]!) > all / 2)
    return Int32Array.from(order.slice(0, end < 0 ? order.length : end), ({ i }) => i)
  })
}

interface Best {
  gain: number
  centre: number
  size: number
  from: number
  to: number
  reports: number
  expected: number
}

/** All that is worked out once and used for every shuffle. */
interface Ground {
  weeks: number
  longest: number
  all: number
  circles: Int32Array[]
  totals: Float64Array
  /** Share of all reports in the weeks to-length+1 … to, at to × longest + length - 1. */
  shares: Float64Array
  /** k log k, for whole k up to the number of reports. */
  logs: Float64Array
}

const gainOf = (c: number, m: number, { all, logs }: Ground) =>
  logs[c]! + logs[all - c]! - c * Math.log(m) - (all - c) * Math.log(all - m)

/** Goes through all circles, growing each by one area at a time; stops when `visit` says so. */
function walk(
  ground: Ground,
  counts: Int32Array,
  visit: (running: Int32Array, held: number, centre: number, size: number) => boolean,
): boolean {
  const { weeks, totals } = ground
  const running = new Int32Array(weeks + 1)
  for (let centre = 0; centre < ground.circles.length; centre++) {
    const circle = ground.circles[centre]!
    running.fill(0)
    let held = 0
    for (let size = 1; size <= circle.length; size++) {
      const area = circle[size - 1]!
      if (totals[area] === 0) continue
      held += totals[area]!
      let sum = 0
      for (let t = 0, at = area * weeks; t < weeks; t++, at++) {
        sum += counts[at]!
        running[t + 1]! += sum
      }
      if (visit(running, held, centre, size)) return true
    }
  }
  return false
}

/** The cylinder with the largest gain. The gain never exceeds the chi-square, which saves most logarithms. */
function bestCylinder(counts: Int32Array, ground: Ground): Best {
  const { weeks, longest, all, shares } = ground
  const best: Best = { gain: 0, centre: -1, size: 0, from: 0, to: 0, reports: 0, expected: 0 }
  walk(ground, counts, (running, held, centre, size) => {
    for (let to = 0; to < weeks; to++) {
      for (let length = 1; length <= longest && length <= to + 1; length++) {
        const c = running[to + 1]! - running[to + 1 - length]!
        const m = held * shares[to * longest + length - 1]!
        const excess = c - m
        if (excess <= 0 || c < 2 || excess * excess * all <= best.gain * m * (all - m)) continue
        const gain = gainOf(c, m, ground)
        if (gain > best.gain)
          Object.assign(best, { gain, centre, size, from: to - length + 1, to, reports: c, expected: m })
      }
    }
    return false
  })
  return best
}

/**
 * For every cylinder, in the order of `walk`, the smallest count with which it would reach `toReach`: worked out once,
 * so that a shuffle only compares whole numbers. Grows with the length, because the expected count does.
 */
function countsToReach(toReach: number, ground: Ground): Int32Array {
  const { weeks, longest, all, shares } = ground
  const cylinders = ground.circles.reduce((sum, circle) => sum + circle.length, 0)
  const least = new Int32Array(cylinders * weeks * longest).fill(all + 1)
  let at = 0
  walk(ground, new Int32Array(ground.totals.length * weeks), (_, held) => {
    for (let to = 0; to < weeks; to++) {
      let c = 2
      for (let length = 1; length <= longest; length++, at++) {
        if (length > to + 1) continue
        const m = held * shares[to * longest + length - 1]!
        while (c <= all && (c <= m || gainOf(c, m, ground) < toReach)) c++
        least[at] = c
      }
    }
    return false
  })
  return least
}

/** Whether any cylinder of shuffled counts reaches its least count. */
function reaches(counts: Int32Array, ground: Ground, least: Int32Array): boolean {
  const { weeks, longest } = ground
  const half = longest >> 1
  let at = 0
  return walk(ground, counts, (running) => {
    for (let to = 0; to < weeks; to++, at += longest) {
      const upper = running[to + 1]!
      // Longer windows hold more and need more: what the longest of a group holds rules out the whole group.
      if (upper - running[Math.max(0, to + 1 - half)]! >= least[at]!) {
        for (let length = 1; length <= half && length <= to + 1; length++) {
          if (upper - running[to + 1 - length]! >= least[at + length - 1]!) return true
        }
      }
      if (upper - running[Math.max(0, to + 1 - longest)]! >= least[at + half]!) {
        for (let length = half + 1; length <= longest && length <= to + 1; length++) {
          if (upper - running[to + 1 - length]! >= least[at + length - 1]!) return true
        }
      }
    }
    return false
  })
}

function groundOf(areas: readonly ScanArea[], counts: readonly (readonly number[])[], longest: number): Ground {
  const weeks = counts[0]?.length ?? 0
  const totals = Float64Array.from(counts, (row) => row.reduce((a, b) => a + b, 0))
  const all = totals.reduce((a, b) => a + b, 0)
  const upTo = new Float64Array(weeks + 1)
  for (let t = 0; t < weeks; t++) upTo[t + 1] = upTo[t]! + counts.reduce((sum, row) => sum + row[t]!, 0)
  const shares = new Float64Array(weeks * longest)
  for (let to = 0; to < weeks; to++) {
    for (let length = 1; length <= longest && length <= to + 1; length++) {
      shares[to * longest + length - 1] = (upTo[to + 1]! - upTo[to + 1 - length]!) / all
    }
  }
  const logs = Float64Array.from({ length: all + 1 }, (_, k) => (k > 0 ? k * Math.log(k) : 0))
  return { weeks, longest, all, totals, shares, logs, circles: circles(areas, totals, all) }
}

/** One entry per report: its area, and its week, which is shuffled. */
function reportsOf(counts: readonly (readonly number[])[]): { area: Int32Array; week: Int32Array } {
  const area: number[] = []
  const week: number[] = []
  counts.forEach((row, a) => {
    row.forEach((count, t) => {
      for (let i = 0; i < count; i++) {
        area.push(a)
        week.push(t)
      }
    })
  })
  return { area: Int32Array.from(area), week: Int32Array.from(week) }
}

/**
 * Space-time permutation scan (Kulldorff et al. 2005): where and when did more come in together than the place's share
 * and the week's share let expect? Needs no residents, only reports: `counts[area][week]`. Finds the strongest
 * cylinder (a circle of areas over 1 to `longest` weeks, at most half of all reports) and how often shuffled dates give
 * one as strong: p = rank / (shuffles + 1). Blind to a rise that is the same everywhere, and to trouble that is constant.
 */
export function scan(
  areas: readonly ScanArea[],
  counts: readonly (readonly number[])[],
  settings: ScanSettings = scanSettings,
): Cluster | undefined {
  const ground = groundOf(areas, counts, settings.longest)
  const { all, weeks } = ground
  const found = bestCylinder(Int32Array.from(counts.flat()), ground)
  if (found.centre < 0) return undefined
  const { area, week } = reportsOf(counts)
  const least = countsToReach(found.gain * (1 - 1e-12), ground)
  const chance = new Chance(settings.seed)
  const shuffled = new Int32Array(areas.length * weeks)
  let rank = 1
  for (let i = 0; i < settings.permutations; i++) {
    chance.shuffle(week)
    shuffled.fill(0)
    for (let k = 0; k < all; k++) shuffled[area[k]! * weeks + week[k]!]! += 1
    if (reaches(shuffled, ground, least)) rank++
  }
  const { centre, size, from, to, reports, expected, gain } = found
  const around = [...ground.circles[centre]!.subarray(0, size)]
  return {
    centre,
    areas: around,
    from,
    to,
    reports,
    expected,
    gain,
    p: rank / (settings.permutations + 1),
    tooFew: all < leastReports,
  }
}
