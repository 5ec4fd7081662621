import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import writeXlsxFile from 'write-excel-file/node'
import { headingAt, monthFirst, proposeMapping } from './columns.ts'
import { readCsv } from './csv.ts'
import { Filling, understand, type Reading } from './rows.ts'
import type { Table } from './table.ts'
import { readDay, readHours } from './values.ts'
import { isWorkbook, NoTable, readWorkbook } from './workbook.ts'

const data = join(import.meta.dirname, '../../../../tests/support/data/takeover')
const known = {
  areas: [
    { id: 'altstadt', name: 'Altstadt' },
    { id: 'nordviertel', name: 'Nordviertel' },
  ],
  subjects: [{ id: 'noise', name: 'Lärm und Ruhezeiten' }],
  today: '2026-11-23',
}

function all(table: Table, more: Partial<Reading> = {}) {
  const at = headingAt(table)
  const mapping = proposeMapping(table.lines[at]!.cells)
  const reading: Reading = { kind: 'register', mapping, monthFirst: monthFirst(table), fill: [], ...more }
  const filling = new Filling(reading)
  return table.lines.slice(at + 1).map((line) => understand(line, reading, known, filling))
}
const messy = readFileSync(join(data, 'unordentlich.csv'))

test('a messy register in Windows-1252: heading found below a title, days and hours as Germans write them', () => {
  const rows = all(readCsv(messy), { fill: ['area'] })
  const good = rows.flatMap((one) => ('row' in one ? [one.row] : []))
  expect(good[0]).toEqual({
    line: 5,
    number: '1/25',
    matter: 'Lärm im Hof; „jede Nacht“: Hausverwaltung informiert\nzweimal',
    area: 'altstadt',
    subject: 'noise',
    openedOn: '2025-01-03',
    closedOn: '2025-03-14',
    dueOn: undefined,
    quarters: 6,
    outcome: 'agreed',
  })
  expect(
    good.map(({ number, area, openedOn, closedOn, dueOn, quarters, outcome }) =>
      [number, area, openedOn, closedOn ?? '-', dueOn ?? '-', quarters, outcome ?? '-'].join(' | '),
    ),
  ).toEqual([
    '1/25 | altstadt | 2025-01-03 | 2025-03-14 | - | 6 | agreed',
    '2/25 | altstadt | 2025-02-10 | - | 2026-12-01 | 0 | -',
    '3/25 | nordviertel | 2025-02-28 | - | - | 5002 | -',
    '7/25 | unknown | 2025-05-05 | 2025-06-01 | - | 6 | unresolved',
    '8/25 | unknown | 2025-05-06 | - | - | 0 | -',
  ])
  const faults = rows.flatMap((one) => ('fault' in one ? [one.fault] : []))
  expect(faults.map(({ line, message, value }) => `${line} ${message.slice(15)} ${value}`)).toEqual([
    '9 opened 31.02.2025',
    '10 order 01.01.2025',
    '11 matter ',
    '14 closed ',
    '15 hours viel',
    '16 future 01.01.2031',
  ])
})

test('the same as a workbook: real days, numbers, cells merged over several rows', async () => {
  const day = (text: string) => ({ value: new Date(text), type: Date, format: 'dd.mm.yyyy' }) as const
  const bytes = await writeXlsxFile([
    [{ value: 'Register Konflikte', type: String }, null, null, null],
    [{ value: 'Ortsteil' }, { value: 'Eingang' }, { value: 'Anliegen' }, { value: 'Stunden' }],
    [{ value: 'Altstadt', rowSpan: 2 }, day('2025-01-03'), { value: 'Lärm' }, { value: 1.5, type: Number }],
    [null, day('2025-01-04'), { value: 'Müll' }, null],
    [null, day('2025-01-05'), { value: 'Streit' }, { value: 2, type: Number }],
  ]).toBuffer()
  expect(isWorkbook(bytes)).toBe(true)
  const rows = all(await readWorkbook(bytes))
  expect(rows.map((one) => 'row' in one && [one.row.line, one.row.area, one.row.openedOn, one.row.quarters])).toEqual([
    [3, 'altstadt', '2025-01-03', 6],
    [4, 'altstadt', '2025-01-04', 0],
    [5, 'unknown', '2025-01-05', 8],
  ])
})

test('a list of another system: comma, month first, open and closed', () => {
  const table = readCsv(readFileSync(join(data, '311_sample.csv')))
  expect(table.lines).toHaveLength(4970)
  const rows = all(table, { kind: 'list' })
  expect(rows.filter((one) => 'fault' in one)).toEqual([])
  expect(rows.filter((one) => 'row' in one && !one.row.closedOn).length).toBe(277)
  expect(rows[0]).toMatchObject({ row: { openedOn: '2025-03-14', matter: 'Animal-Abuse: Neglected' } })
})

test.each([
  ['3.1.25', '2025-01-03'],
  ['03.01.2025 14:20', '2025-01-03'],
  ['Mo., 03.02.2025', '2025-02-03'],
  ['2025-02-03T10:00:00Z', '2025-02-03'],
  ['45660', '2025-01-03'],
  ['31.02.2025', undefined],
  ['Frühjahr', undefined],
  ['3/4/2025', '2025-04-03'],
])('reads the day %s', (text, day) => expect(readDay(text, false)).toBe(day))

test.each([
  ['1,5', 1.5],
  ['1.250,75', 1250.75],
  ['1.250', 1250],
  ['0.5', 0.5],
  ['2 Std.', 2],
  ['1:30', 1.5],
  ['90 min', 1.5],
  ['viel', undefined],
])('reads the hours %s', (text, hours) => expect(readHours(text)).toBe(hours))

test('what is no workbook, or far too large unpacked, is refused before it is unpacked', async () => {
  await expect(readWorkbook(Buffer.from('PK, but nothing else'))).rejects.toThrow(NoTable)
  const bytes = await writeXlsxFile([[{ value: 'x' }]]).toBuffer()
  const list = bytes.indexOf(Buffer.from([0x50, 0x4b, 1, 2]))
  bytes.writeUInt32LE(0x7f_ff_ff_ff, list + 24)
  await expect(readWorkbook(bytes)).rejects.toThrow('too large')
})
