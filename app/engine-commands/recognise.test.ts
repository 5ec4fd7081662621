import { readFileSync, writeFileSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { recognise, recomputed } from './recognise.ts'

const folder = join(import.meta.dirname, '../../tests/support/data/engine/reference')

interface Result {
  id: string
  upperbound: (number | null)[]
  alarm: (number | null)[]
  expected?: number[]
}

const results = (document: unknown) => (document as { results: Result[] }).results

/** Largest relative difference over the weeks for which the reference has a number. */
function furthest(reference: (number | null)[], own: (number | null)[]): number {
  let most = 0
  reference.forEach((value, i) => {
    if (value === null) return
    const difference = Math.abs(value - (own[i] ?? NaN)) / Math.max(1, Math.abs(value))
    most = Number.isNaN(difference) ? Infinity : Math.max(most, difference)
  })
  return most
}

describe.each(['ruhig', 'lebhaft', 'selten'])('series %s against R surveillance', (name) => {
  const file = join(folder, `${name}.json`)
  const reference = results(JSON.parse(readFileSync(file, 'utf8')))
  const own = results(recomputed(file))

  it.each(reference.map((entry) => [entry.id, entry] as const))('%s', (id, entry) => {
    const mine = own.find((one) => one.id === id)!
    expect(mine.upperbound).toHaveLength(entry.upperbound.length)
    expect(furthest(entry.upperbound, mine.upperbound)).toBeLessThan(id.startsWith('farrington') ? 1e-6 : 1e-8)
    expect(mine.alarm.map((alarm) => (alarm ?? 0) > 0)).toEqual(entry.alarm.map((alarm) => (alarm ?? 0) > 0))
    if (entry.expected) expect(furthest(entry.expected, mine.expected!)).toBeLessThan(1e-8)
  })

  it('covers all seventeen entries', () => expect(own).toHaveLength(17))
})

describe('what cannot be read', () => {
  const broken = (text: string) => {
    const file = join(mkdtempSync(join(tmpdir(), 'besonnen-')), 'reference.json')
    writeFileSync(file, text)
    return file
  }
  const saidBy = async (args: string[]) => {
    const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    const code = await recognise(args)
    const said = write.mock.calls.join('')
    write.mockRestore()
    return { code, said }
  }

  it('names the field', async () => {
    const file = broken('{"frequency":52,"observed":[1,-1],"results":[]}')
    expect(await saidBy(['--reference', file])).toMatchObject({ code: 2, said: expect.stringContaining('„observed“') })
  })

  it('says that a file is no JSON', async () => {
    expect(await saidBy(['--reference', broken('{')])).toMatchObject({ code: 2, said: expect.stringContaining('JSON') })
  })

  it('says which option is missing', async () => {
    expect(await saidBy([])).toMatchObject({ code: 2, said: expect.stringContaining('--reference') })
  })
})
