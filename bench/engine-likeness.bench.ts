import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Comparison } from '#engine/index.ts'
import { readTable } from '../app/engine-commands/input.ts'
import { publish } from './support/results.ts'

/** Are reports of one occurrence told from others? On the invented pairs, and on a further file: `--pairs FILE`. */
const { values } = parseArgs({ options: { pairs: { type: 'string' } }, strict: false })
const folder = join(import.meta.dirname, '../tests/support/data/engine/pairs')
const invented = join(folder, 'invented.csv')

interface Judged {
  pair: string
  label: string
  candidate: boolean
  score: number
  answer: string
}

function judged(file: string): Judged[] {
  const rows = readTable(file, ['pair', 'label', 'date_a', 'place_a', 'text_a', 'date_b', 'place_b', 'text_b'])
  const comparison = new Comparison(rows.flatMap(({ cells }) => [cells.text_a, cells.text_b]))
  const note = (date: string, place: string, text: string) => ({ day: Date.parse(date) / 864e5, place, text })
  return rows.map(({ cells: c }) => ({
    pair: c.pair,
    label: c.label,
    ...comparison.compare(note(c.date_a, c.place_a, c.text_a), note(c.date_b, c.place_b, c.text_b)),
  }))
}

function row(title: string, pairs: Judged[]) {
  const same = pairs.filter(({ label }) => label === 'same')
  const different = pairs.filter(({ label }) => label === 'different')
  let above = 0
  for (const a of same) for (const b of different) above += a.score > b.score ? 1 : a.score === b.score ? 0.5 : 0
  const answered = (label: string, answer: string) =>
    pairs.filter((one) => one.label === label && one.answer === answer).length
  const of = (label: string) => pairs.filter((one) => one.label === label).length
  return {
    title,
    pairs: pairs.length,
    gateKeeps: Number((same.filter(({ candidate }) => candidate).length / same.length).toFixed(3)),
    auc: Number((above / same.length / different.length).toFixed(3)),
    same: `${answered('same', 'same')} of ${of('same')}`,
    followUp: `${answered('follow_up', 'follow_up')} of ${of('follow_up')}`,
    separate: `${answered('different', 'separate')} of ${of('different')}`,
  }
}

const own = judged(invented)
const keptAside = ({ pair }: Judged) => Number(pair.slice(1, 3)) % 2 === 0
const figures = [
  row(
    'invented, tuned on',
    own.filter((one) => !keptAside(one)),
  ),
  row('invented, kept aside', own.filter(keptAside)),
  row('invented later (12 scenes)', judged(join(folder, 'invented-later.csv'))),
  row('invented last (10 scenes)', judged(join(folder, 'invented-last.csv'))),
  row('never tuned on (8 scenes)', judged(join(folder, 'invented-untouched.csv'))),
]
if (typeof values.pairs === 'string' && readFileSync(values.pairs)) {
  const given = judged(values.pairs)
  figures.push(
    row(
      'given, incidents (long texts)',
      given.filter(({ pair }) => pair.startsWith('A')),
    ),
  )
  figures.push(
    row(
      'given, municipal',
      given.filter(({ pair }) => pair.startsWith('S')),
    ),
  )
}
publish('engine-likeness', figures)
