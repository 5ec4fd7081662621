/** A run of text, a link where it has an address. Nothing else can be marked: what is stored is never HTML. */
export interface Span {
  readonly text: string
  readonly href?: string
}

/** The parts an issue is made of. */
export type Block =
  | { readonly kind: 'heading'; readonly level: 2 | 3; readonly text: string }
  | { readonly kind: 'paragraph'; readonly spans: readonly Span[] }
  | { readonly kind: 'list'; readonly points: readonly (readonly Span[])[] }
  /** A gathering, as a link with its day and place in words. */
  | { readonly kind: 'teaser'; readonly title: string; readonly when: string; readonly href: string }
  | { readonly kind: 'divider' }
  | {
      readonly kind: 'picture'
      /** Which one; its bytes lie in a table. */
      readonly picture: string
      /** What it shows, for whoever does not see it. */
      readonly alt: string
      readonly width: number
      readonly height: number
    }

export type BlockKind = Block['kind']
export const blockKinds: readonly BlockKind[] = ['paragraph', 'heading', 'list', 'teaser', 'picture', 'divider']

/** More would not fit what mail programs show whole (Gmail cuts at 102 KB). */
export const bounds = { blocks: 60, text: 4_000, all: 60_000 } as const

const link = /\[([^[\]\n]{1,300})\]\(([^()\s]{1,500})\)/g

/** `Text mit [Verweis](https://…)` as spans. What does not read as a link stays the text it is. */
export function readSpans(text: string): Span[] {
  const spans: Span[] = []
  let at = 0
  for (const match of text.matchAll(link)) {
    const [whole, label = '', href = ''] = match
    if (!isAddress(href)) continue
    if (match.index > at) spans.push({ text: text.slice(at, match.index) })
    spans.push({ text: label, href })
    at = match.index + whole.length
  }
  if (at < text.length) spans.push({ text: text.slice(at) })
  return spans
}

/** The same as typed. */
export const writeSpans = (spans: readonly Span[]): string =>
  spans.map(({ text, href }) => (href ? `[${text}](${href})` : text)).join('')

/** Pages and mailboxes; nothing that runs, nothing of this machine. */
export function isAddress(text: string): boolean {
  const url = URL.parse(text)
  if (!url || text.length > 500) return false
  return url.protocol === 'https:' || url.protocol === 'http:'
    ? url.hostname.includes('.') || url.hostname === 'localhost'
    : url.protocol === 'mailto:'
}

/** Every text of a block, for counting. */
export function textOf(block: Block): string {
  if (block.kind === 'heading') return block.text
  if (block.kind === 'paragraph') return writeSpans(block.spans)
  if (block.kind === 'list') return block.points.map(writeSpans).join('\n')
  if (block.kind === 'picture') return block.alt
  return block.kind === 'teaser' ? [block.title, block.when, block.href].join('\n') : ''
}

/** The links of a block, with the words they stand under. */
export function linksOf(block: Block): { text: string; href: string }[] {
  const spans = block.kind === 'paragraph' ? block.spans : block.kind === 'list' ? block.points.flat() : []
  const found = spans.flatMap(({ text, href }) => (href ? [{ text, href }] : []))
  return block.kind === 'teaser' && block.href ? [{ text: block.title, href: block.href }] : found
}
