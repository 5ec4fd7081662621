import { describe, expect, test } from 'vitest'
import { models } from './support/models.ts'
import { phrase, word } from './words.ts'

describe('German grammar survives renaming', () => {
  test.each([
    ['lindenau', 'area', 'der Stadtteil', 'des Stadtteils', 'dem Stadtteil', 'den Stadtteil', 'den Stadtteilen'],
    ['kreis-auental', 'area', 'die Gemeinde', 'der Gemeinde', 'der Gemeinde', 'die Gemeinde', 'den Gemeinden'],
    [
      'lindenau',
      'coordination',
      'das Konfliktbüro',
      'des Konfliktbüros',
      'dem Konfliktbüro',
      'das Konfliktbüro',
      'den Konfliktbüros',
    ],
    ['kreis-auental', 'sponsor', 'der Landrat', 'des Landrats', 'dem Landrat', 'den Landrat', 'den Landräten'],
    [
      'grundstruktur',
      'guide',
      'die Konfliktlots:in',
      'der Konfliktlots:in',
      'der Konfliktlots:in',
      'die Konfliktlots:in',
      'den Konfliktlots:innen',
    ],
    ['kreis-auental', 'town', 'das Rathaus', 'des Rathauses', 'dem Rathaus', 'das Rathaus', 'den Rathäusern'],
  ] as const)('%s: %s', (model, id, nominative, genitive, dative, accusative, many) => {
    const { the, theMany } = word(models[model], id)
    expect([the('nominative'), the('genitive'), the('dative'), the('accusative'), theMany('dative')]).toEqual([
      nominative,
      genitive,
      dative,
      accusative,
      many,
    ])
  })

  test('indefinite article, plain forms and counts', () => {
    const { a, count, one, many, theMany } = word(models.grundstruktur, 'case')
    expect([a('nominative'), a('genitive'), a('dative'), a('accusative')]).toEqual([
      'ein Fall',
      'eines Falls',
      'einem Fall',
      'einen Fall',
    ])
    expect([count(1), count(0), count(12_000), one, many, theMany('genitive')]).toEqual([
      '1 Fall',
      '0 Fälle',
      '12.000 Fälle',
      'Fall',
      'Fälle',
      'der Fälle',
    ])
  })

  test('forms nobody gave are made by rule', () => {
    expect(phrase({ one: 'Haus', many: 'Häuser', gender: 'n' }).the('genitive')).toBe('des Hauses')
    expect(phrase({ one: 'Kreis', many: 'Kreise', gender: 'm' }).the('genitive')).toBe('des Kreises')
    expect(
      phrase({ one: 'Lotse', many: 'Lotsen', gender: 'm', dative: 'Lotsen', genitive: 'Lotsen' }).the('dative'),
    ).toBe('dem Lotsen')
  })

  test('a word no model has is an error', () => {
    expect(() => word(models.lindenau, 'nothing')).toThrow('nothing')
  })
})
