import type { IParagraphOptions, Paragraph, Table } from 'docx'
import { languageInfo, type Language } from '../i18n/index.ts'
import type { Block, Cell, Letter, Said } from './letter.ts'

type Library = typeof import('docx')

function tableOf(
  { Paragraph, Table, TableCell, TableRow, TextRun, WidthType }: Library,
  head: readonly string[],
  rows: readonly (readonly Cell[])[],
  of: Language,
): Table {
  const said = ({ text, language, small }: Said, bold: boolean) => {
    const { lang, dir } = languageInfo(language)
    const run = { text, bold, rightToLeft: dir === 'rtl', language: { value: lang, bidirectional: lang } }
    return new Paragraph({
      bidirectional: dir === 'rtl',
      children: [new TextRun(small ? { ...run, size: 18 } : run)],
    })
  }
  const cell = (parts: Cell, bold: boolean) => {
    const all = typeof parts === 'string' ? [{ text: parts, language: of }] : parts
    return new TableCell({ children: all.map((part) => said(part, bold)) })
  }
  const row = (cells: readonly Cell[], tableHeader: boolean) =>
    new TableRow({ tableHeader, children: cells.map((one) => cell(one, tableHeader)) })
  return new Table({
    visuallyRightToLeft: languageInfo(of).dir === 'rtl',
    width: { size: 100, type: WidthType.PERCENTAGE },
    rows: [row(head, true), ...rows.map((cells) => row(cells, false))],
  })
}

function partsOf(docx: Library, block: Block, language: Language): (Paragraph | Table)[] {
  const { HeadingLevel, Paragraph } = docx
  const rightToLeft = (of: Language) => languageInfo(of).dir === 'rtl'
  const bidirectional = rightToLeft(language)
  const paragraph = (options: IParagraphOptions) =>
    new Paragraph({ spacing: { after: 160 }, bidirectional, ...options })
  switch (block.kind) {
    case 'heading':
      return [paragraph({ text: block.text, heading: HeadingLevel.HEADING_2 })]
    case 'paragraph':
      return [paragraph({ text: block.text, bidirectional: rightToLeft(block.language ?? language) })]
    case 'list':
      return block.items.map((text) => paragraph({ text, bullet: { level: 0 } }))
    case 'table':
      return [tableOf(docx, block.head, block.rows, language), paragraph({ text: '' })]
    case 'signatures':
      return block.labels.flatMap((text) => [
        paragraph({ text: '______________________________', spacing: { before: 800 } }),
        paragraph({ text }),
      ])
  }
}

/** The same letter as a DOCX that a secretary can go on writing in. The library is loaded on first use. */
export async function letterDocx(letter: Letter): Promise<Uint8Array> {
  const docx = await import('docx')
  const { lang, dir } = languageInfo(letter.language)
  const bidirectional = dir === 'rtl'
  const { Document, HeadingLevel, Packer, Paragraph } = docx
  const document = new Document({
    title: letter.title,
    creator: letter.from,
    styles: { default: { document: { run: { font: 'Calibri', size: 22, language: { value: lang } } } } },
    sections: [
      {
        children: [
          new Paragraph({ text: `${letter.from} – ${letter.dated}`, bidirectional, spacing: { after: 400 } }),
          new Paragraph({ text: letter.title, heading: HeadingLevel.HEADING_1, bidirectional }),
          ...letter.blocks.flatMap((block) => partsOf(docx, block, letter.language)),
        ],
      },
    ],
  })
  return new Uint8Array(await Packer.toArrayBuffer(document))
}

/** The letter as a download. */
export const docxResponse = (bytes: Uint8Array, name: string): Response =>
  new Response(new Uint8Array(bytes), {
    headers: {
      'content-type': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      'content-disposition': `attachment; filename="${name.replace(/[^\w.-]+/gu, '-')}"`,
      'cache-control': 'no-store',
    },
  })
