import { createHash } from 'node:crypto'
import type { RecordLine, RecordPart } from '#work/cases/index.ts'
import { passagesOf } from '#work/intake/index.ts'
import { rules, type Basis } from './bases.ts'
import { leftOut } from './secrecy.ts'

/** The proposal what may leave: pure, and only a proposal. People decide passage by passage. */

export const treatments = ['keep', 'black', 'replace'] as const
export type Treatment = (typeof treatments)[number]

/** Why a passage is proposed as it is. */
export type Why = 'process' | 'judged' | 'said' | 'name' | 'reach' | 'secret' | 'folded'

export interface Passage {
  /** The same as long as its words are: a changed text is asked about anew. */
  readonly key: string
  readonly text: string
  readonly what: Treatment
  /** What would stand there instead. */
  readonly instead: string
  readonly why: Why
  /** It stays blackened, whatever anybody chooses. */
  readonly fixed: boolean
}

export interface Source {
  /** The record, `case:<id>` or `report:<id>`. */
  readonly record: string
  readonly part: RecordPart
}

export interface ProposedPart {
  readonly title: string
  readonly lines: readonly {
    readonly label: string
    /** Nobody should read it unprepared: what stands in it, in words. */
    readonly folded?: string | undefined
    readonly passages: readonly Passage[]
  }[]
}

/** Somebody on a contact sheet, and what she is called instead. */
export interface Named {
  readonly name: string
  readonly role: string
}

interface Asked {
  readonly basis: Basis
  readonly named: readonly Named[]
  readonly secret: (text: string) => boolean
  /** Stands for somebody without a role: "eine Person". */
  readonly somebody: string
}

const titles = String.raw`(?:(?:Herrn?|Frau|Familie|Eheleute|Dr\.|Prof\.)\s+)*`
const title = /\b(?:Herrn?|Frau|Familie|Eheleute|Dr\.|Prof\.)\s+(?:(?:Dr\.|Prof\.)\s+)?\p{Lu}[\p{L}-]+/gu
const reach =
  /[\w.+-]+@[\w-]+\.\w+|(?:\+|(?<!\d)0)\d[\d\s/()-]{4,}\d|\p{Lu}[\p{L}-]*(?:straße|strasse|str\.|weg|platz|allee|gasse)\s+\d+/u
const escaped = (text: string) => text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`)

/** Every word of a name counts, for "Frau Meier" as for "Anna Meier"; words of one or two letters would hit too much. */
function namePattern(name: string): RegExp | undefined {
  const parts = name.split(/[\s,]+/u).filter((word) => word.length > 2)
  if (parts.length === 0) return undefined
  // A double name is one name, also where only one half of it is known.
  const word = String.raw`(?:\p{L}+-)*(?:${parts.map(escaped).join('|')})(?:s|’s|'s)?(?:-\p{L}+)*`
  return new RegExp(String.raw`(?<![\p{L}\p{N}])${titles}${word}(?:[\s,]+${word})*(?![\p{L}\p{N}])`, 'giu')
}

/** The text with names replaced by roles; the same text where no name stands. */
export function withRoles(text: string, named: readonly Named[], somebody: string): string {
  const known = named.reduce((at, { name, role }) => {
    const pattern = namePattern(name)
    return pattern ? at.replaceAll(pattern, role || somebody) : at
  }, text)
  return known.replaceAll(title, somebody)
}

function passage(record: string, { id, nature, folded }: RecordLine, text: string, asked: Asked): Passage {
  // Folded meanwhile, it is asked about anew as well.
  const place = folded ? `${record}|${id}|folded` : `${record}|${id}`
  const key = createHash('sha256').update(`${place}|${text}`).digest('hex').slice(0, 20)
  const of = (what: Treatment, why: Why, instead = '', fixed = false) => ({ key, text, what, instead, why, fixed })
  if (asked.secret(text)) return of('black', 'secret', '', true)
  // Nothing is proposed in its place either: slurs stay where the name is gone.
  if (folded) return of('black', 'folded')
  const replaced = withRoles(text, asked.named, asked.somebody)
  if (!rules[asked.basis].shows.includes(nature)) return of('black', nature, replaced === text ? '' : replaced)
  if (reach.test(text)) return of('black', 'reach', replaced === text ? '' : replaced)
  return replaced === text ? of('keep', nature) : of('replace', 'name', replaced)
}

/** The passages of all records, each with what is proposed for it. */
export const propose = (sources: readonly Source[], asked: Asked): ProposedPart[] =>
  sources.map(({ record, part }) => ({
    title: part.title,
    lines: part.lines.map((line) => {
      const { label, text, nature, folded } = line
      const found = passagesOf(text).map((one) => one.text)
      // Facts stay in one piece: a date is no two sentences. So does what tells a secret only as a whole.
      const whole = asked.secret(text) ? !found.some((one) => asked.secret(one)) : nature === 'process'
      const texts = whole ? [text] : found
      return {
        label: asked.secret(label) ? leftOut : withRoles(label, asked.named, asked.somebody),
        ...(folded && { folded }),
        passages: texts.map((one) => passage(record, line, one, asked)),
      }
    }),
  }))

/** What somebody chose, by the key of the passage. */
export type Choices = Readonly<Record<string, { readonly what: Treatment; readonly instead?: string }>>

/** The proposal with the choices carried out; what is fixed stays, and so does what was never chosen. */
export const chosenIn = (parts: readonly ProposedPart[], choices: Choices): ProposedPart[] =>
  parts.map((part) => ({
    ...part,
    lines: part.lines.map((line) => ({
      ...line,
      passages: line.passages.map((one) => {
        const choice = choices[one.key]
        return one.fixed || !choice ? one : { ...one, what: choice.what, instead: choice.instead ?? one.instead }
      }),
    })),
  }))

/** What leaves: the text of each passage, null where it is blackened. The blackened text is not part of it. */
export interface Extract {
  readonly parts: readonly {
    readonly title: string
    readonly lines: readonly {
      readonly label: string
      /** Something leaves of what nobody should read unprepared: what stands in it, in words. */
      readonly folded?: string | undefined
      readonly texts: readonly (string | null)[]
    }[]
  }[]
}

const leaving = ({ what, text, instead, fixed }: Passage): string | null =>
  fixed || what === 'black' ? null : what === 'keep' ? text : instead.trim() || null

export const extractOf = (parts: readonly ProposedPart[]): Extract => ({
  parts: parts.map(({ title: name, lines }) => ({
    title: name,
    lines: lines.map(({ label, folded, passages }) => {
      const texts = passages.map(leaving)
      return { label, texts, ...(folded && texts.some((text) => text !== null) && { folded }) }
    }),
  })),
})

/** How many passages leave and how many do not. */
export function countOf({ parts }: Extract): { shown: number; black: number } {
  const texts = parts.flatMap(({ lines }) => lines.flatMap((line) => line.texts))
  const black = texts.filter((text) => text === null).length
  return { shown: texts.length - black, black }
}
