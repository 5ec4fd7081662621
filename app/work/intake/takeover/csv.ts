import type { Line, Table } from './table.ts'

/** UTF-8 where it is valid, otherwise what German offices' programs write: Windows-1252. */
function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

/** The separator that parts the first lines most evenly: a semicolon in German programs, else a tab or a comma. */
function separatorOf(text: string): string {
  const lines = text.split('\n', 20).filter((line) => line.trim() !== '')
  const counts = (separator: string) => lines.map((line) => line.split(separator).length - 1)
  return (
    [';', '\t', ',']
      .map((separator) => ({ separator, lines: counts(separator).filter((count) => count > 0).length }))
      .toSorted((a, b) => b.lines - a.lines)[0]?.separator ?? ';'
  )
}

/** Reads separated values: fields in quotes may hold separators, quotes (doubled) and line breaks. */
export function readCsv(bytes: Uint8Array): Table {
  const text = textOf(bytes)
    .replace(/^\uFEFF/, '')
    .replaceAll(/\r\n?/g, '\n')
  const declared = /^sep=(.)\n/i.exec(text)
  const separator = declared?.[1] ?? separatorOf(text)
  const lines: Line[] = []
  let cells: string[] = []
  let cell = ''
  let quoted = false
  let number = 1
  let begun = 1
  const endCell = () => {
    cells.push(cell.trim())
    cell = ''
  }
  const endLine = () => {
    endCell()
    if (cells.some((one) => one !== '')) lines.push({ line: begun, cells })
    cells = []
    begun = number
  }
  for (let at = declared ? declared[0].length : 0; at < text.length; at += 1) {
    const letter = text[at]!
    if (letter === '\n') number += 1
    if (quoted) {
      if (letter === '"' && text[at + 1] === '"') cell += text[(at += 1)]
      else if (letter === '"') quoted = false
      else cell += letter
    } else if (letter === '"' && cell.trim() === '') {
      cell = ''
      quoted = true
    } else if (letter === separator) endCell()
    else if (letter === '\n') endLine()
    else cell += letter
  }
  if (cell !== '' || cells.length > 0) endLine()
  return { lines: declared ? lines.map((one) => ({ ...one, line: one.line + 1 })) : lines }
}
