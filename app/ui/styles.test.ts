import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { accentAsWished, accentCss, contrast } from './accent.ts'
import { styleSheet } from './build.ts'

const folder = join(import.meta.dirname, 'styles')
const source = globSync('*.css', { cwd: folder })
  .map((file) => readFileSync(join(folder, file), 'utf8'))
  .join('\n')

/** The tokens of a style sheet, as the light and the dark page see them. */
function tokens(css: string): Record<'light' | 'dark', Record<string, string>> {
  const [light = '', dark = ''] = css.split(/@media\s*\(prefers-color-scheme:\s*dark\)/)
  const read = (text: string) =>
    Object.fromEntries([...text.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/g)].map(([, name, value]) => [name, value]))
  return { light: read(light), dark: { ...read(light), ...read(dark) } }
}

const own = tokens(readFileSync(join(folder, 'tokens.css'), 'utf8'))

describe('old browsers', () => {
  // What Chrome 70 or Safari 12 drop without a word, beyond what esbuild rewrites.
  const unknown = [
    /(margin|padding|border|inset)-(block|inline)(-(width|style|color))?:/,
    /inset-(block|inline)-/,
    /[{;](inset|gap|aspect-ratio|place-[a-z]+):/,
    /-block-(start|end)/,
    /:is\(|:where\(|:not\([^)]*,/,
    /\b(min|max|clamp|color-mix|light-dark)\(/,
    /@(layer|container|property|scope)\b/,
    /@media[^{]*[<>]/,
    /&[ :.[]/,
    /#[0-9a-f]{8}\b|#[0-9a-f]{4}\b/i,
  ]

  test('nothing in the built style sheet is beyond Chrome 70 and Safari 12', async () => {
    const css = await styleSheet()
    expect(css.length).toBeGreaterThan(8_000)
    expect(unknown.flatMap((pattern) => pattern.exec(css)?.[0] ?? [])).toEqual([])
    expect(unknown.some((pattern) => pattern.test('a{padding-block:1px}'))).toBe(true)
  })

  test('Safari before 12.1 gets its own names for the inline axis', async () => {
    const css = await styleSheet()
    expect(css).toMatch(/-webkit-margin-end:[^;}]+;margin-inline-end:/)
    expect(css).toMatch(/-webkit-border-start:[^;}]+;border-inline-start:/)
  })
})

test('no side is named by left or right, unless both are the same', () => {
  const blocks = source.match(/\{[^{}]*\}/g) ?? []
  const sided = blocks.flatMap((block) => {
    const found = [...block.matchAll(/(?:^|[\s;{])((?:margin-|padding-|border-)?)(left|right):\s*([^;]+);/g)]
    const values = (side: string) => found.filter((one) => one[2] === side).map((one) => `${one[1]}${one[3]}`)
    return values('left').join() === values('right').join() ? [] : [block]
  })
  expect(blocks.length).toBeGreaterThan(50)
  expect([...sided, ...(source.match(/(text-align|float|clear):\s*(left|right)/g) ?? [])]).toEqual([])
})

describe.each(['light', 'dark'] as const)('in the %s', (mode) => {
  const text = ['ink', 'ink-soft', 'accent', 'waiting', 'done', 'danger']
  const softs = [
    ['accent', 'accent-soft'],
    ['waiting', 'waiting-soft'],
    ['done', 'done-soft'],
    ['danger', 'danger-soft'],
    ['on-accent', 'accent'],
    ['on-accent', 'accent-strong'],
    ...['accent-soft', 'waiting-soft', 'done-soft', 'danger-soft'].flatMap((soft) => [
      ['ink', soft],
      ['ink-soft', soft],
    ]),
  ]
  const pairs = [
    ...text.flatMap((name) => [
      [name, 'paper'],
      [name, 'surface'],
    ]),
    ...softs,
  ] as [string, string][]

  test.each(pairs)('%s on %s can be read', (front, back) => {
    expect(contrast(own[mode][front]!, own[mode][back]!)).toBeGreaterThanOrEqual(4.5)
  })

  test('the edge of a field can be seen', () => {
    expect(contrast(own[mode]['line-strong']!, own[mode].surface!)).toBeGreaterThanOrEqual(3)
  })

  test('whatever accent a municipality wishes can be read', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffffff }), (number) => {
        const all = { ...own[mode], ...tokens(accentCss(`#${number.toString(16).padStart(6, '0')}`))[mode] }
        const backs = ['paper', 'surface', 'accent-soft', 'on-accent']
        for (const back of backs) expect(contrast(all.accent!, all[back]!)).toBeGreaterThanOrEqual(4.5)
        expect(contrast(all['accent-strong']!, all['on-accent']!)).toBeGreaterThanOrEqual(4.5)
        expect(contrast(all.ink!, all['accent-soft']!)).toBeGreaterThanOrEqual(4.5)
      }),
      { numRuns: 300 },
    )
  })
})

test('an accent is kept as wished where it can be, and what is no colour is refused', () => {
  expect(accentAsWished('#8A1538')).toBe(true)
  expect(accentCss('#8a1538')).toContain('--accent:#8a1538')
  expect(accentAsWished('#ffcc00')).toBe(false)
  for (const wrong of ['red', '#fff', '#12345g', '#000000}body{display:none', ''])
    expect(() => accentCss(wrong)).toThrow('is no colour')
})

test('contrast is what WCAG says', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21)
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2)
})
