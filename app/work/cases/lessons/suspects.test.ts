import { expect, test } from 'vitest'
import { suspects } from './suspects.ts'

test.each([
  ['Frau Yılmaz-Krüger bat um Ruhe', ['Frau Yılmaz-Krüger']],
  ['Erreichbar unter 0221 4710 230 oder a.b@stadt.example', ['0221 4710 230', 'a.b@stadt.example']],
  ['In der Lindenstraße 12a wurde es laut', ['Lindenstraße 12a']],
  ['Am 3. Mai und am 14.06.2026 trafen sie sich', ['3. Mai', '14.06.2026']],
  ['Es waren 17 Familien', ['17 Familien']],
  ['Streit im nordviertel und im Nordviertel', ['nordviertel']],
  ['Früh getrennt sprechen hilft, bevor alle zusammenkommen', []],
])('%s', (text, found) => {
  expect(suspects(text, ['Nordviertel']).map((one) => one.text)).toEqual(found)
})
