import { expect, test } from 'vitest'
import type { RecordLine } from '#work/cases/index.ts'
import { dueOn } from './bases.ts'
import { chosenIn, countOf, extractOf, propose, withRoles, type Source } from './redaction.ts'

const secret = (text: string) => /mediation/iu.test(text)
const line = (id: string, text: string, nature: 'process' | 'judged' | 'said' = 'process') => ({
  id,
  label: 'Sache',
  text,
  nature,
})
const source = (...lines: RecordLine[]): Source[] => [
  { record: 'case:1', part: { id: 'p', title: 'Fall', day: '2026-11-23', lines } },
]
const asked = {
  basis: 'ifg' as const,
  named: [{ name: 'Anna Meier', role: 'Nachbarin A' }],
  secret,
  somebody: 'eine Person',
}
const first = (text: string, nature: 'process' | 'judged' | 'said' = 'process', more: object = {}) =>
  propose(source(line('a', text, nature)), { ...asked, ...more })[0]!.lines[0]!.passages[0]!

test('what was done stays, what was thought or told does not; a court reads what was thought', () => {
  expect(first('Licht am Weg')).toMatchObject({ what: 'keep', why: 'process' })
  expect(first('Streit um Lärm', 'judged')).toMatchObject({ what: 'black', why: 'judged' })
  expect(first('Streit um Lärm', 'judged', { basis: 'court' })).toMatchObject({ what: 'keep' })
  expect(first('Es ist laut', 'said', { basis: 'court' })).toMatchObject({ what: 'black', why: 'said' })
})

test.each([
  ['Anna Meier bringt den Schlüssel', 'Nachbarin A bringt den Schlüssel'],
  ['Frau Meiers Licht', 'Nachbarin A Licht'],
  ['Meier, Anna kommt', 'Nachbarin A kommt'],
  ['Herr Dr. Özdemir ruft an', 'eine Person ruft an'],
  ['Anna Roth-Meier und Herr Meier-Roth', 'Nachbarin A und Nachbarin A'],
  ['Die Meierei bleibt offen', 'Die Meierei bleibt offen'],
])('names become roles: %s', (text, replaced) => {
  expect(withRoles(text, asked.named, asked.somebody)).toBe(replaced)
})

test('a date or a file number is no way to reach anybody, and stays in one piece', () => {
  for (const text of ['25. Oktober 2026', '50.2-17/2026', 'Tor: Ständer, bis 3. Dezember 2026, offen'])
    expect(first(text)).toMatchObject({ text, what: 'keep' })
})

test('a name with a hyphen, and one that looks like a pattern, are found as they are', () => {
  const named = [{ name: 'Selma Korkmaz-Rieger (Laden) *', role: 'Händlerin' }]
  expect(withRoles('Frau Korkmaz-Rieger öffnet um 9', named, 'eine Person')).toBe('Händlerin öffnet um 9')
})

test.each(['Anruf unter 0211 / 12 34 56', 'Post an anna@example.org', 'Treffen in der Hafenstraße 12'])(
  'a way to reach somebody is blackened: %s',
  (text) => {
    expect(first(text)).toMatchObject({ what: 'black', why: 'reach', fixed: false })
  },
)

test('a mediation stays blackened, whatever anybody chooses', () => {
  const parts = propose(source(line('a', 'Runder Tisch. Danach Mediation. Ende.')), asked)
  const keys = parts[0]!.lines[0]!.passages.map(({ key }) => key)
  const chosen = chosenIn(parts, Object.fromEntries(keys.map((key) => [key, { what: 'keep' as const }])))
  expect(extractOf(chosen).parts[0]!.lines[0]!.texts).toEqual(['Runder Tisch.', null, 'Ende.'])
  const replaced = chosenIn(parts, { [keys[1]!]: { what: 'replace', instead: 'Gespräch' } })
  expect(extractOf(replaced).parts[0]!.lines[0]!.texts[1]).toBeNull()
})

test('a folded text is never proposed, not even with its names taken out, and is marked where somebody lets it go', () => {
  const folded = 'eine Drohung'
  const open = propose(source(line('a', 'Anna Meier ist ein Miststück. Sie soll gehen.', 'said')), {
    ...asked,
    basis: 'court',
  })
  const parts = propose(source({ ...line('a', 'Anna Meier ist ein Miststück. Sie soll gehen.', 'said'), folded }), {
    ...asked,
    basis: 'court',
  })
  const { passages } = parts[0]!.lines[0]!
  for (const one of passages) expect(one).toMatchObject({ what: 'black', instead: '', why: 'folded', fixed: false })
  expect(extractOf(parts).parts[0]!.lines[0]).toEqual({ label: 'Sache', texts: passages.map(() => null) })
  // What was chosen before somebody folded it was chosen for another text.
  const before = Object.fromEntries(open[0]!.lines[0]!.passages.map(({ key }) => [key, { what: 'keep' as const }]))
  expect(countOf(extractOf(chosenIn(parts, before))).shown).toBe(0)
  const kept = chosenIn(parts, { [passages[0]!.key]: { what: 'keep' } })
  expect(extractOf(kept).parts[0]!.lines[0]).toMatchObject({
    folded,
    texts: [passages[0]!.text, ...passages.slice(1).map(() => null)],
  })
})

test('neither does what a line is called tell of it', () => {
  const named = { ...line('a', '3 von 9'), label: 'Stufe: Mediationsstelle' }
  expect(propose(source(named), asked)[0]!.lines[0]!.label).toBe('[…]')
})

test('what is blackened is in no byte of what leaves, and an empty replacement blackens', () => {
  const parts = propose(source(line('a', 'Geheimes Treffen. Licht am Weg.', 'judged')), asked)
  const [one, two] = parts[0]!.lines[0]!.passages
  const chosen = chosenIn(parts, { [one!.key]: { what: 'black' }, [two!.key]: { what: 'replace', instead: ' ' } })
  const extract = extractOf(chosen)
  expect(JSON.stringify(extract)).not.toMatch(/Geheim|Licht/u)
  expect(countOf(extract)).toEqual({ shown: 0, black: 2 })
})

test('a choice holds for the words it was made for: changed words are proposed anew', () => {
  const before = propose(source(line('a', 'Streit', 'judged')), asked)
  const choices = { [before[0]!.lines[0]!.passages[0]!.key]: { what: 'keep' as const } }
  const after = chosenIn(propose(source(line('a', 'Streit mit Anna Meier', 'judged')), asked), choices)
  expect(extractOf(after).parts[0]!.lines[0]!.texts).toEqual([null])
})

test('an answer is due when the law says, else when we propose', () => {
  expect(dueOn('ifg', '2026-01-31')).toBe('2026-02-28')
  expect(dueOn('gdpr', '2026-11-23')).toBe('2026-12-23')
  expect(dueOn('police', '2026-11-23')).toBe('2026-11-30')
})
