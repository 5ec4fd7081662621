import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { modelCommands } from './cli.ts'

const document = (name: string) => join(import.meta.dirname, 'documents', `${name}.json`)
const folder = mkdtempSync(join(tmpdir(), 'model-'))
const file = (name: string, content: string) => {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}

async function run(...args: string[]) {
  let out = ''
  let err = ''
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((out += String(text)), true))
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((err += String(text)), true))
  const code = await modelCommands.model(args)
  vi.restoreAllMocks()
  return { code, out, err }
}
afterEach(() => vi.restoreAllMocks())

describe('model validate', () => {
  test('a working document: 0 and one line', async () => {
    expect(await run('validate', document('lindenau'))).toEqual({
      code: 0,
      out: '„Lindenauer Modell“ kann gelten: 13 Rollen, 21 Schritte.\n',
      err: '',
    })
  })

  test('a document that cannot work: 1, each fault with its place', async () => {
    const broken = file('broken.json', '{"schema":1}')
    const { code, out, err } = await run('validate', broken)
    expect([code, out]).toEqual([1, ''])
    expect(err).toContain('  /steps: Die Angabe „steps“ fehlt.\n')
  })

  test.each([
    [['validate', file('no.json', '{')], 'ist kein lesbares JSON.'],
    [['validate', join(folder, 'absent.json')], 'lässt sich nicht lesen.'],
    [['validate'], 'Aufruf:'],
    [['publish', 'x'], 'Aufruf:'],
    [[], 'Aufruf:'],
    [['diff', 'x'], 'Aufruf:'],
  ])('%j: 2', async (args, text) => {
    const { code, err } = await run(...args)
    expect(code).toBe(2)
    expect(err).toContain(text)
  })
})

describe('model diff', () => {
  test('two documents: 0, a head and a line for each difference', async () => {
    const { code, out } = await run('diff', document('grundstruktur'), document('lindenau'))
    expect(code).toBe(0)
    expect(out.split('\n')[0]).toMatch(/^Von „Grundstruktur“ zu „Lindenauer Modell“: \d+ Unterschiede\.$/)
    expect(out).toContain('  Schritt „In Prüfung“: Frist 5 → 3 Arbeitstage\n')
  })

  test('the same twice: no difference; a broken one: 1', async () => {
    expect((await run('diff', document('lindenau'), document('lindenau'))).out).toBe(
      'Von „Lindenauer Modell“ zu „Lindenauer Modell“: keine Unterschiede.\n',
    )
    expect((await run('diff', document('lindenau'), file('broken2.json', '{"schema":1}'))).code).toBe(1)
    expect((await run('diff', file('no2.json', '{'), document('lindenau'))).code).toBe(2)
  })
})
