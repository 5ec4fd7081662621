import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { compile, hashOf, read } from './compile.ts'
import { seatDocument, shippedDocument } from './documents.ts'
import { jsonSchema } from './schema.ts'
import { models } from './support/models.ts'

describe('shipped documents', () => {
  test.each(Object.entries(models))('%s needs no advice', (_, { advice }) => {
    expect(advice).toEqual([])
  })

  test('there are four, and the two towns differ visibly', () => {
    const { lindenau, 'kreis-auental': county } = models
    expect(Object.keys(models).toSorted()).toEqual(['grundstruktur', 'klein-anfangen', 'kreis-auental', 'lindenau'])
    expect([lindenau.model.persons, county.model.persons]).toEqual([true, false])
    expect([...county.steps.keys()].filter((id) => !lindenau.steps.has(id))).toEqual(['clarify', 'assign'])
    expect([...lindenau.steps.keys()].filter((id) => !county.steps.has(id))).toEqual([
      'check',
      'choose-format',
      'approve',
      'evaluate',
    ])
    expect([...county.roles.keys()].filter((id) => !lindenau.roles.has(id))).toEqual(['town', 'arbitration'])
  })

  test.each(['grundstruktur', 'klein-anfangen'] as const)('%s is at hand for set-up', async (id) => {
    expect(compile(await shippedDocument(id))).toEqual({ ok: models[id] })
  })

  test('the seat of the network works with a role of its own that reaches no report and no case; its doors are closed', async () => {
    const outcome = compile(await seatDocument())
    if ('faults' in outcome) throw new Error(JSON.stringify(outcome.faults))
    const { model, verbs } = outcome.ok
    expect([...verbs.get('state-office')!].filter((verb) => /^(intake|cases)\./.test(verb))).toEqual([])
    expect(verbs.get('state-office')).toContain('newsletter.send')
    expect(model.publicForm).toMatchObject({ open: false, callback: false })
  })

  test('the county reaches the youth office of each place', () => {
    for (const area of models['kreis-auental'].areas.keys()) {
      const numbers = models['kreis-auental'].model.numbers.filter(
        (n) => n.kind === 'youth-office' && n.areas?.includes(area),
      )
      expect(numbers).toHaveLength(1)
    }
  })

  test('German texts are calm and plain', () => {
    const never =
      /(?<!\p{L})(Täter|Gefährder|Brennpunkt|Problemviertel|Ticket|Item|User|Submit|Dashboard|Workflow)|!|\bOK\b/iu
    const german: string[] = []
    const collect = (value: unknown): void => {
      if (typeof value !== 'object' || value === null) return
      for (const [key, inner] of Object.entries(value)) {
        if ((key === 'de' || key === 'leicht') && typeof inner === 'string') german.push(inner)
        else collect(inner)
      }
    }
    Object.values(models).forEach(({ model }) => collect(model))
    expect(german.length).toBeGreaterThan(800)
    expect(german.filter((text) => never.test(text))).toEqual([])
    for (const { model } of Object.values(models)) {
      for (const text of Object.values(model.status)) expect(text.leicht?.split(' ').length).toBeLessThan(18)
    }
  })

  test('no invented telephone number can ring anywhere', () => {
    // 0221 4710 xxx is set aside for fiction by the Bundesnetzagentur; the rest are the three public short numbers.
    const numbers = Object.values(models).flatMap(({ model }) => [
      ...model.numbers.map(({ number }) => number),
      ...model.offices.map(({ phone }) => phone),
    ])
    for (const number of numbers) if (number) expect(number).toMatch(/^(110|112|116 016|0221 4710 \d{3})$/)
  })
})

describe('the schema', () => {
  test('its published form is the one in the code (vitest -u writes it)', async () => {
    await expect(`${JSON.stringify(jsonSchema(), null, 2)}\n`).toMatchFileSnapshot('./model.schema.json')
  })

  test('a document of schema number 1 is read to what it was read to before (vitest -u writes it)', async () => {
    const document: unknown = JSON.parse(readFileSync(join(import.meta.dirname, 'support/schema-1.json'), 'utf8'))
    const parts = Object.entries(read(document).model).map(([part, content]) => `${part} ${JSON.stringify(content)}`)
    await expect(`${parts.join('\n')}\n`).toMatchFileSnapshot('./support/schema-1.golden.txt')
  })

  test('order of keys does not matter for the hash, any content does', () => {
    const { model } = models.lindenau
    expect(hashOf(Object.fromEntries(Object.entries(model).toReversed()))).toBe(hashOf(model))
    expect(hashOf({ ...model, title: 'anders' })).not.toBe(hashOf(model))
  })

  test('the same document compiles to the same object, a compiled model to itself', () => {
    const { model, hash } = models.lindenau
    const first = compile(model)
    expect(compile(structuredClone(model))).toBe(first)
    expect('ok' in first && 'ok' in compile(first.ok.model) ? first.ok.hash : '').toBe(hashOf(model))
    expect(hash).toHaveLength(64)
  })

  test('a published document is read even where a newer rule would refuse it', () => {
    const outdated = { ...models.lindenau.model, gates: [] }
    expect('faults' in compile(outdated)).toBe(true)
    expect(read(outdated).advice.map(({ key }) => key)).toContain('gateOmitted')
    expect(() => read({ schema: 1 })).toThrow()
    expect(() => read({ schema: 99 })).toThrow()
  })
})
