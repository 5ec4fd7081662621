import { expect, test } from 'vitest'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { compile, shippedDocument, type Compiled } from '#work/model/index.ts'
import { callSheet, entryFields, entrySheet } from './forms.ts'
import { hoursLine, poster } from './poster.ts'

async function model(name: string): Promise<Compiled> {
  const outcome = compile(await shippedDocument(name as Parameters<typeof shippedDocument>[0]))
  if ('faults' in outcome) throw new Error(name)
  return outcome.ok
}

const isAccessible = (bytes: Uint8Array) => /pdfuaid|StructTreeRoot/.test(Buffer.from(bytes).toString('latin1'))

test('the poster is set on A4 and A3, with and without arms, and is accessible', async () => {
  const small = await model('klein-anfangen')
  const arms = readFileSync(globSync('docs/**/*.png', { cwd: join(import.meta.dirname, '../../../..') })[0] ?? '')
  const of = {
    town: 'Kreis Mönchengladbach-Auental (Westf.)',
    address: 'https://besonnen.example/auental',
    model: small,
  }
  const [a4, a3] = [await poster({ ...of, arms }, 'a4'), await poster(of, 'a3')]
  for (const bytes of [a4, a3]) {
    expect(isAccessible(bytes)).toBe(true)
    expect(
      Buffer.from(bytes)
        .toString('latin1')
        .match(/\/Type ?\/Page\b/g),
    ).toHaveLength(1)
  }
})

test('days with the same hours stand together', async () => {
  const small = await model('klein-anfangen')
  expect(hoursLine(small)).toBe('Mo–Do\u00a09:00–15:00 · Fr\u00a09:00–12:00')
})

test('the sheets ask in the order of the page for new entries', async () => {
  const page = readFileSync(join(import.meta.dirname, '../../intake/pages/staff/new.tsx'), 'utf8')
  const asked = [...page.matchAll(/<(?:TextArea|TextField|Select)\s+name="(\w+)"/g)].map(([, name]) => name)
  expect(entryFields.filter((field) => asked.includes(field))).toEqual(entryFields)
  expect(asked.filter((name) => entryFields.some((field) => field === name))).toEqual(entryFields)
  const base = await model('grundstruktur')
  for (const make of [entrySheet, callSheet]) expect(isAccessible(await make('Stadt Lindenau', base))).toBe(true)
})
