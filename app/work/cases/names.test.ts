import { expect, test } from 'vitest'
import { means } from './names.ts'

const others = ['Jonas Feldkamp', 'Olena Marchenko']

test.each(['Miriam Aydın', ' miriam aydin', 'Aydın, Miriam', 'Frau Aydin', 'M. Aydın', 'Frau Dr. Miriam Aydin'])(
  'however it is written, it means her: %s',
  (written) => expect(means(written, 'Miriam Aydın', others)).toBe(true),
)

test.each(['Miriam', 'Ali Aydın', 'Bauhof', 'Frau Aydın und Bauhof', 'Aydınlar', '', '–'])(
  'it means somebody else, or nobody for certain: %s',
  (written) => expect(means(written, 'Miriam Aydın', others)).toBe(false),
)

test('two ways to write an umlaut are one name; where two people could be meant, nobody is', () => {
  expect(means('Huelsmann', 'Bernd Hülsmann', [])).toBe(true)
  expect(means('Strauss', 'Eva Strauß', [])).toBe(true)
  expect(means('Frau Aydın', 'Miriam Aydın', ['Selma Aydın'])).toBe(false)
  expect(means('S. Aydın', 'Miriam Aydın', ['Selma Aydın'])).toBe(false)
  expect(means('M. Aydın', 'Miriam Aydın', ['Selma Aydın'])).toBe(true)
})
