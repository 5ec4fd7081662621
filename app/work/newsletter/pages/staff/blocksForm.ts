import { hiddenFields, type RawForm } from '#platform/forms/index.ts'
import { blockKinds, writeSpans, type Block, type BlockKind } from '../../blocks.ts'
import type { Issue } from '../../queries/issues.ts'

const one = (value: string | string[] | undefined) => [value ?? ''].flat()[0] ?? ''
const parts = ['kind', 'level', 'text', 'title', 'when', 'href', 'picture', 'alt', 'size'] as const

/** A block as its fields show it, everything text. */
export type Typed = Record<(typeof parts)[number], string>

const empty: Typed = {
  kind: 'paragraph',
  level: '2',
  text: '',
  title: '',
  when: '',
  href: '',
  picture: '',
  alt: '',
  size: '',
}
const isKind = (text: string): text is BlockKind => blockKinds.some((kind) => kind === text)

/** Stored blocks as the editor's fields. */
function typedOf(block: Block): Typed {
  switch (block.kind) {
    case 'heading':
      return { ...empty, kind: block.kind, level: String(block.level), text: block.text }
    case 'paragraph':
      return { ...empty, kind: block.kind, text: writeSpans(block.spans) }
    case 'list':
      return { ...empty, kind: block.kind, text: block.points.map(writeSpans).join('\n') }
    case 'teaser':
      return { ...empty, ...block }
    case 'picture': {
      const { kind, picture, alt, width, height } = block
      return { ...empty, kind, picture, alt, size: `${width}x${height}` }
    }
    case 'divider':
      return { ...empty, kind: block.kind }
  }
}

/** The form's fields as blocks in order; at most a hundred are looked at. */
export function typedIn(raw: RawForm): Typed[] {
  const found: Typed[] = []
  for (let index = 0; index < 100 && isKind(one(raw[`b${index}-kind`])); index++)
    found.push(Object.fromEntries(parts.map((part) => [part, one(raw[`b${index}-${part}`])])) as Typed)
  return found
}

/** What one button did to the order. */
export function arrange(blocks: readonly Typed[], act: string): Typed[] {
  const [deed = '', what = ''] = act.split(':')
  const at = Number(what)
  const swap = (a: number, b: number) =>
    blocks[a] && blocks[b]
      ? blocks.map((block, i) => (i === a ? blocks[b]! : i === b ? blocks[a]! : block))
      : [...blocks]
  if (deed === 'up') return swap(at, at - 1)
  if (deed === 'down') return swap(at, at + 1)
  if (deed === 'remove') return blocks.filter((_, index) => index !== at)
  if (deed === 'add' && isKind(what) && what !== 'picture') return [...blocks, { ...empty, kind: what }]
  return [...blocks]
}

/** The same as form fields again. */
const fieldsOf = (blocks: readonly Typed[]): RawForm =>
  Object.fromEntries(blocks.flatMap((block, index) => parts.map((part) => [`b${index}-${part}`, block[part]])))

export const formOf = (issue: Issue): RawForm => ({
  [hiddenFields.version]: String(issue.version),
  subject: issue.subject,
  language: issue.language,
  topics: issue.topics,
  ...fieldsOf(issue.blocks.map(typedOf)),
})
