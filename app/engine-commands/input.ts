import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { say, type WordKey } from './words.ts'

/** What keeps a command from giving an answer: sentences for stderr. */
export class Refusal extends Error {
  readonly sentences: string[]
  constructor(sentences: string[]) {
    super(sentences[0])
    this.sentences = sentences
  }
}

/** Runs a command's work; a refusal becomes sentences on stderr and exit code 2, bad rows exit code 1. */
export async function answering(usage: WordKey, work: () => Promise<string> | string): Promise<number> {
  try {
    const text = await work()
    // A reader that has seen enough (`| head`) closes the pipe: no reason to complain.
    process.stdout.once('error', () => process.exit(0))
    await new Promise<void>((resolve) => process.stdout.write(text, () => resolve()))
    return 0
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const sentences = error instanceof BadRows ? error.sentences : [...error.sentences, say(usage)]
    process.stderr.write(`${sentences.join('\n')}\n`)
    return error instanceof BadRows ? 1 : 2
  }
}

class BadRows extends Refusal {}

/** Remarks that do not keep the answer back. */
export function remark(sentences: readonly string[]): void {
  if (sentences.length > 0) process.stderr.write(`${shortened(sentences).join('\n')}\n`)
}

const shown = 50

function shortened(sentences: readonly string[]): string[] {
  if (sentences.length <= shown) return [...sentences]
  return [...sentences.slice(0, shown), say('faults.more', { count: sentences.length - shown })]
}

/** Every named option, each required. */
export function options<Name extends string>(args: string[], names: readonly Name[]): Record<Name, string> {
  const known = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]))
  const { values, tokens } = parseArgs({ args, options: known, strict: false, tokens: true })
  const wrong: string[] = []
  for (const token of tokens) {
    if (token.kind === 'option' && !(token.name in known)) wrong.push(say('option.unknown', { option: token.rawName }))
    if (token.kind === 'positional') wrong.push(say('option.unknown', { option: token.value }))
  }
  for (const name of names) {
    if (typeof values[name] !== 'string') wrong.push(say('option.missing', { option: `--${name}` }))
  }
  if (wrong.length > 0) throw new Refusal(wrong)
  return values as Record<Name, string>
}

export function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8').replace(/^\uFEFF/, '')
  } catch (error) {
    throw new Refusal([say('file.unreadable', { file, reason: (error as NodeJS.ErrnoException).code ?? 'unbekannt' })])
  }
}

export interface Row<Column extends string> {
  /** Line in the file, 1 is the header. A quoted field may run over several lines; this is the first. */
  line: number
  cells: Record<Column, string>
}

interface Split {
  records: { line: number; cells: string[] }[]
  /** Line of a quote that never closes. */
  open?: number
}

/** RFC 4180 with either line end; empty lines are skipped. */
function split(text: string): Split {
  const records: Split['records'] = []
  let cells: string[] = []
  let line = 1
  let start = 1
  let i = 0
  const end = () => {
    if (cells.length > 1 || cells[0] !== '') records.push({ line: start, cells })
    cells = []
    start = line
  }
  while (i <= text.length) {
    let cell = ''
    if (text[i] === '"') {
      const opened = line
      for (i++; ; i++) {
        const close = text.indexOf('"', i)
        if (close < 0) return { records, open: opened }
        cell += text.slice(i, close)
        i = close + 1
        if (text[i] !== '"') break
        cell += '"'
      }
      line += cell.split('\n').length - 1
    }
    const next = /[,\n]/g
    next.lastIndex = i
    const stop = next.exec(text)?.index ?? text.length
    cell += text.slice(i, stop).replace(/\r$/, '')
    cells.push(cell)
    i = stop + 1
    if (text[stop] === ',') continue
    line++
    end()
    if (stop >= text.length) break
  }
  return { records }
}

/** A table's rows with the wanted columns only: no other column is ever looked at, so none can change a result. */
export function readTable<Column extends string>(file: string, wanted: readonly Column[]): Row<Column>[] {
  const { records, open } = split(readText(file))
  if (open !== undefined) throw new BadRows([say('row.quote', { file, line: open })])
  const header = records.shift()?.cells
  if (!header) throw new Refusal([say('file.empty', { file, columns: wanted.join(', ') })])
  const missing = wanted.filter((column) => !header.includes(column))
  if (missing.length > 0) throw new Refusal(missing.map((column) => say('column.missing', { file, column })))
  const places = wanted.map((column) => [column, header.indexOf(column)] as const)
  const faults: string[] = []
  const rows: Row<Column>[] = []
  for (const { line, cells } of records) {
    if (cells.length !== header.length) {
      const [found, wantedFields] = [cells.length, header.length]
      const column = header[found] ?? String(wantedFields + 1)
      faults.push(
        say(found < wantedFields ? 'row.short' : 'row.long', { file, line, column, found, wanted: wantedFields }),
      )
      continue
    }
    rows.push({
      line,
      cells: Object.fromEntries(places.map(([column, at]) => [column, cells[at]])) as Row<Column>['cells'],
    })
  }
  refuseRows(faults)
  return rows
}

/** Refuses the whole file when a row cannot be read, and names every such row: none is dropped silently. */
export function refuseRows(faults: readonly string[]): void {
  if (faults.length > 0) throw new BadRows([...shortened(faults), say('faults.none-done')])
}

/** Days since 1970-01-01 of an ISO date (a time of day after it is ignored), or undefined. */
export function dayOf(text: string): number | undefined {
  const match = /^(\d{4})-(\d\d)-(\d\d)(?:[T ].*)?$/.exec(text)
  if (!match) return undefined
  const ms = Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3]))
  return new Date(ms).toISOString().startsWith(text.slice(0, 10)) ? ms / 864e5 : undefined
}

/** One CSV field, quoted where it must be. */
export function field(value: string | number): string {
  const text = String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
