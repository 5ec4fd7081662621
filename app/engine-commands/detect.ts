import { judge, together, type Judgement } from '#engine/index.ts'
import { answering, dayOf, field, options, readTable, refuseRows, remark } from './input.ts'
import { say } from './words.ts'

interface Week {
  /** Weeks since the Monday of 1969-12-29. */
  number: number
  text: string
  count: number
  line: number
}

/** Week number of `2024-W07`, or of the week a date lies in. */
function weekOf(text: string): number | undefined {
  const match = /^(\d{4})-?W(\d\d)$/.exec(text)
  if (!match) {
    const day = dayOf(text)
    return day === undefined ? undefined : Math.floor((day + 3) / 7)
  }
  const week = Number(match[2])
  const firstOf = (year: number) => Math.floor((Date.UTC(year, 0, 4) / 864e5 + 3) / 7)
  const first = firstOf(Number(match[1]))
  return week >= 1 && week <= firstOf(Number(match[1]) + 1) - first ? first + week - 1 : undefined
}

function readSeries(file: string): Map<string, Week[]> {
  const faults: string[] = []
  const series = new Map<string, Week[]>()
  const lines = new Map<string, number>()
  for (const { line, cells } of readTable(file, ['series', 'week', 'count'])) {
    const { series: name, week: text, count } = cells
    const number = weekOf(text)
    const before = faults.length
    if (name === '') faults.push(say('cell.empty', { file, line, column: 'series' }))
    if (number === undefined) faults.push(say('cell.week', { file, line, column: 'week', value: text }))
    if (!/^\d{1,9}$/.test(count)) faults.push(say('cell.count', { file, line, column: 'count', value: count }))
    const earlier = lines.get(`${name}\0${number}`)
    if (earlier !== undefined && number !== undefined) {
      faults.push(say('cell.twice', { file, line, column: 'week', value: text, earlier }))
    }
    if (faults.length > before || number === undefined) continue
    lines.set(`${name}\0${number}`, line)
    const weeks = series.get(name)
    const week = { number, text, count: Number(count), line }
    if (weeks) weeks.push(week)
    else series.set(name, [week])
  }
  refuseRows(faults)
  return series
}

/** Weeks between the first and the last that the file leaves out count as weeks without a report, and are named. */
function filled(file: string, series: Map<string, Week[]>): Map<string, { from: number; y: number[] }> {
  const remarks: string[] = []
  const whole = new Map<string, { from: number; y: number[] }>()
  for (const [name, weeks] of series) {
    const numbers = weeks.map(({ number }) => number)
    const from = numbers.reduce((a, b) => Math.min(a, b))
    const y = Array.from({ length: numbers.reduce((a, b) => Math.max(a, b)) - from + 1 }, () => 0)
    for (const { number, count } of weeks) y[number - from] = count
    if (y.length > weeks.length)
      remarks.push(say('series.gaps', { file, series: name, count: y.length - weeks.length }))
    whole.set(name, { from, y })
  }
  remark(remarks)
  return whole
}

function detectorName({ method, voices }: Judgement): string {
  return [method, ...voices].join('+')
}

/** `detect --series FILE`: a row for every row of the file, each week judged with what was known in that week. */
export function detect(args: string[]): Promise<number> {
  return answering('usage.detect', () => {
    const { series: file } = options(args, ['series'])
    const series = readSeries(file)
    const whole = filled(file, series)
    const byWeek = new Map<number, { key: string; judgement: Judgement }[]>()
    for (const [name, weeks] of series) {
      const { from, y } = whole.get(name)!
      for (const { number } of weeks) {
        const one = { key: name, judgement: judge(y, number - from) }
        const run = byWeek.get(number)
        if (run) run.push(one)
        else byWeek.set(number, [one])
      }
    }
    const answers = new Map<string, string>()
    for (const [number, run] of byWeek) {
      const judgements = together(run.map(({ judgement }) => judgement))
      judgements.forEach((one, i) => {
        answers.set(`${run[i]!.key}\0${number}`, `${say(`level.${one.level}`)},${detectorName(one)}`)
      })
    }
    const rows = ['series,week,level,detector']
    for (const [name, weeks] of series) {
      for (const { number, text } of weeks) rows.push(`${field(name)},${text},${answers.get(`${name}\0${number}`)}`)
    }
    return `${rows.join('\n')}\n`
  })
}
