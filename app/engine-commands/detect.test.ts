import { describe, expect, it } from 'vitest'
import { file, run, withPersonalColumns } from '#tests/support/engine-command.ts'
import { detect } from './detect.ts'

const weeks = (from: number, counts: number[]) =>
  counts.map((count, i) => `2023-W${String(from + i).padStart(2, '0')},${count}`)
const quiet = weeks(
  1,
  Array.from({ length: 40 }, (_, i) => Number(i % 9 === 0)),
).map((row) => `Nordpark,${row}`)
const table = (...rows: string[]) => file(`series,week,count\n${rows.join('\n')}${rows.length ? '\n' : ''}`)

describe('detect', () => {
  it('answers every row in the order of the file', async () => {
    const { code, out, err } = await run(detect, '--series', table(...quiet))
    const rows = out.trimEnd().split('\n')
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(rows[0]).toBe('series,week,level,detector')
    expect(rows.slice(1).map((row) => row.split(',').slice(0, 2).join(','))).toEqual(
      quiet.map((row) => row.split(',').slice(0, 2).join(',')),
    )
    expect(rows[1]).toBe('Nordpark,2023-W01,zu wenig Daten,none')
    expect(rows[40]).toBe('Nordpark,2023-W40,wie üblich,excess')
  })

  it('finds a build-up', async () => {
    const { out } = await run(detect, '--series', table(...quiet, 'Nordpark,2023-W41,2', 'Nordpark,2023-W42,3'))
    expect(out).toMatch(/Nordpark,2023-W42,deutlich mehr als üblich,excess\+cusum\n$/)
  })

  it('names every bad row by line and column and answers nothing', async () => {
    const path = table(
      'a,2023-W01,1',
      'a,2023-W60,1',
      'a,2023-W02,-3',
      'a,2023-W03',
      ',2023-W04,1',
      'a,2023-W01,2',
      'a,2023-W05,1.5',
    )
    const { code, out, err } = await run(detect, '--series', path)
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err).toContain('Zeile 5, Spalte „count“: Das Feld fehlt')
    const rest = await run(
      detect,
      '--series',
      table('a,2023-W01,1', 'a,2023-W60,1', 'a,2023-W02,-3', ',2023-W04,1', 'a,2023-W01,2', 'a,2023-W05,1.5'),
    )
    expect(rest.err).toContain('Zeile 3, Spalte „week“')
    expect(rest.err).toContain('Zeile 4, Spalte „count“')
    expect(rest.err).toContain('Zeile 5, Spalte „series“')
    expect(rest.err).toContain('Zeile 6, Spalte „week“: „2023-W01“ kommt schon in Zeile 2 vor')
    expect(rest.err).toContain('Zeile 7, Spalte „count“')
  })

  it('says which column is missing', async () => {
    expect(await run(detect, '--series', file('series,week\na,b\n'))).toMatchObject({
      code: 2,
      err: expect.stringContaining('„count“'),
    })
  })

  it('counts missing weeks as empty and says so', async () => {
    const { code, err } = await run(detect, '--series', table('a,2023-W01,1', 'a,2023-W05,1'))
    expect({ code, err }).toMatchObject({ code: 0, err: expect.stringContaining('fehlen 3 Wochen') })
  })

  it('gives an answer for empty and absurd series', async () => {
    expect(await run(detect, '--series', table())).toMatchObject({ code: 0, out: 'series,week,level,detector\n' })
    const absurd = weeks(1, [...Array.from({ length: 30 }, () => 0), 999_999_999]).map((row) => `"x, ""y""",${row}`)
    const { code, out } = await run(detect, '--series', table(...absurd))
    expect(code).toBe(0)
    expect(out).toContain('"x, ""y""",2023-W31,deutlich mehr als üblich')
    expect(out).not.toContain('NaN')
  })

  it('gives the same bytes when columns about persons are added', async () => {
    const plain = `series,week,count\n${quiet.join('\n')}\n`
    const without = await run(detect, '--series', file(plain))
    expect((await run(detect, '--series', file(withPersonalColumns(plain)))).out).toBe(without.out)
  })
})
