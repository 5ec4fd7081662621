import { plain, wordsFor, type Field, type Mapping } from './columns.ts'
import type { Line } from './table.ts'
import { readDay, readHours } from './values.ts'

/** How a file is to be understood: chosen and changed by whoever takes it over. */
export interface Reading {
  /** A register of cases, or a list of complaints from another system. */
  readonly kind: 'register' | 'list'
  readonly mapping: Mapping
  readonly monthFirst: boolean
  /** Columns whose empty cells take what stands above, as tables print them. */
  readonly fill: readonly Field[]
}

export interface Known {
  readonly areas: readonly { readonly id: string; readonly name: string }[]
  readonly subjects: readonly { readonly id: string; readonly name: string }[]
  readonly today: string
}

export interface RowFault {
  readonly line: number
  /** Key of the slice's words; `value` is what stands in the cell. */
  readonly message: `takeover.fault.${'matter' | 'opened' | 'closed' | 'order' | 'future' | 'hours' | 'long'}`
  readonly value: string
}

export interface RegisterRow {
  readonly line: number
  readonly number: string
  readonly matter: string
  readonly area: string
  readonly subject: string
  readonly openedOn: string
  /** Undefined while it is running. */
  readonly closedOn: string | undefined
  readonly dueOn: string | undefined
  readonly quarters: number
  readonly outcome: string | undefined
}

export type Understood = { readonly row: RegisterRow } | { readonly fault: RowFault } | { readonly empty: true }

const longestMatter = 2_000
const unknown = 'unknown'

/** Cells taken down where the column says so; keeps what stands above from one line to the next. */
export class Filling {
  readonly #above: Map<Field, string>
  readonly #reading: Reading

  /** `above`: what stood in these columns at the end of the lines before, as `carried` gave it. */
  constructor(reading: Reading, above: readonly (readonly [Field, string])[] = []) {
    this.#reading = reading
    this.#above = new Map(above)
  }

  get carried(): [Field, string][] {
    return [...this.#above]
  }

  cell(line: Line, field: Field): string {
    const column = this.#reading.mapping[field]
    const own = column === undefined ? '' : (line.cells[column] ?? '')
    if (!this.#reading.fill.includes(field)) return own
    if (own !== '') this.#above.set(field, own)
    return own || (this.#above.get(field) ?? '')
  }
}

/** By its whole name, or by the beginning of only one: "Lärm" means "Lärm und Ruhezeiten". */
function choiceOf(choices: Known['areas'], text: string): string {
  const name = plain(text)
  const exact = choices.find((one) => plain(one.name) === name || one.id === name)
  if (exact) return exact.id
  const begin =
    name === ''
      ? []
      : choices.filter((one) => new RegExp(`^${escaped(name)}(?![\\p{L}\\d])`, 'u').test(plain(one.name)))
  return begin.length === 1 ? begin[0]!.id : unknown
}

const escaped = (text: string) => text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&')

const outcomeOf = (text: string): string | undefined =>
  Object.entries(wordsFor.outcomes).find(([id, names]) => id === plain(text) || names.includes(plain(text)))?.[0]

/** One line of the source as a row of the register, or what is wrong with it and how it can be mended. */
export function understand(line: Line, reading: Reading, known: Known, filling: Filling): Understood {
  const cell = (field: Field) => filling.cell(line, field)
  const fault = (message: RowFault['message'], field: Field): Understood => ({
    fault: { line: line.line, message, value: cell(field).slice(0, 60) },
  })
  // Read first, so that what is filled down is kept even from lines that are left out.
  const [area, subject, opened, closed, status] = [
    cell('area'),
    cell('subject'),
    cell('opened'),
    cell('closed'),
    plain(cell('status')),
  ]
  const parts = [cell('matter'), cell('details')].filter(Boolean)
  if (parts.length === 0 && !opened && !closed) return { empty: true }
  const matter = parts.join(': ')
  if (matter === '') return fault('takeover.fault.matter', 'matter')
  if (matter.length > longestMatter) return fault('takeover.fault.long', 'matter')
  const openedOn = readDay(opened, reading.monthFirst)
  if (!openedOn) return fault('takeover.fault.opened', 'opened')
  if (openedOn > known.today) return fault('takeover.fault.future', 'opened')
  const closedOn = closed === '' ? undefined : readDay(closed, reading.monthFirst)
  const ended = wordsFor.closed.includes(status) || (closed !== '' && !wordsFor.running.includes(status))
  if (ended && !closedOn) return fault('takeover.fault.closed', 'closed')
  if (ended && closedOn && closedOn < openedOn) return fault('takeover.fault.order', 'closed')
  if (ended && closedOn && closedOn > known.today) return fault('takeover.fault.future', 'closed')
  const hours = cell('hours') === '' ? 0 : readHours(cell('hours'))
  if (hours === undefined || hours > 2_000) return fault('takeover.fault.hours', 'hours')
  return {
    row: {
      line: line.line,
      number: cell('number').slice(0, 60),
      matter,
      area: choiceOf(known.areas, area),
      subject: choiceOf(known.subjects, subject),
      openedOn,
      closedOn: ended ? closedOn : undefined,
      dueOn: readDay(cell('due'), reading.monthFirst),
      quarters: Math.round(hours * 4),
      outcome: outcomeOf(cell('outcome')),
    },
  }
}
