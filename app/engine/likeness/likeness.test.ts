import { describe, expect, it } from 'vitest'
import { Comparison, type Note } from './likeness.ts'
import { mentioned, placeLikeness, placeOf } from './place.ts'
import { cosine, daysMeant, fourLetters, plain, Rarity, soundsLikeFollowUp, stem } from './words.ts'

const monday = Date.parse('2024-05-13') / 864e5
const note = (place: string, text: string, days = 0): Note => ({ day: monday + days, place, text })
const like = (a: string, b: string) => placeLikeness(placeOf(a), placeOf(b))

describe('places', () => {
  it.each([
    ['Marienstr. 12', 'Marienstraße 12'],
    ['Stadtpark Nord', 'Nordpark'],
    ['Lessingstraße 3 bis 9', 'Lessingstr. 7, Innenhof'],
    ['Friedhof St. Martin', 'Martinsfriedhof'],
    ['See-Café', 'Café am See'],
    ['Straßenbahn Linie 4', 'Tram 4'],
    ['Dahlienweg 2-8', 'Dahlienweg 6'],
    ['Kita Regenbogen', 'Kindergarten Regenbogen'],
  ])('%s is %s', (a, b) => expect(like(a, b)).toBeGreaterThan(0.6))

  it.each([
    ['Nordpark', 'Südpark'],
    ['Marienstr. 12', 'Marienstraße 48'],
    ['Lindenstraße', 'Ulmenstraße'],
    ['Römerstraße/Ostwall', 'Westwall'],
    ['Straßenbahn Linie 4', 'Straßenbahn Linie 14'],
    ['Buslinie 7', 'Linie 9'],
    ['Grundschule Pappelweg', 'Grundschule Kastanienweg'],
  ])('%s is not %s', (a, b) => expect(like(a, b)).toBeLessThan(0.35))

  it('knows nicknames', () => {
    const names = new Map([['platte', 'tischtennisplatten nordpark']])
    expect(placeLikeness(placeOf('An der Platte', names), placeOf('Nordpark'))).toBeGreaterThan(0.6)
  })
  it('finds a place in a text', () => {
    expect(mentioned(placeOf('Sülzbach'), 'Steine auf ein Haus in Sülzbach')).toBe(1)
    expect(mentioned(placeOf('Sülzbach'), 'Steine auf ein Haus')).toBe(0)
  })
  it('is nothing where there is no name', () => expect(like('', 'Nordpark')).toBe(0))
})

describe('words', () => {
  it('writes umlauts out and cuts endings', () => {
    expect(plain('Größe, Straße!')).toBe('groesse strasse')
    expect(stem('jugendlichen')).toBe(stem('jugendliche'))
  })
  it('reads which day is meant', () => {
    expect(daysMeant('gestern Abend', monday)).toEqual([-1])
    expect(daysMeant('am Samstag', monday)).toEqual([-2, 5])
    expect(daysMeant('Lärm', monday)).toEqual([0, -1])
  })
  it('hears that something goes on', () => {
    expect(soundsLikeFollowUp('Schon wieder laute Musik')).toBe(true)
    expect(soundsLikeFollowUp('Laute Musik')).toBe(false)
  })
  it('gives rare words more weight, and no likeness to nothing', () => {
    const rarity = new Rarity([['lärm', 'park'], ['lärm'], ['lärm']])
    expect(rarity.weight('park')).toBeGreaterThan(rarity.weight('lärm'))
    expect(cosine(fourLetters('abc'), fourLetters(''), () => 1)).toBeLessThan(0.5)
    expect(cosine(new Map(), new Map(), () => 1)).toBe(0)
  })
})

describe('the three answers', () => {
  const loud = note('Stadtpark Nord', 'Jugendliche an den Tischtennisplatten, laute Musik bis nach 23 Uhr.')
  const texts = ['Laute Musik', 'Müll im Hof', 'Streit in der Schule', loud.text]
  const compare = (a: Note, b: Note) => new Comparison(texts).compare(a, b)

  it('same: other words, other writer, next day', () => {
    const other = note(
      'Nordpark, Tischtennisplatten',
      'Gestern bis halb zwölf Bassboxen bei den Platten, die Jugend kennt keine Nachtruhe.',
      1,
    )
    expect(compare(loud, other)).toMatchObject({ candidate: true, answer: 'same' })
  })
  it('follow-up: the same again two weeks later', () => {
    const again = note('Stadtpark Nord', 'Schon wieder laute Musik an den Tischtennisplatten.', 14)
    expect(compare(loud, again)).toMatchObject({ candidate: false, answer: 'follow_up' })
  })
  it('separate: the same words about another park', () => {
    const south = note('Südpark', loud.text)
    expect(compare(loud, south).answer).toBe('separate')
    expect(compare(loud, south).score).toBeLessThan(0.5)
  })
  it('lets distance decide about the place where both are located', () => {
    const at = (x: number, place: string) => ({ ...loud, place, at: { x, y: 0 } })
    expect(compare(at(0, 'Spielplatz'), at(30, 'hinter der Schule')).answer).toBe('same')
    expect(compare(at(0, 'Park'), at(3000, 'Park')).candidate).toBe(false)
  })
  it('is symmetric', () => {
    const other = note('Nordpark', 'Gestern Bassboxen.', 1)
    expect(compare(loud, other)).toEqual(compare(other, loud))
  })
})
