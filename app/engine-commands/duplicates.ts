import { Comparison } from '#engine/index.ts'
import { answering, dayOf, field, options, readTable, refuseRows } from './input.ts'
import { say } from './words.ts'

const columns = ['pair', 'date_a', 'place_a', 'text_a', 'date_b', 'place_b', 'text_b'] as const

/** `duplicates --pairs FILE`: for each pair whether it passes the gate, its score and one of three answers. */
export function duplicates(args: string[]): Promise<number> {
  return answering('usage.duplicates', () => {
    const { pairs: file } = options(args, ['pairs'])
    const faults: string[] = []
    const pairs = readTable(file, columns).flatMap(({ line, cells }) => {
      const days = (['date_a', 'date_b'] as const).map((column) => {
        const day = dayOf(cells[column])
        if (day === undefined) faults.push(say('cell.date', { file, line, column, value: cells[column] }))
        return day
      })
      const [a, b] = days
      if (a === undefined || b === undefined) return []
      const notes = [
        { day: a, place: cells.place_a, text: cells.text_a },
        { day: b, place: cells.place_b, text: cells.text_b },
      ] as const
      return [{ pair: cells.pair, notes }]
    })
    refuseRows(faults)
    const comparison = new Comparison(pairs.flatMap(({ notes }) => notes.map(({ text }) => text)))
    const rows = pairs.map(({ pair, notes: [a, b] }) => {
      const { candidate, score, answer } = comparison.compare(a, b)
      return `${field(pair)},${candidate},${score.toFixed(6)},${answer}`
    })
    return `${['pair,candidate,score,answer', ...rows].join('\n')}\n`
  })
}
