import { readZip } from '#platform/zip/index.ts'
import type { Line, Table } from './table.ts'

/** Unpacked, a register of ten thousand rows has a tenth of this. */
const largest = 64 * 1024 * 1024

/** The file is none of those a register can be taken from, or far larger unpacked than any register. */
export class NoTable extends Error {}

/** `C12` → column 2, row 11, both from 0. */
function place(cell: string): { column: number; row: number } {
  const [, letters = 'A', digits = '1'] = /^([A-Z]+)(\d+)$/.exec(cell) ?? []
  const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
  return { column, row: Number(digits) - 1 }
}

/** What stands in merged cells stands, for a register, in each of the rows they cover. */
function fillMerged(rows: string[][], sheet: string): void {
  for (const [, from, to] of sheet.matchAll(/<mergeCell ref="([A-Z]+\d+):([A-Z]+\d+)"/g)) {
    const [first, last] = [place(from!), place(to!)]
    const value = rows[first.row]?.[first.column] ?? ''
    for (let row = first.row; row <= Math.min(last.row, rows.length - 1); row += 1)
      for (let column = first.column; column <= last.column; column += 1)
        if (rows[row] && !rows[row]![column]) rows[row]![column] = value
  }
}

const asText = (value: unknown): string =>
  value instanceof Date
    ? value.toISOString().slice(0, 10)
    : typeof value === 'number'
      ? String(Math.round(value * 1e6) / 1e6).replace('.', ',')
      : typeof value === 'string'
        ? value.trim()
        : typeof value === 'boolean'
          ? String(value)
          : ''

/** Reads the first sheet of a workbook (.xlsx). Throws NoTable when there is none, or far too much in it. */
export async function readWorkbook(bytes: Buffer): Promise<Table> {
  const entries = readZip(bytes, largest)
  if (!entries) throw new NoTable('no workbook')
  if (entries.reduce((sum, { size }) => sum + size, 0) > largest) throw new NoTable('too large')
  const { readSheet } = await import('read-excel-file/node')
  let data
  try {
    data = await readSheet(bytes)
  } catch (cause) {
    throw new NoTable('unreadable workbook', { cause })
  }
  const rows = data.map((row) => row.map(asText))
  const sheet = entries.find(({ name }) => name === 'xl/worksheets/sheet1.xml')?.read()
  if (sheet) fillMerged(rows, sheet.toString('utf8'))
  const lines: Line[] = rows.map((cells, index) => ({ line: index + 1, cells }))
  return { lines: lines.filter(({ cells }) => cells.some((cell) => cell !== '')) }
}

/** Whether a file begins like a workbook; everything else is read as separated values. */
export const isWorkbook = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b
