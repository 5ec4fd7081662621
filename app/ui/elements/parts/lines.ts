/** How relations are drawn: every kind has a shape of its own, so that none is told apart by colour. Pure geometry. */

export type LineKind = 'alliance' | 'weak' | 'tension' | 'conflict' | 'broken' | 'power'

/** The middle of an actor and its radius, in units of the drawing. */
export interface Spot {
  readonly x: number
  readonly y: number
  readonly r: number
}

interface Point {
  readonly x: number
  readonly y: number
}

const round = (value: number) => Math.round(value * 10) / 10
const at = ({ x, y }: Point) => `${round(x)} ${round(y)}`
const stroke = (...points: readonly Point[]) => points.map((point, i) => `${i === 0 ? 'M' : 'L'}${at(point)}`).join('')

/** Between two actors, from edge to edge; `shift` moves the second and third line of a pair aside. */
function span(from: Spot, to: Spot, shift: number) {
  const [dx, dy] = [to.x - from.x, to.y - from.y]
  const length = Math.hypot(dx, dy) || 1
  const along = { x: dx / length, y: dy / length }
  const across = { x: -along.y, y: along.x }
  const gap = Math.max(0, Math.min(4, (length - from.r - to.r) / 2))
  const on = (distance: number, aside = 0): Point => ({
    x: from.x + along.x * distance + across.x * (aside + shift * 16),
    y: from.y + along.y * distance + across.y * (aside + shift * 16),
  })
  const begin = Math.min(from.r + gap, length / 2)
  const end = Math.max(length - to.r - gap, length / 2)
  return { on, begin, end, middle: (begin + end) / 2 }
}

const shapes: Record<LineKind, (s: ReturnType<typeof span>) => string> = {
  alliance: ({ on, begin, end }) => stroke(on(begin, 3), on(end, 3)) + stroke(on(begin, -3), on(end, -3)),
  weak: ({ on, begin, end }) => stroke(on(begin), on(end)),
  tension: ({ on, begin, end }) => stroke(on(begin), on(end)),
  conflict: ({ on, begin, end }) => {
    const teeth = Math.max(2, Math.round((end - begin) / 11))
    const step = (end - begin) / teeth
    const inner = Array.from({ length: teeth - 1 }, (_, i) => on(begin + step * (i + 1), i % 2 === 0 ? 6 : -6))
    return stroke(on(begin), ...inner, on(end))
  },
  broken: ({ on, begin, end, middle }) =>
    stroke(on(begin), on(middle - 9)) +
    stroke(on(middle + 9), on(end)) +
    stroke(on(middle - 7, -9), on(middle - 1, 9)) +
    stroke(on(middle + 1, -9), on(middle + 7, 9)),
  power: ({ on, begin, end }) => stroke(on(begin), on(end)) + stroke(on(end - 13, 7), on(end), on(end - 13, -7)),
}

/** Where on a line its word may stand, as shares of it away from the middle. */
const places = [0, 0.1, -0.1, 0.2, -0.2, 0.3, -0.3] as const

/** The line of one relation and where its word stands: at the place that `crowd` finds least crowded. */
export function lineOf(
  kind: LineKind,
  from: Spot,
  to: Spot,
  shift: number,
  crowd: (label: Point) => number = () => 0,
): { path: string; label: Point } {
  const between = span(from, to, shift)
  // Names hang below their actors: the word keeps away from the upper one.
  const down = (to.y - from.y) / (Math.hypot(to.x - from.x, to.y - from.y) || 1)
  const wish = 0.2 * down
  const labels = places.map((place) => {
    const middle = between.on(between.middle + (between.end - between.begin) * (wish + place))
    return { x: round(middle.x), y: round(middle.y - 10) }
  })
  const crowds = labels.map(crowd)
  return { path: shapes[kind](between), label: labels[crowds.indexOf(Math.min(...crowds))]! }
}
