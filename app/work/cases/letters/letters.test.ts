import { expect, test } from 'vitest'
import { languages } from '#platform/i18n/index.ts'
import { letterDocx, letterPdf } from '#platform/letter/index.ts'
import { partyLetter, partyLetters, summaryLetter } from './letters.ts'

const about = { matter: 'Musik am Hafenplatz', office: 'Stadt Lindenau', today: '2026-11-23' }

test('every letter exists in every language, as PDF and DOCX', async () => {
  for (const { id } of languages) {
    for (const kind of partyLetters) {
      const letter = partyLetter(kind, id, about)
      expect((await letterPdf(letter)).length).toBeGreaterThan(3000)
      expect((await letterDocx(letter)).length).toBeGreaterThan(3000)
    }
  }
})

test('a letter says what it is about, and never how the case is worked on', () => {
  for (const { id } of languages) {
    const text = JSON.stringify(partyLetter('invitation', id, about))
    expect(text).toContain(about.matter)
    expect(text).not.toMatch(/mediation|arabuluc|медиац|медіац|وساطة/iu)
  }
})

test('the sheet for the file is one table without persons: an open case is “in Bearbeitung”, whatever the way', () => {
  const summary = {
    number: 'F-1',
    matter: 'Musik',
    where: 'Hafen',
    subject: 'Lärm',
    openedOn: '2026-11-13',
    closedOn: null,
    hours: null,
    measures: ['Licht am Weg'],
    agreed: { on: '2026-11-20', clauses: 2 },
  }
  const text = JSON.stringify(summaryLetter(summary, 'Stadt Lindenau', '2026-11-23').blocks)
  expect(text).toContain('in Bearbeitung')
  expect(text).toContain('unterschrieben am 20. November 2026, 2 Punkte')
  expect(text).toContain('Licht am Weg')
})
