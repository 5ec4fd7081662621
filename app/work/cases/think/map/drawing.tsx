import { lineOf } from '#ui/index.ts'
import type { Parties, Party } from '../queries.ts'
import { words } from '../words.ts'
import type { Actor, Influence, MapDocument, Relation } from './document.ts'
import { narrowed } from './layout.ts'

const t = words('de')

const radii: Record<Influence, number> = { 1: 15, 2: 22, 3: 30, 4: 38 }

/** A name in at most three short lines, so that neighbours have room; the whole of it stands in the table. */
export function linesOf(label: string, width = 17): string[] {
  const words_ = label.split(/\s+/u).flatMap((word) => word.match(new RegExp(`.{1,${width}}`, 'gu')) ?? [])
  const lines: string[] = []
  for (const word of words_) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + word.length < width) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines.length > 3 ? [...lines.slice(0, 2), `${lines[2]}…`] : lines
}

/** A room around all actors, names included; never so small that two of them fill it. */
function room(actors: readonly Actor[]) {
  const xs = actors.map(({ x }) => x)
  const ys = actors.map(({ y }) => y)
  const [left, right] = [Math.min(-240, Math.min(...xs) - 90), Math.max(240, Math.max(...xs) + 90)]
  const [top, bottom] = [Math.min(-150, Math.min(...ys) - 60), Math.max(150, Math.max(...ys) + 105)]
  return { left, top, width: right - left, height: bottom - top }
}

/** The room of a narrow drawing: as wide as a phone, as high as it must be. */
function slimRoom(actors: readonly Actor[]) {
  const bottom = Math.max(...actors.map(({ y }) => y)) + 105
  return { left: -170, top: -50, width: 340, height: bottom + 50 }
}

const hexagon = (r: number) =>
  Array.from({ length: 6 }, (_, i) => {
    const angle = (Math.PI / 3) * i
    return `${Math.round(r * Math.cos(angle) * 10) / 10},${Math.round(r * Math.sin(angle) * 10) / 10}`
  }).join(' ')

/** Round for people, square with round corners for groups, six-cornered for institutions. */
const Shape = ({ form, r }: { form: Party['form']; r: number }) =>
  form === 'institution' ? (
    <polygon class="shape" points={hexagon(r * 1.1)} />
  ) : form === 'group' ? (
    <rect class="shape" x={-r} y={-r * 0.85} width={2 * r} height={1.7 * r} rx={r * 0.35} />
  ) : (
    <circle class="shape" r={r} />
  )

export interface Drawn {
  readonly document: MapDocument
  readonly parties: Parties
  /** Stages by party, as somebody judged them last. */
  readonly stages?: Readonly<Record<string, number | undefined>>
  readonly title: string
}

/** What stands below a name: how it is part of the conflict, and its stage where one was judged. */
const aboutOf = (party: Party, stage: number | undefined) =>
  stage === undefined
    ? t(`stands.${party.stands}.short`)
    : t('map.actor.stage', { stands: t(`stands.${party.stands}.short`), stage })

interface DrawnActor {
  readonly actor: Actor
  readonly party: Party
  readonly stage: number | undefined
}

const ActorShape = ({ actor, party, stage }: DrawnActor) => {
  const r = radii[actor.influence]
  const lines = linesOf(party.label)
  const about = aboutOf(party, stage)
  return (
    <g
      class={`actor ${party.stands}`}
      transform={`translate(${actor.x} ${actor.y})`}
      data-actor={actor.party}
      data-name={party.label}
      data-about={t('map.actor', { influence: t(`influence.${actor.influence}`) })}
      data-x={actor.x}
      data-y={actor.y}
      data-r={r}
    >
      <Shape form={party.form} r={r} />
      <text y={r + 2}>
        {lines.map((line) => (
          <tspan class="name" x="0" dy="1.15em">
            {`${line} `}
          </tspan>
        ))}
        <tspan class="about" x="0" dy="1.25em">
          {about}
        </tspan>
      </text>
    </g>
  )
}

/** Of several relations between the same two, the later ones are drawn beside the first. */
function shifts(relations: readonly Relation[]): number[] {
  const count = new Map<string, number>()
  return relations.map(({ from, to }) => {
    const key = [from, to].toSorted().join()
    const nth = count.get(key) ?? 0
    count.set(key, nth + 1)
    return (nth % 2 === 0 ? nth / 2 : -(nth + 1) / 2) || 0
  })
}

interface Box {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

/** A word of 12 pixels around a point on its base line; letters are about half as wide as high. */
const wordBox = (text: string, { x, y }: { x: number; y: number }): Box => ({
  left: x - text.length * 3.2 - 3,
  right: x + text.length * 3.2 + 3,
  top: y - 12,
  bottom: y + 4,
})

/** A shape with the name below it. */
function actorBox({ actor: { x, y, influence }, party, stage }: DrawnActor): Box {
  const r = radii[influence]
  const lines = linesOf(party.label)
  const wide = Math.max(r, ...lines.map((line) => line.length * 3.9), aboutOf(party, stage).length * 3.2)
  return { left: x - wide, right: x + wide, top: y - r, bottom: y + r + 21 + lines.length * 15 }
}

/** How much of a box is taken by others, in square pixels. */
const taken = (box: Box, others: readonly Box[]): number =>
  others.reduce((sum, other) => {
    const width = Math.min(box.right, other.right) - Math.max(box.left, other.left)
    const height = Math.min(box.bottom, other.bottom) - Math.max(box.top, other.top)
    return width > 0 && height > 0 ? sum + width * height : sum
  }, 0)

const Lines = ({ document, parties, stages = {} }: Drawn) => {
  const spots = new Map(document.actors.map((actor) => [actor.party, { ...actor, r: radii[actor.influence] }]))
  const known = new Map(parties.all.map((party) => [party.id, party]))
  const boxes = document.actors.flatMap((actor) => {
    const party = known.get(actor.party)
    return party ? [actorBox({ actor, party, stage: stages[actor.party] })] : []
  })
  const aside = shifts(document.relations)
  return (
    <>
      {document.relations.map(({ from, to, kind }, i) => {
        const [a, b] = [spots.get(from), spots.get(to)]
        if (!a || !b) return null
        const word = t(`kind.${kind}.short`)
        const { path, label } = lineOf(kind, a, b, aside[i] ?? 0, (at) => taken(wordBox(word, at), boxes))
        boxes.push(wordBox(word, label))
        return (
          <g class={`relation ${kind}`} data-from={from} data-to={to} data-kind={kind} data-shift={aside[i]}>
            <path d={path} />
            <text x={label.x} y={label.y}>
              {word}
            </text>
          </g>
        )
      })}
    </>
  )
}

/** So many actors are drawn to the width of the page; of more, a part is seen and the rest scrolled. */
const seenWhole = 9
/** So many are still read when that is the width of a phone; more of them are placed anew for it. */
export const readSmall = 5

/** The map as a drawing that explains itself; the table beside it says the same. */
export const Drawing = (drawn: Drawn) => {
  const count = drawn.document.actors.length
  const small = count <= readSmall
  return (
    <>
      <Picture {...drawn} kind={`${count <= seenWhole ? 'whole' : ''}${small ? '' : ' roomy'}`} />
      {!small && <Picture {...drawn} document={narrowed(drawn.document)} kind="narrow" />}
    </>
  )
}

/** `roomy` is shown where there is room, `narrow` where there is not. */
const Picture = ({ kind, ...drawn }: Drawn & { kind: string }) => {
  const { document, parties, stages = {}, title } = drawn
  const { left, top, width, height } = kind === 'narrow' ? slimRoom(document.actors) : room(document.actors)
  return (
    <svg
      class={`map ${kind}`}
      role="img"
      aria-label={t('map.alt', { title, actors: document.actors.length, relations: document.relations.length })}
      viewBox={`${left} ${top} ${width} ${height}`}
      width={width}
      height={height}
    >
      <Lines {...drawn} />
      {document.actors.map((actor) => {
        const party = parties.all.find(({ id }) => id === actor.party)
        return party && <ActorShape actor={actor} party={party} stage={stages[actor.party]} />
      })}
    </svg>
  )
}
