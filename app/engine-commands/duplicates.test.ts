import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { file, run, withPersonalColumns } from '#tests/support/engine-command.ts'
import { duplicates } from './duplicates.ts'

const path = join(import.meta.dirname, '../../tests/support/data/engine/pairs/invented.csv')
const invented = readFileSync(path, 'utf8')

describe('duplicates', () => {
  it('keeps true pairs and ranks them above near-equal words about other places, on the scenes kept aside', async () => {
    const { code, out } = await run(duplicates, '--pairs', path)
    expect(code).toBe(0)
    const answers = new Map(
      out
        .trimEnd()
        .split('\n')
        .slice(1)
        .map((row) => [row.split(',')[0]!, row.split(',')]),
    )
    const kept = invented.split('\n').flatMap((row) => {
      const [pair, label] = row.split(',')
      return pair?.startsWith('M') && Number(pair.slice(1, 3)) % 2 === 0
        ? [{ label: label!, answer: answers.get(pair)! }]
        : []
    })
    const same = kept.filter(({ label }) => label === 'same')
    const different = kept.filter(({ label }) => label === 'different')
    expect(same.length + different.length).toBe(66)
    expect(same.filter(({ answer }) => answer[1] === 'true').length / same.length).toBeGreaterThanOrEqual(0.95)
    let above = 0
    for (const a of same) for (const b of different) above += Number(Number(a.answer[2]) > Number(b.answer[2]))
    expect(above / same.length / different.length).toBeGreaterThan(0.95)
  })

  it('gives the same bytes when columns about persons are added', async () => {
    const { out } = await run(duplicates, '--pairs', path)
    expect((await run(duplicates, '--pairs', file(withPersonalColumns(invented)))).out).toBe(out)
  })

  it('names bad dates, missing columns and open quotes', async () => {
    const header = 'pair,date_a,place_a,text_a,date_b,place_b,text_b\n'
    const bad = await run(
      duplicates,
      '--pairs',
      file(`${header}1,2024-01-01,a,"b\nb",gestern,a,b\n2,2024-02-30,a,b,2024-01-01,a,b\n`),
    )
    expect(bad).toMatchObject({ code: 1, out: '' })
    expect(bad.err).toContain('Zeile 2, Spalte „date_b“')
    expect(bad.err).toContain('Zeile 4, Spalte „date_a“')
    expect(await run(duplicates, '--pairs', file('pair,date_a\n'))).toMatchObject({
      code: 2,
      err: expect.stringContaining('„text_b“'),
    })
    expect(await run(duplicates, '--pairs', file(`${header}1,"offen`))).toMatchObject({
      code: 1,
      err: expect.stringContaining('Zeile 2'),
    })
    expect(await run(duplicates, '--pairs', file(''))).toMatchObject({ code: 2, err: expect.stringContaining('leer') })
  })

  it('answers for empty texts and places', async () => {
    const { code, out } = await run(
      duplicates,
      '--pairs',
      file('pair,date_a,place_a,text_a,date_b,place_b,text_b\n1,2024-01-01,,,2024-01-01,,\n'),
    )
    expect({ code, out }).toEqual({ code: 0, out: expect.stringMatching(/\n1,false,0\.\d{6},separate\n$/) })
  })
})
