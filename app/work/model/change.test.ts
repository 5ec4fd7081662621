import { describe, expect, test } from 'vitest'
import { choices } from './choices.ts'
import { deadline, moves, verbsOf } from './moves.ts'
import type { Model } from './schema.ts'
import { compiled, models } from './support/models.ts'
import { word } from './words.ts'

/** A municipality changes its document; the product changes, no code. */
const changed = (patch: (m: Model) => void) => {
  const document = structuredClone(models.lindenau.model)
  patch(document)
  return compiled(document)
}
const step = (m: Model, id: string) => m.steps.find((one) => one.id === id)!

describe('changing a document changes the product', () => {
  test('a new role may take a step and has rights', () => {
    const m = changed((document) => {
      document.roles.push({
        id: 'night-team',
        component: 'contact-point',
        may: ['intake.enter', 'intake.advise'],
        single: false,
        outside: false,
        needs: [],
      })
      document.words['night-team'] = { one: 'Nachtteam', many: 'Nachtteams', gender: 'n' }
      step(document, 'advise').by.push('night-team')
    })
    expect(moves(m, { step: 'receive', facts: {} }, ['night-team']).map(({ to }) => to)).toEqual(['advise'])
    expect(verbsOf(m, ['night-team'])).toEqual(new Set(['intake.enter', 'intake.advise']))
    expect(word(m, 'night-team').the('dative')).toBe('dem Nachtteam')
  })

  test('a renamed step shows on buttons and in lists', () => {
    const m = changed((document) => {
      step(document, 'watch').label.de = 'Auf der Beobachtungsliste'
      step(document, 'watch').button.de = 'Auf die Liste setzen'
    })
    const move = moves(m, { step: 'decide', facts: {} }, ['coordination']).find(({ to }) => to === 'watch')
    expect(move).toMatchObject({ label: { de: 'Auf der Beobachtungsliste' }, button: { de: 'Auf die Liste setzen' } })
  })

  test('an additional step stands between two others', () => {
    const m = changed((document) => {
      const second = {
        ...structuredClone(step(document, 'check')),
        id: 'check-again',
        label: { de: 'Zweiter Blick' },
        button: { de: 'Noch einmal prüfen' },
        next: ['decide'],
      }
      document.steps.push(second)
      step(document, 'check').next = ['check-again']
    })
    expect(moves(m, { step: 'check', facts: {} }, ['coordination']).map(({ to }) => to)).toEqual(['check-again'])
    expect(moves(m, { step: 'check-again', facts: {} }, ['coordination']).map(({ to }) => to)).toEqual(['decide'])
  })

  test('another deadline, another person reminded', () => {
    const m = changed((document) => (step(document, 'receive').within = { days: 4, owner: 'conflict-manager' }))
    const calendar = { addWorkingDays: (from: Date, n: number) => new Date(from.getTime() + n * 86_400_000) }
    expect(deadline(m, 'receive', new Date('2026-11-23T08:00:00Z'), calendar)).toEqual({
      dueAt: new Date('2026-11-27T08:00:00Z'),
      owner: 'conflict-manager',
    })
  })

  test('an extra question, another area, a dropped subject', () => {
    const m = changed((document) => {
      step(document, 'check').ask.push({
        id: 'season',
        type: 'yesNo',
        label: { de: 'Kommt das jedes Jahr wieder?' },
        required: false,
        sealed: false,
        shown: ['record', 'figures'],
      })
      document.areas.push({ id: 'am-kanal', name: 'Am Kanal' })
      document.subjects = document.subjects.filter(({ id }) => id !== 'world')
    })
    expect(m.steps.get('check')?.ask.at(-1)?.label.de).toBe('Kommt das jedes Jahr wieder?')
    expect(choices(m).areas.map(({ id }) => id)).toContain('am-kanal')
    expect(choices(m).subjects.map(({ id }) => id)).not.toContain('world')
  })
})
