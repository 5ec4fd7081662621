import type { Party } from '../queries.ts'
import type { Depth, PartyDepth } from '../schema.ts'
import { words } from '../words.ts'

const t = words('de')

/** Printable work sheets: the tools of conflict analysis on paper, empty or with what is known. Pure. */

export const sheets = ['timeline', 'tree', 'onion', 'abc', 'forces', 'needs', 'pillars'] as const
export type Sheet = (typeof sheets)[number]
/** Their names in addresses. */
export const slugs: Readonly<Record<Sheet, string>> = {
  timeline: 'zeitstrahl',
  tree: 'baum',
  onion: 'zwiebel',
  abc: 'abc',
  forces: 'kraeftefeld',
  needs: 'beduerfnisse',
  pillars: 'saeulen',
}
export const sheetOf = (slug: string | null): Sheet | undefined => sheets.find((one) => slugs[one] === slug)

interface Part {
  readonly label: string
  readonly text: string
}
type Block = { readonly title: string } & (
  | {
      readonly kind: 'table'
      readonly widths: readonly number[]
      readonly head: readonly string[]
      readonly rows: readonly (readonly string[])[]
    }
  | { readonly kind: 'tree'; readonly parts: readonly Part[]; readonly height: number }
  | { readonly kind: 'onion' | 'triangle'; readonly parts: readonly Part[] }
  | { readonly kind: 'pillars'; readonly roof: Part; readonly parts: readonly Part[]; readonly height: number }
)

export interface SheetData {
  readonly title: string
  readonly lead: string
  readonly blocks: readonly Block[]
}

/** What is known of a case; nothing of it for an empty sheet. */
export interface Known {
  readonly matter: string
  readonly nextStep: string
  readonly parties: readonly Pick<Party, 'id' | 'label'>[]
  readonly depth: Depth
  /** The course of events, oldest first. */
  readonly events: readonly { readonly day: string; readonly text: string }[]
}

export const nothing: Known = { matter: '', nextStep: '', parties: [], depth: {}, events: [] }

const blank = (columns: number, rows: number) => Array.from({ length: rows }, () => Array<string>(columns).fill(''))

/** Each side with what was noted of it; two without a name where none is known. */
function sides({ parties, depth }: Known): { label: string; said: PartyDepth }[] {
  const known = parties.map(({ id, label }) => ({ label, said: depth.parties?.[id] ?? {} }))
  return known.length > 0 ? known : [1, 2].map((n) => ({ label: t('sheet.side', { n }), said: {} }))
}

const table = (keys: readonly Parameters<typeof t>[0][], widths: readonly number[], rows: string[][]): Block => ({
  kind: 'table',
  title: '',
  widths,
  head: keys.map((key) => t(key)),
  rows,
})

const part = (key: Parameters<typeof t>[0], text = ''): Part => ({ label: t(key), text })

const blocks: Record<Sheet, (known: Known) => Block[]> = {
  timeline: ({ events, depth }) => [
    ...(depth.course ? [table(['depth.course'], [1], [[depth.course]])] : []),
    table(
      ['sheet.day', 'sheet.event', 'sheet.effect'],
      [2, 5, 4],
      [...events.map(({ day, text }) => [day, text, '']), ...blank(3, Math.max(5, 14 - events.length))],
    ),
  ],
  tree: ({ matter }) => [
    {
      kind: 'tree',
      title: '',
      height: 6.5,
      parts: [part('sheet.tree.effects'), part('sheet.tree.core', matter), part('sheet.tree.causes')],
    },
  ],
  onion: (known) =>
    sides(known).map(({ label, said }) => ({
      kind: 'onion',
      title: label,
      parts: [
        part('party.position', said.position),
        part('party.interest', said.interest),
        part('party.need', said.need),
      ],
    })),
  abc: (known) =>
    sides(known).map(({ label }) => ({
      kind: 'triangle',
      title: label,
      parts: [part('sheet.abc.behaviour'), part('sheet.abc.attitude'), part('sheet.abc.context')],
    })),
  forces: ({ nextStep, depth }) => [
    table(['sheet.forces.goal'], [1], [[nextStep]]),
    table(
      ['sheet.forces.driving', 'sheet.forces.restraining'],
      [1, 1],
      [[depth.connectors ?? '', depth.dividers ?? ''], ...blank(2, 12)],
    ),
  ],
  needs: (known) => [
    table(
      ['sheet.who', 'sheet.position', 'sheet.need', 'sheet.fear', 'sheet.helps'],
      [3, 4, 4, 4, 4],
      [
        ...sides(known).map(({ label, said: { position = '', need = '', fear = '' } }) => [
          label,
          position,
          need,
          fear,
          '',
        ]),
        ...blank(5, 3),
      ],
    ),
  ],
  pillars: ({ matter }) => [
    {
      kind: 'pillars',
      title: '',
      height: 10,
      roof: part('sheet.pillars.roof', matter),
      parts: [1, 2, 3, 4].map((n) => ({ label: t('sheet.pillars.pillar', { n }), text: '' })),
    },
  ],
}

/** What a sheet shows. */
export const sheetData = (sheet: Sheet, known: Known): SheetData => ({
  title: t(`sheet.${sheet}`),
  lead: t(`sheet.${sheet}.lead`),
  blocks: blocks[sheet](known),
})
