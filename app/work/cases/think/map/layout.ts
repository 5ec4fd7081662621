import type { SimulationLinkDatum, SimulationNodeDatum } from 'd3-force'
import type { Actor, MapDocument, Unplaced } from './document.ts'

interface Node extends SimulationNodeDatum {
  readonly party: string
}
interface Point {
  readonly x: number
  readonly y: number
}

/** The same numbers every time, so that one map is always drawn the same way. */
function chance(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296
    return state / 4_294_967_296
  }
}

/** So far apart that name and circle of one are clear of the next. */
const apart = 180
const ticks = 90

/** All at once, from nothing: forces let those who have to do with one another come near. */
async function anew({ actors, relations }: MapDocument<Unplaced>): Promise<Map<string, Point>> {
  const d3 = await import('d3-force')
  const nodes = actors.map(({ party }): Node => ({ party }))
  const links = relations.map(({ from, to }): SimulationLinkDatum<Node> => ({ source: from, target: to }))
  const pull = d3.forceLink<Node, SimulationLinkDatum<Node>>(links).id(({ party }) => party)
  d3.forceSimulation(nodes)
    .randomSource(chance(7))
    .alphaDecay(1 - 0.001 ** (1 / ticks))
    .force('collide', d3.forceCollide<Node>(apart / 2 + 4).strength(0.9))
    .force('link', pull.distance(230).strength(0.25))
    .force('charge', d3.forceManyBody<Node>().strength(-600).distanceMax(700))
    .force('x', d3.forceX<Node>(0).strength(0.05))
    .force('y', d3.forceY<Node>(0).strength(0.09))
    .stop()
    .tick(ticks)
  return new Map(nodes.map(({ party, x = 0, y = 0 }) => [party, { x: Math.round(x), y: Math.round(y) }]))
}

/** The first free place on rings around a point. There is always one further out. */
function freePlace(middle: Point, taken: readonly Point[]): Point {
  for (let ring = 1; ; ring += 1) {
    const places = 8 * ring
    for (let i = 0; i < places; i += 1) {
      const angle = (2 * Math.PI * i) / places
      const point = {
        x: Math.round(middle.x + Math.cos(angle) * ring * 95),
        y: Math.round(middle.y + Math.sin(angle) * ring * 95),
      }
      if (taken.every(({ x, y }) => Math.hypot(point.x - x, point.y - y) >= apart)) return point
    }
  }
}

/** Newcomers one by one: each beside those it has to do with, without pushing anybody. */
function beside({ actors, relations }: MapDocument<Unplaced>): Map<string, Point> {
  const places = new Map<string, Point>()
  for (const { party, x, y } of actors) if (x !== undefined && y !== undefined) places.set(party, { x, y })
  for (const { party } of actors) {
    if (places.has(party)) continue
    const others = relations.flatMap(({ from, to }) => {
      const other = places.get(from === party ? to : to === party ? from : '')
      return other ? [other] : []
    })
    const near = others.length > 0 ? others : [...places.values()]
    const middle = (of: 'x' | 'y') => near.reduce((sum, one) => sum + one[of], 0) / Math.max(1, near.length)
    places.set(party, freePlace({ x: middle('x'), y: middle('y') }, [...places.values()]))
  }
  return places
}

/**
 * Gives every actor a place, in units of the drawing around 0,0. Whoever has one keeps it: adding an actor must not turn
 * the map upside down. Without any places the map is laid out anew, the same way every time.
 */
export async function layout(document: MapDocument<Unplaced>): Promise<MapDocument> {
  const fresh = document.actors.every(({ x }) => x === undefined)
  const places = fresh ? await anew(document) : beside(document)
  return {
    actors: document.actors.map((actor): Actor => ({ ...actor, ...(places.get(actor.party) ?? { x: 0, y: 0 }) })),
    relations: document.relations,
  }
}

/** On a phone three stand side by side: so far apart are their middles, and so high is one with its name. */
const [abreast, tall] = [112, 136] as const

/**
 * The same map for a narrow screen: drawn together sideways and out downwards, so that left stays about left and up
 * about up. Follows from the places alone; nothing of it is kept.
 */
export function narrowed({ actors, relations }: MapDocument): MapDocument {
  const xs = actors.map(({ x }) => x)
  const [least, most] = [Math.min(...xs), Math.max(...xs)]
  const placed: Actor[] = []
  const free = (x: number) =>
    Math.max(
      x === 0 ? tall / 2 : 0,
      ...placed.filter((one) => Math.abs(one.x - x) < abreast).map((one) => one.y + tall),
    )
  for (const actor of actors.toSorted((a, b) => a.y - b.y || a.x - b.x)) {
    const wish = ((actor.x - least) / (most - least || 1) - 0.5) * 2 * abreast
    // A little further down is better than far aside.
    const spots = [-abreast, 0, abreast].map((x) => ({ x, y: free(x), off: Math.abs(x - wish) }))
    const { x, y } = spots.reduce((best, one) => (one.y + one.off < best.y + best.off ? one : best))
    placed.push({ ...actor, x, y })
  }
  return { actors: placed, relations }
}
