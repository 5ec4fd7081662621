import { linksOf, textOf, type Block } from './blocks.ts'

/** What keeps somebody from reading an issue; `at` is the block's number, 0 the subject. */
export interface Barrier {
  readonly at: number
  readonly what:
    | 'subject.missing'
    | 'subject.long'
    | 'nothing'
    | 'heading.empty'
    | 'heading.first'
    | 'heading.jump'
    | 'heading.alone'
    | 'link.vague'
    | 'link.bare'
    | 'link.same'
    | 'text.long'
    | 'text.capitals'
    | 'list.one'
    | 'teaser.link'
    | 'teaser.empty'
    | 'picture.alt'
    | 'picture.file-name'
    | 'empty'
  /** The words it is about. */
  readonly words?: string
}

const vague =
  /^(hier|hier klicken|klicken sie hier|mehr|mehr dazu|weiter|weiterlesen|link|here|click here|more|read more)\.?$/i
const bare = /^(https?:\/\/|www\.)/i

function ofHeadings(blocks: readonly Block[]): Barrier[] {
  const found: Barrier[] = []
  let level = 1
  for (const [index, block] of blocks.entries()) {
    if (block.kind !== 'heading') continue
    const at = index + 1
    if (block.text === '') found.push({ at, what: 'heading.empty' })
    if (block.level > level + 1)
      found.push({ at, what: level === 1 ? 'heading.first' : 'heading.jump', words: block.text })
    const next = blocks[index + 1]
    if (!next || (next.kind === 'heading' && next.level <= block.level))
      found.push({ at, what: 'heading.alone', words: block.text })
    level = block.level
  }
  return found
}

function ofLinks(blocks: readonly Block[]): Barrier[] {
  const found: Barrier[] = []
  const targets = new Map<string, string>()
  for (const [index, block] of blocks.entries()) {
    for (const { text, href } of linksOf(block)) {
      const at = index + 1
      const words = text.trim()
      if (vague.test(words)) found.push({ at, what: 'link.vague', words })
      else if (bare.test(words)) found.push({ at, what: 'link.bare', words })
      const before = targets.get(words.toLowerCase())
      if (before !== undefined && before !== href) found.push({ at, what: 'link.same', words })
      targets.set(words.toLowerCase(), href)
    }
  }
  return found
}

/** The name of a file says nothing to whoever does not see the picture. */
const fileName = /^(\S+\.(png|jpe?g|gif|webp)|(bild|foto|img|image|dsc)[\s_-]*\d*)$/i

/** Capitals are read letter by letter; one word in them may be a name. */
const capitals = /(?:\b\p{Lu}{4,}\b[\s,–-]+){2,}\p{Lu}{4,}/u

function ofTexts(blocks: readonly Block[]): Barrier[] {
  return blocks.flatMap((block, index): Barrier[] => {
    const at = index + 1
    const text = textOf(block)
    const found: Barrier[] = []
    const loud = capitals.exec(text)
    if (loud) found.push({ at, what: 'text.capitals', words: loud[0] })
    if (block.kind === 'paragraph' && text.length > 900) found.push({ at, what: 'text.long' })
    if ((block.kind === 'paragraph' || block.kind === 'list') && text.trim() === '') found.push({ at, what: 'empty' })
    if (block.kind === 'list' && block.points.length === 1) found.push({ at, what: 'list.one' })
    if (block.kind === 'picture' && text.trim() === '') found.push({ at, what: 'picture.alt' })
    if (block.kind === 'picture' && fileName.test(text.trim()))
      found.push({ at, what: 'picture.file-name', words: text })
    if (block.kind === 'teaser' && block.href === '' && block.title !== '')
      found.push({ at, what: 'teaser.link', words: block.title })
    if (block.kind === 'teaser' && (block.title === '' || block.when === '')) found.push({ at, what: 'teaser.empty' })
    return found
  })
}

/** Names each barrier once, in reading order; empty when there is none. An issue with one cannot be released. */
export function barriers(subject: string, blocks: readonly Block[]): Barrier[] {
  const ofSubject: Barrier[] = subject === '' ? [{ at: 0, what: 'subject.missing' }] : []
  if (subject.length > 78) ofSubject.push({ at: 0, what: 'subject.long' })
  if (blocks.every((block) => block.kind === 'divider' || block.kind === 'heading'))
    ofSubject.push({ at: 0, what: 'nothing' })
  return [
    ...ofSubject,
    ...[...ofHeadings(blocks), ...ofLinks(blocks), ...ofTexts(blocks)].toSorted((a, b) => a.at - b.at),
  ]
}
