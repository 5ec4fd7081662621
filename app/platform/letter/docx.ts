import type { IParagraphOptions, Paragraph, Table } from 'docx'
import { languageInfo } from '../i18n/index.ts'
import type { Block, Letter } from './letter.ts'

type Library = typeof import('docx')

function tableOf(
  { Paragraph, Table, TableCell, TableRow, TextRun, WidthType }: Library,
  head: readonly string[],
  rows: readonly (readonly string[])[],
): Table {
  const cell = (text: string, bold: boolean) =>
    new TableCell({ children: [new Paragraph({ children: [new TextRun({ text, bold })] })] })
  const row = (cells: readonly string[], tableHeader: boolean) =>
    new TableRow({ tableHeader, children: cells.map((text) => cell(text, tableHeader)) })
  return new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    rows: [row(head, true), ...rows.map((cells) => row(cells, false))],
  })
}

function partsOf(docx: Library, block: Block, bidirectional: boolean): (Paragraph | Table)[] {
  const { HeadingLevel, Paragraph } = docx
  const paragraph = (options: IParagraphOptions) =>
    new Paragraph({ spacing: { after: 160 }, bidirectional, ...options })
  switch (block.kind) {
    case 'heading':
      return [paragraph({ text: block.text, heading: HeadingLevel.HEADING_2 })]
    case 'paragraph':
      return [paragraph({ text: block.text })]
    case 'list':
      return block.items.map((text) => paragraph({ text, bullet: { level: 0 } }))
    case 'table':
      return [tableOf(docx, block.head, block.rows), paragraph({ text: '' })]
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
          ...letter.blocks.flatMap((block) => partsOf(docx, block, bidirectional)),
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
