import { attention, fieldOf, type Area, type Report } from '#engine/index.ts'
import { answering, dayOf, field, options, readTable, readText, Refusal, refuseRows, remark } from './input.ts'
import { say } from './words.ts'

interface Areas {
  list: Area[]
  index: Map<string, number>
}

const isNumber = (text: string) => text.trim() !== '' && Number.isFinite(Number(text))

function readAreas(file: string): Areas {
  const faults: string[] = []
  const list: Area[] = []
  const index = new Map<string, number>()
  for (const { line, cells } of readTable(file, ['ags', 'population', 'x', 'y'])) {
    for (const column of ['population', 'x', 'y'] as const) {
      // Residents may be unknown; a place may not.
      if (column === 'population' && cells[column] === '') continue
      if (!isNumber(cells[column])) faults.push(say('cell.number', { file, line, column, value: cells[column] }))
    }
    if (cells.ags === '') faults.push(say('cell.empty', { file, line, column: 'ags' }))
    const earlier = index.get(cells.ags)
    if (earlier !== undefined)
      faults.push(say('cell.twice', { file, line, column: 'ags', value: cells.ags, earlier: earlier + 2 }))
    index.set(cells.ags, list.length)
    // The first two digits of a German area code name the Land.
    const region = /^\d{5,}$/.test(cells.ags) ? cells.ags.slice(0, 2) : ''
    list.push({ id: cells.ags, x: Number(cells.x), y: Number(cells.y), residents: Number(cells.population), region })
  }
  refuseRows(faults)
  return { list, index }
}

function readNeighbours(file: string, { index }: Areas): [number, number][] {
  const pairs: [number, number][] = []
  const unknown: string[] = []
  for (const { line, cells } of readTable(file, ['ags_a', 'ags_b'])) {
    const [a, b] = [index.get(cells.ags_a), index.get(cells.ags_b)]
    if (a === undefined) unknown.push(say('cell.area', { file, line, column: 'ags_a', value: cells.ags_a }))
    if (b === undefined) unknown.push(say('cell.area', { file, line, column: 'ags_b', value: cells.ags_b }))
    if (a !== undefined && b !== undefined) pairs.push([a, b])
  }
  remark(unknown)
  return pairs
}

/** Date and area of every report, ascending; no other column of the file is read. */
function readReports(file: string, { index }: Areas): Report[] {
  const faults: string[] = []
  const unknown: string[] = []
  const reports: Report[] = []
  for (const { line, cells } of readTable(file, ['date', 'ags5'])) {
    const day = dayOf(cells.date)
    const area = index.get(cells.ags5)
    if (day === undefined) faults.push(say('cell.date', { file, line, column: 'date', value: cells.date }))
    if (area === undefined) unknown.push(say('cell.area', { file, line, column: 'ags5', value: cells.ags5 }))
    if (day !== undefined && area !== undefined) reports.push({ day, area })
  }
  refuseRows(faults)
  remark(unknown)
  return reports.toSorted((a, b) => a.day - b.day || a.area - b.area)
}

function readOrigins(file: string): { text: string; day: number }[] {
  const faults: string[] = []
  const origins = readText(file)
    .split('\n')
    .flatMap((raw, i) => {
      const text = raw.trim()
      const day = dayOf(text)
      // A heading is allowed.
      if (text === '' || (i === 0 && /^"?(origin|date)"?$/.test(text))) return []
      if (day === undefined) faults.push(say('cell.date', { file, line: i + 1, column: 'origin', value: text }))
      return day === undefined ? [] : [{ text, day }]
    })
  refuseRows(faults)
  return origins
}

/** `backtest …`: for every origin and area the chance of a report within the horizon, from earlier reports only. */
export function backtest(args: string[]): Promise<number> {
  return answering('usage.backtest', () => {
    const given = options(args, ['events', 'areas', 'neighbours', 'origins', 'horizon'])
    const horizon = Number(given.horizon)
    if (!Number.isInteger(horizon) || horizon < 1) {
      throw new Refusal([say('option.number', { option: '--horizon', value: given.horizon })])
    }
    const areas = readAreas(given.areas)
    const place = fieldOf(areas.list, readNeighbours(given.neighbours, areas))
    const reports = readReports(given.events, areas)
    const rows = ['origin,area,probability,score']
    for (const { text, day } of readOrigins(given.origins)) {
      // Only the past is handed over, so that nothing later can leak in.
      const past = reports.filter((report) => report.day < day)
      attention(place, past, day, horizon).list.forEach(({ probability, score }, i) => {
        rows.push(`${text},${field(areas.list[i]!.id)},${probability.toFixed(6)},${score.toFixed(6)}`)
      })
    }
    return `${rows.join('\n')}\n`
  })
}
