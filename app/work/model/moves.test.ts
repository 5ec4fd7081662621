import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compile, type Compiled } from './compile.ts'
import { predicates, stepFacts } from './kinds.ts'
import {
  current,
  deadline,
  landing,
  moves,
  rolesUnder,
  stepOf,
  stepOfKind,
  verbsOf,
  type CaseFacts,
  type WorkingCalendar,
} from './moves.ts'
import { compiled, models } from './support/models.ts'

const every = Object.entries(models)
const roles = (m: Compiled) => [...m.roles.keys()]

function line(m: Compiled, step: string, role: string, facts: CaseFacts): string {
  const found = moves(m, { step, facts }, [role]).map(
    (move) =>
      `${move.to}${move.lands === move.to ? '' : `>${move.lands}`}${move.second ? '+2' : ''}${move.due ? `(${move.due.days})` : ''}`,
  )
  return found.join(' ') || '-'
}

describe('every step × role × move', () => {
  test('of all shipped models stands in the table (vitest -u writes it; to>lands, +2 second person, working days)', async () => {
    const head = ['model', 'step', 'role', 'moves', 'moves while held'].join('\t')
    const lines = every.flatMap(([name, m]) =>
      m.model.steps.flatMap((step) =>
        roles(m).map((role) =>
          [name, step.id, role, line(m, step.id, role, {}), line(m, step.id, role, { held: true })].join('\t'),
        ),
      ),
    )
    await expect(`${[head, ...lines].join('\n')}\n`).toMatchFileSnapshot('./moves.golden.tsv')
  })
})

const factsOf = fc.dictionary(fc.constantFrom(...predicates), fc.boolean()).map((facts) => facts as CaseFacts)

/** Everything that can be reached by moves somebody is offered. */
function walk(m: Compiled, from: string, facts: CaseFacts): Set<string> {
  const seen = new Set([from])
  for (const step of seen)
    for (const move of moves(m, { step, facts }, roles(m))) {
      seen.add(move.lands)
      if (move.kind === 'open') seen.add(move.to)
    }
  return seen
}

const ends = (m: Compiled, ids: Iterable<string>) => [...ids].some((id) => stepFacts(stepOf(m, id).kind).end)

describe('moves', () => {
  test('whatever is true of a record, an end can be reached from every step', () => {
    fc.assert(
      fc.property(fc.constantFrom(...every), fc.nat(), factsOf, ([, m], n, facts) => {
        const from = m.model.steps[n % m.model.steps.length]?.id ?? ''
        return ends(m, walk(m, from, facts))
      }),
      { numRuns: 400 },
    )
  })

  test('a model somebody has cut about is refused, or still leads every record to an end', () => {
    let refused = 0
    fc.assert(
      fc.property(
        fc.constantFrom(...every),
        fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: 1, maxLength: 12 }),
        factsOf,
        ([, m], cuts, facts) => {
          const document = structuredClone(m.model)
          for (const [s, n] of cuts) {
            const step = document.steps[s % document.steps.length]
            if (n % 3 === 0) step?.next.splice(n % 5, 1)
            else if (n % 3 === 1) step?.by.pop()
            else if (step) step.when = { none: ['has-contact'] }
          }
          const outcome = compile(document)
          if ('faults' in outcome) return ++refused > 0
          return outcome.ok.model.steps.every(({ id }) => ends(outcome.ok, walk(outcome.ok, id, facts)))
        },
      ),
      { numRuns: 300 },
    )
    expect(refused).toBeGreaterThan(50)
  })

  test('more roles never mean fewer moves, no role means none', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...every),
        fc.nat(),
        fc.array(fc.nat(), { maxLength: 4 }),
        factsOf,
        ([, m], n, picks, facts) => {
          const at = { step: m.model.steps[n % m.model.steps.length]?.id ?? '', facts }
          const some = picks.map((pick) => roles(m)[pick % roles(m).length] ?? '')
          const few = moves(m, at, some).map(({ to }) => to)
          const all = new Set(moves(m, at, roles(m)).map(({ to }) => to))
          return moves(m, at, []).length === 0 && few.every((to) => all.has(to))
        },
      ),
      { numRuns: 300 },
    )
  })

  test('while a report is held, nobody but the substitute moves it, not even to danger', () => {
    for (const [, m] of every) {
      for (const step of m.model.steps.filter(({ kind }) => stepFacts(kind).thing === 'report')) {
        for (const role of m.model.roles.filter(({ may }) => !may.includes('intake.substitute'))) {
          expect(moves(m, { step: step.id, facts: { held: true } }, [role.id])).toEqual([])
        }
      }
    }
  })

  test('a case the office is concerned in stays with its handlers but leaves the coordination', () => {
    const m = models.lindenau
    expect(moves(m, { step: 'handle', facts: { held: true } }, ['handler']).map(({ to }) => to)).toEqual([
      'close',
      'measure',
      'assess',
    ])
    expect(moves(m, { step: 'assess', facts: { held: true } }, ['coordination'])).toEqual([])
  })

  test('steps done in one go lead on at once; opening leaves the report and starts the case', () => {
    const m = models.lindenau
    const offered = new Map(moves(m, { step: 'decide', facts: {} }, ['coordination']).map((move) => [move.to, move]))
    expect(offered.get('advise')).toMatchObject({
      kind: 'advise',
      lands: 'closed',
      button: { de: 'Beraten und abschließen' },
    })
    expect(offered.get('bundle')?.lands).toBe('decide')
    expect(offered.get('watch')).toMatchObject({ lands: 'watch', due: { days: 30, owner: 'coordination' } })
    expect(offered.get('open')).toMatchObject({
      to: 'open',
      lands: 'assess',
      due: { days: 10, owner: 'conflict-manager' },
    })
    expect(landing(m, stepOf(m, 'reopen')).id).toBe('assess')
  })

  test('a step is offered only where its conditions hold', () => {
    const document = structuredClone(models.lindenau.model)
    const raise = document.steps.find(({ id }) => id === 'raise')
    if (raise) raise.when = { all: ['wide'], none: ['gate-open'] }
    const m = compiled(document)
    const offered = (facts: CaseFacts) =>
      moves(m, { step: 'decide', facts }, ['coordination']).some(({ to }) => to === 'raise')
    expect([offered({}), offered({ wide: true }), offered({ wide: true, 'gate-open': true })]).toEqual([
      false,
      true,
      false,
    ])
  })

  test('unknown steps are an error, not an empty list', () => {
    expect(() => moves(models.lindenau, { step: 'nowhere', facts: {} }, ['coordination'])).toThrow('nowhere')
    expect(() => stepOfKind(models['klein-anfangen'], 'raise')).toThrow('raise')
  })
})

const everyDay: WorkingCalendar = { addWorkingDays: (from, n) => new Date(from.getTime() + n * 86_400_000) }

describe('deadlines, verbs, successors', () => {
  test('the deadline counts working days from a time and names who is reminded', () => {
    const since = new Date('2026-11-23T09:00:00Z')
    expect(deadline(models.lindenau, 'receive', since, everyDay)).toEqual({
      dueAt: new Date('2026-11-25T09:00:00Z'),
      owner: 'coordination',
    })
    expect(deadline(models.lindenau, 'closed', since, everyDay)).toBeUndefined()
  })

  test('verbs of several roles add up; unknown roles add nothing', () => {
    expect(verbsOf(models.lindenau, ['guide', 'interpreter', 'gone'])).toEqual(
      new Set(['intake.enter', 'recognition.signal', 'intake.interpret']),
    )
  })

  test('an id of an older version leads to its successor', () => {
    const document = {
      ...models.lindenau.model,
      retired: [
        { what: 'role' as const, id: 'a', successor: 'b' },
        { what: 'role' as const, id: 'b', successor: 'guide' },
      ],
    }
    const m = compiled(document)
    expect([
      current(m, 'role', 'a'),
      current(m, 'role', 'guide'),
      current(m, 'role', 'x'),
      current(m, 'step', 'a'),
    ]).toEqual(['guide', 'guide', undefined, undefined])
  })

  test('a case of an older version is moved by whoever succeeded to the role', () => {
    const pinned = models.lindenau
    const now = structuredClone(pinned.model)
    const rename = (ids: string[]) => ids.map((id) => (id === 'handler' ? 'moderator' : id))
    now.roles = now.roles.map((role) => ({ ...role, id: role.id === 'handler' ? 'moderator' : role.id }))
    now.steps = now.steps.map((step) => ({ ...step, by: rename(step.by) }))
    now.offices = now.offices.map((office) => ({ ...office, roles: rename(office.roles) }))
    now.triage = now.triage.map((line) => ({ ...line, with: rename(line.with) }))
    now.words['moderator'] = { one: 'Moderator:in', many: 'Moderator:innen', gender: 'f' }
    now.retired = [{ what: 'role', id: 'handler', successor: 'moderator' }]
    const inForce = compiled(now)
    expect(rolesUnder(pinned, inForce, ['moderator', 'guide'])).toEqual(['guide', 'handler'])
    const roles = rolesUnder(pinned, inForce, ['moderator'])
    expect(moves(pinned, { step: 'handle', facts: {} }, roles).map(({ to }) => to)).toContain('close')
    expect(rolesUnder(pinned, inForce, ['handler'])).toEqual([])
  })
})
