import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { file, run, withPersonalColumns } from '#tests/support/engine-command.ts'
import { backtest } from './backtest.ts'

const data = join(import.meta.dirname, '../../tests/support/data/engine/arvig')
const text = (name: string) => readFileSync(join(data, name), 'utf8')
const origin = '2015-11-02'

function call(changes: Partial<Record<'events' | 'areas' | 'neighbours' | 'origins' | 'horizon', string>> = {}) {
  const given = {
    events: join(data, 'events.csv'),
    areas: join(data, 'areas.csv'),
    neighbours: join(data, 'neighbours.csv'),
    origins: file(`${origin}\n`),
    horizon: '28',
    ...changes,
  }
  return run(backtest, ...Object.entries(given).flatMap(([name, value]) => [`--${name}`, value]))
}

const rowsOf = (out: string) =>
  out
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((row) => row.split(','))

describe('backtest', () => {
  it('answers for every area, with probabilities that rank as the scores do', async () => {
    const { code, out, err } = await call()
    const rows = rowsOf(out)
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(rows).toHaveLength(401)
    const sorted = rows.toSorted((a, b) => Number(b[3]) - Number(a[3])).map((row) => Number(row[2]))
    expect(sorted).toEqual(sorted.toSorted((a, b) => b - a))
    expect(sorted[0]).toBeLessThanOrEqual(1)
    expect(sorted.at(-1)).toBeGreaterThan(0)
  })

  it('ranks better than the plain mean on the four weeks that follow', async () => {
    const events = text('events.csv')
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((row) => row.split(','))
    const until = '2015-11-30'
    const hit = new Set(events.filter(([date]) => date! >= origin && date! < until).map(([, area]) => area!))
    const past = Map.groupBy(
      events.filter(([date]) => date! < origin),
      ([, area]) => area!,
    )
    const mean = (area: string) => past.get(area)?.length ?? 0
    const rows = rowsOf((await call()).out)
    const auc = (score: (row: string[]) => number) => {
      const [yes, no] = [rows.filter((row) => hit.has(row[1]!)), rows.filter((row) => !hit.has(row[1]!))]
      let won = 0
      for (const a of yes) for (const b of no) won += score(a) > score(b) ? 1 : score(a) === score(b) ? 0.5 : 0
      return won / yes.length / no.length
    }
    expect(auc((row) => Number(row[3]))).toBeGreaterThan(auc((row) => mean(row[1]!)) + 0.01)
    const expected = rows.reduce((sum, row) => sum + Number(row[2]), 0)
    expect(Math.abs(expected / hit.size - 1)).toBeLessThan(0.3)
  })

  it('does not change when everything after the origin is shuffled or left out', async () => {
    const [header, ...rows] = text('events.csv').trimEnd().split('\n')
    const past = rows.filter((row) => row < origin)
    const later = rows.filter((row) => row >= origin)
    const areas = later.map((row) => row.slice(11))
    const shuffled = later.map((row, i) => `${row.slice(0, 10)},${areas[(i * 7919 + 13) % areas.length]}`).toReversed()
    const whole = await call()
    const mixed = await call({ events: file([header, ...shuffled, ...past.toReversed(), ''].join('\n')) })
    const alone = await call({ events: file([header, ...past, ''].join('\n')) })
    expect(mixed.out).toBe(whole.out)
    expect(alone.out).toBe(whole.out)
  })

  it('gives the same bytes when columns about persons are added', async () => {
    const { out } = await call({
      events: file(withPersonalColumns(text('events.csv'))),
      areas: file(withPersonalColumns(text('areas.csv'))),
    })
    expect(out).toBe((await call()).out)
  })

  it('answers with little data, or none', async () => {
    for (const rows of ['', '2015-10-01,11000\n2015-10-03,11000\n2015-10-09,14612\n']) {
      const { code, out } = await call({ events: file(`date,ags5\n${rows}`) })
      expect(code).toBe(0)
      expect(out).not.toContain('NaN')
      if (rows) expect(rowsOf(out).toSorted((a, b) => Number(b[3]) - Number(a[3]))[0]![1]).toBe('11000')
    }
  })

  it('does without residents where they are unknown', async () => {
    const blank = text('areas.csv').replaceAll(/^(\d{5}),\d+,/gm, '$1,,')
    const { code, out } = await call({ areas: file(blank) })
    expect(code).toBe(0)
    expect(rowsOf(out)).toHaveLength(401)
    expect(out).not.toContain('NaN')
  })

  it('names bad rows and rows it cannot place', async () => {
    const bad = await call({ events: file('date,ags5\n2015-13-01,11000\n2015-02-01,11000\n') })
    expect(bad).toMatchObject({ code: 1, out: '', err: expect.stringContaining('Zeile 2, Spalte „date“') })
    const unknown = await call({ events: file('date,ags5\n2015-02-01,99999\n') })
    expect(unknown).toMatchObject({ code: 0, err: expect.stringContaining('Zeile 2, Spalte „ags5“') })
    expect(await call({ horizon: '0' })).toMatchObject({ code: 2, err: expect.stringContaining('--horizon') })
    expect(await call({ origins: file('2015-11-02\nmorgen\n') })).toMatchObject({
      code: 1,
      err: expect.stringContaining('Zeile 2'),
    })
  })
})
