import type { Language } from '../i18n/index.ts'
import { makePdf } from '../pdf/index.ts'

/** A part of a letter; every text is plain, never markup. */
export type Block =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  /** The first row is the head. */
  | { readonly kind: 'table'; readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] }
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

const template = `
#text(weight: "semibold")[#data.from] #h(1fr) #data.dated
#v(1.2em)
= #data.title
#for block in data.blocks {
  if block.kind == "heading" { heading(level: 2, block.text) }
  else if block.kind == "paragraph" { par(block.text) }
  else if block.kind == "list" { list(..block.items.map(item => [#item])) }
  else if block.kind == "table" {
    table(columns: (1fr,) * block.head.len(), table.header(..block.head.map(cell => strong(cell))),
      ..block.rows.flatten().map(cell => [#cell]))
  } else if block.kind == "signatures" {
    v(2.4em)
    grid(columns: (1fr, 1fr), column-gutter: 2em, row-gutter: 3.2em,
      ..block.labels.map(label => [#line(length: 100%, stroke: 0.6pt) #v(-0.6em) #text(size: 9pt, label)]))
  }
}
`

/** The letter as an accessible PDF (PDF/UA-1); with `archived`, a calendar day, as PDF/A-2a for the file. */
export const letterPdf = (letter: Letter, archived?: string): Promise<Uint8Array> =>
  makePdf({
    title: letter.title,
    language: letter.language,
    foot: letter.from,
    template,
    data: letter,
    ...(archived && { archived }),
  })
