import { describe, expect, test } from 'vitest'
import { diff } from './diff.ts'
import type { Model } from './schema.ts'
import { models } from './support/models.ts'
import { differenceText } from './texts.ts'

const { lindenau } = models
const lines = (patch: (m: Model) => void): string[] => {
  const after = structuredClone(lindenau.model)
  patch(after)
  return diff(lindenau.model, after).map(differenceText)
}
const step = (m: Model, id: string) => m.steps.find((one) => one.id === id)!

describe('differences in words', () => {
  test.each<[string, (m: Model) => void]>([
    [
      'Rolle „Lindenlots:in“ darf zusätzlich: Früherkennung lesen',
      (m) => m.roles.find(({ id }) => id === 'guide')!.may.push('recognition.read'),
    ],
    [
      'Rolle „Lindenlots:in“ darf nicht mehr: Hinweise eintragen',
      (m) => m.roles.find(({ id }) => id === 'guide')!.may.pop(),
    ],
    ['Rolle „Lindenlots:in“: geändert', (m) => (m.roles.find(({ id }) => id === 'guide')!.single = true)],
    ['Wort „Lindenlots:in“ heißt jetzt „Brückenbauer:in“', (m) => (m.words['guide']!.one = 'Brückenbauer:in')],
    [
      'Schritt „In der Montagsrunde“ heißt jetzt „In der Dienstagsrunde“',
      (m) => (step(m, 'decide').label.de = 'In der Dienstagsrunde'),
    ],
    ['Schritt „Eingegangen“: Frist 2 → 1 Arbeitstag', (m) => (step(m, 'receive').within!.days = 1)],
    ['Schritt „Eingegangen“: Frist entfällt (bisher 2 Arbeitstage)', (m) => delete step(m, 'receive').within],
    [
      'Schritt „Verwiesen“: Frist neu, 4 Arbeitstage',
      (m) => (step(m, 'refer').within = { days: 4, owner: 'coordination' }),
    ],
    [
      'Schritt „Eingegangen“: erinnert wird Konfliktberater:in statt Konfliktbüro',
      (m) => (step(m, 'receive').within!.owner = 'conflict-manager'),
    ],
    [
      'Schritt „Zur Entscheidung“: zusätzlich Konfliktberater:in',
      (m) => {
        step(m, 'decide').label.de = 'Zur Entscheidung'
        step(m, 'decide').by.push('conflict-manager')
      },
    ],
    ['Schritt „In Prüfung“: nicht mehr Konfliktberater:in', (m) => step(m, 'check').by.pop()],
    ['Schritt „In Prüfung“ führt jetzt auch zu: Im Blick', (m) => step(m, 'check').next.push('watch')],
    ['Schritt „In Prüfung“ führt nicht mehr zu: Sofort', (m) => step(m, 'check').next.pop()],
    ['Schritt „Zuweisung“: braucht keine zweite Person mehr', (m) => delete step(m, 'approve').second],
    [
      'Schritt „Verwiesen“: braucht jetzt eine zweite Person',
      (m) => (step(m, 'refer').second = { by: ['sponsor'], effect: 'waits' }),
    ],
    ['Schritt „Zuweisung“: Regel für die zweite Person geändert', (m) => (step(m, 'approve').second!.effect = 'waits')],
    ['Schritt „Im Blick“: war „Beobachten“, ist jetzt „Prüfen“', (m) => (step(m, 'watch').kind = 'check')],
    [
      'Schritt „Im Blick“: auf der Schaltfläche steht „Warten“ statt „Im Blick behalten“',
      (m) => (step(m, 'watch').button.de = 'Warten'),
    ],
    ['Schritt „Im Blick“: Bedingung geändert', (m) => (step(m, 'watch').when = { none: ['danger'] })],
    ['Schritt „Im Blick“: Hinweis geändert', (m) => (step(m, 'watch').hint = { de: 'Ruhig bleiben.' })],
    ['Schritt „Eingegangen“, Frage „Betrifft es mehrere Menschen?“: entfällt', (m) => step(m, 'receive').ask.pop()],
    [
      'Schritt „Eingegangen“, Frage „Seit wann geht das so?“: geändert',
      (m) => (step(m, 'receive').ask[0]!.shown = ['record']),
    ],
    ['Gebiet „Am Kanal“: neu', (m) => m.areas.push({ id: 'am-kanal', name: 'Am Kanal' })],
    [
      'Gegenstand „Lärm, Nutzung von Plätzen und Straßen“ heißt jetzt „Lärm“',
      (m) => (m.subjects[0]!.label = { de: 'Lärm' }),
    ],
    ['Aufbewahrung, abgeschlossene Fälle: 24 Monate → 1 Monat', (m) => (m.retention['closed-case'] = { months: 1 })],
    [
      'Aufbewahrung, ungeprüfte Originale: 7 Tage → 1 Monat',
      (m) => (m.retention['unchecked-original'] = { months: 1 }),
    ],
    ['Erste Antwort: 3 → 5 Arbeitstage', (m) => (m.clocks.firstAnswer.days = 5)],
    ['Sprachen: nicht mehr Ukrainisch, Russisch', (m) => (m.languages = m.languages.slice(0, 5))],
    ['Wege für Meldungen: nicht mehr Partnerstelle', (m) => m.channels.pop()],
    ['Wege für Antworten: nicht mehr Brief', (m) => m.contact.pop()],
    ['Baustein „Präventionsplan Integration“: entfällt', (m) => m.components.pop()],
    ['Register: jetzt ohne Personen', (m) => (m.persons = false)],
    ['Öffnungszeiten: geändert', (m) => (m.hours.closed = [])],
  ])('%s', (line, patch) => {
    expect(lines(patch)).toContain(line)
  })

  test('nothing differs from itself, and only the count of real changes is shown', () => {
    expect(diff(lindenau.model, structuredClone(lindenau.model))).toEqual([])
    expect(lines((m) => (m.thresholds.flood.perMinute = 7))).toEqual(['Schwellen: geändert'])
  })

  test('a change anywhere in the document is shown', () => {
    // What names the document itself is no part of the way of working.
    const silent = new Set(['schema', 'id', 'title', 'base', 'unreviewed'])
    const missed: string[] = []
    const poke = (value: unknown, path: PropertyKey[], set: (replacement: unknown) => void): void => {
      if (Array.isArray(value)) value.forEach((inner, i) => poke(inner, [...path, i], (x) => (value[i] = x)))
      else if (typeof value === 'object' && value !== null) {
        for (const [key, inner] of Object.entries(value))
          if (path.length > 0 || !silent.has(key))
            poke(inner, [...path, key], (x) => ((value as Record<string, unknown>)[key] = x))
      } else {
        set(typeof value === 'number' ? value + 1 : typeof value === 'boolean' ? !value : `${String(value)}x`)
        if (diff(lindenau.model, changed).length === 0) missed.push(path.join('/'))
        set(value)
      }
    }
    const changed = structuredClone(lindenau.model)
    poke(changed, [], () => undefined)
    expect(missed).toEqual([])
  })

  test('any two shipped models are told apart in full sentences', () => {
    for (const a of Object.values(models))
      for (const b of Object.values(models)) {
        const found = diff(a.model, b.model)
        expect(found.length > 0).toBe(a !== b)
        for (const difference of found) expect(differenceText(difference)).not.toMatch(/undefined|\{|\}/)
      }
  })
})
