/** One area: nothing but its place, size and number of residents. */
export interface Area {
  id: string
  /** Centroid in metres. */
  x: number
  y: number
  /** Residents; where unknown, 1 for all. */
  residents: number
  /** Larger unit the area lies in, e.g. the Land; the same text for all where there is none. */
  region: string
}

/** Areas with what can be worked out once: nearness and regions. */
export interface Field {
  areas: readonly Area[]
  /** Rows of nearness, areas × areas: exp(-distance / reach), 0 to itself. */
  near: Float64Array
  /** Share of residents' weight (residents^0.7: reports grow more slowly than towns). */
  weight: Float64Array
  /** The nearness-weighted weight around each area. */
  weightNear: Float64Array
  region: Int32Array
  residentsByRegion: Float64Array
}

/** Nearness falls to a third over this many distances between neighbours: about 60 km between Kreise. */
const reachInSteps = 1.8

/** Middle distance between neighbouring areas, in metres; without neighbours, to the nearest other area. */
function step(areas: readonly Area[], neighbours: readonly (readonly [number, number])[]): number {
  const apart = (a: Area, b: Area) => Math.hypot(a.x - b.x, a.y - b.y)
  const distances = neighbours.map(([a, b]) => apart(areas[a]!, areas[b]!))
  if (distances.length === 0 && areas.length > 1) {
    for (const a of areas) distances.push(Math.min(...areas.filter((b) => b !== a).map((b) => apart(a, b))))
  }
  return distances.toSorted((a, b) => a - b)[distances.length >> 1] || 1
}

/** `neighbours`: pairs of indices into `areas`. */
export function fieldOf(areas: readonly Area[], neighbours: readonly (readonly [number, number])[]): Field {
  const n = areas.length
  const reach = reachInSteps * step(areas, neighbours)
  const near = new Float64Array(n * n)
  const weight = Float64Array.from(areas, ({ residents }) => Math.max(1, residents) ** 0.7)
  const weightNear = new Float64Array(n)
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      if (i === j) continue
      const k = Math.exp(-Math.hypot(areas[i]!.x - areas[j]!.x, areas[i]!.y - areas[j]!.y) / reach)
      near[i * n + j] = k
      weightNear[i]! += k * weight[j]!
    }
  }
  const names = [...new Set(areas.map((area) => area.region))]
  const region = Int32Array.from(areas, (area) => names.indexOf(area.region))
  const residentsByRegion = new Float64Array(names.length)
  areas.forEach((area, i) => (residentsByRegion[region[i]!]! += Math.max(1, area.residents)))
  return { areas, near, weight, weightNear, region, residentsByRegion }
}

/** Middle of the numbers around each area, weighted by nearness. */
export function around(field: Field, values: Float64Array): Float64Array {
  const n = values.length
  const out = new Float64Array(n)
  for (let i = 0; i < n; i++) {
    let sum = 0
    for (let j = 0, at = i * n; j < n; j++, at++) sum += field.near[at]! * values[j]!
    out[i] = sum
  }
  return out
}
