import { languageInfo, type Language } from '../i18n/index.ts'
import { makePdf } from '../pdf/index.ts'

/** A text in a language of its own, whichever the letter is in. */
export interface Said {
  readonly text: string
  readonly language: Language
  /** Set smaller: it stands below what is read first. */
  readonly small?: boolean
}

/** A field of a table: a text, or the same in several languages, one below the other. */
export type Cell = string | readonly Said[]

/** A part of a letter; every text is plain, never markup. */
export type Block =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string; readonly language?: Language }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  /** The first row is the head. */
  | { readonly kind: 'table'; readonly head: readonly string[]; readonly rows: readonly (readonly Cell[])[] }
  /** Lines to sign on, each with what stands below it. */
  | { readonly kind: 'signatures'; readonly labels: readonly string[] }

/** What an office hands out: set as PDF for handing over, written as DOCX for writing on. */
export interface Letter {
  readonly title: string
  readonly language: Language
  /** Who writes, stands above. */
  readonly from: string
  /** As it is to be read: "Lindenau, 23. November 2026". */
  readonly dated: string
  readonly blocks: readonly Block[]
}

// Sender and day each in a cell of its own: in one line, a day in Arabic would be set around a German name.
const template = `
#let said(part) = text(lang: part.lang, dir: if part.dir == "rtl" { rtl } else { ltr },
  size: if part.small { 9pt } else { 11pt }, par(part.text))
#grid(columns: (1fr, auto), par(text(weight: "semibold", data.from)), par(data.dated))
#v(1.2em)
= #data.title
#for block in data.blocks {
  if block.kind == "heading" { heading(level: 2, block.text) }
  else if block.kind == "paragraph" { if "lang" in block { said(block) } else { par(block.text) } }
  else if block.kind == "list" { list(..block.items.map(item => [#item])) }
  else if block.kind == "table" {
    table(columns: (1fr,) * block.head.len(), table.header(..block.head.map(cell => strong(cell))),
      ..block.rows.flatten().map(cell => if type(cell) == str [#cell] else { for part in cell.parts { said(part) } }))
  } else if block.kind == "signatures" {
    v(2.4em)
    grid(columns: (1fr, 1fr), column-gutter: 2em, row-gutter: 3.2em,
      ..block.labels.map(label => [#line(length: 100%, stroke: 0.6pt) #v(-0.6em) #text(size: 9pt, label)]))
  }
}
`

const described = ({ text, language, small = false }: Said) => {
  const { lang, dir } = languageInfo(language)
  return { text, lang, dir, small }
}

/** What the template reads; a field in several languages is no list, or its parts would become fields of the table. */
const readable = (block: Block) => {
  if (block.kind === 'paragraph' && block.language)
    return { ...block, ...described({ text: block.text, language: block.language }) }
  if (block.kind !== 'table') return block
  const rows = block.rows.map((row) =>
    row.map((cell) => (typeof cell === 'string' ? cell : { parts: cell.map((part) => described(part)) })),
  )
  return { ...block, rows }
}

/** The letter as an accessible PDF (PDF/UA-1); with `archived`, a calendar day, as PDF/A-2a for the file. */
export const letterPdf = (letter: Letter, archived?: string): Promise<Uint8Array> =>
  makePdf({
    title: letter.title,
    language: letter.language,
    foot: letter.from,
    template,
    data: { ...letter, blocks: letter.blocks.map((block) => readable(block)) },
    ...(archived && { archived }),
  })
