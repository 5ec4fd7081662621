import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  closesAt,
  dueFor,
  endsAt,
  feedbackOpen,
  inOrder,
  inTime,
  momentOf,
  offerUntil,
  positionOf,
  runList,
  seatFor,
  startsAt,
  taken,
  type Queued,
  type Reminding,
} from './rules.ts'

const hour = 3_600_000
const at = (text: string) => new Date(text)
const conference = { day: '2026-12-03', from: '10:00', until: '15:30', deadline: '2026-11-27' }
const week: Reminding = { anchor: 'start', side: 'before', amount: 7, unit: 'days', clock: '09:00', missed: 'at-once' }

test('a deadline includes its whole day and not a moment more', () => {
  expect(inTime('2026-11-27', at('2026-11-27T22:59:59.999Z'))).toBe(true)
  expect(inTime('2026-11-27', at('2026-11-27T23:00:00.000Z'))).toBe(false)
  // In summer Berlin's midnight is at 22:00 UTC, and the day the clocks change has 23 or 25 hours.
  expect(closesAt('2026-07-01')).toEqual(at('2026-07-01T22:00:00Z'))
  expect(closesAt('2026-03-29').getTime() - closesAt('2026-03-28').getTime()).toBe(23 * hour)
  expect(closesAt('2026-10-25').getTime() - closesAt('2026-10-24').getTime()).toBe(25 * hour)
})

test('times on the clock become moments, also on the days when the clocks change', () => {
  expect(startsAt(conference)).toEqual(at('2026-12-03T09:00:00Z'))
  expect(endsAt({ ...conference, day: '2026-07-03' })).toEqual(at('2026-07-03T13:30:00Z'))
  expect(startsAt({ ...conference, day: '2026-03-29', from: '02:30' })).toEqual(at('2026-03-29T01:30:00Z'))
})

test('seven days before at nine is nine by the clocks, over the change of the season too', () => {
  expect(momentOf(week, { ...conference, day: '2026-10-27' })).toEqual(at('2026-10-20T07:00:00Z'))
  expect(momentOf(week, { ...conference, day: '2026-11-03' })).toEqual(at('2026-10-27T08:00:00Z'))
  expect(momentOf({ ...week, unit: 'hours', amount: 2 }, conference)).toEqual(at('2026-12-03T07:00:00Z'))
  expect(momentOf({ ...week, anchor: 'end', side: 'after', amount: 1, clock: null }, conference)).toEqual(
    at('2026-12-04T14:30:00Z'),
  )
  expect(momentOf({ ...week, anchor: 'deadline', amount: 1 }, conference)).toEqual(at('2026-11-26T08:00:00Z'))
})

test('who comes after the moment gets it at once, or not at all, as the rule says', () => {
  const since = at('2026-12-01T12:00:00Z')
  expect(dueFor(week, momentOf(week, conference), at('2026-11-01T12:00:00Z'))).toEqual(at('2026-11-26T08:00:00Z'))
  expect(dueFor(week, momentOf(week, conference), since)).toEqual(since)
  expect(dueFor({ ...week, missed: 'drop' }, momentOf(week, conference), since)).toBeUndefined()
})

test('an offer stands a day, two hours in the last day, and never beyond the start', () => {
  const start = startsAt(conference)
  const before = (hours: number) => new Date(start.getTime() - hours * hour)
  expect(offerUntil(before(48), start)).toEqual(before(24))
  expect(offerUntil(before(24), start)).toEqual(before(22))
  expect(offerUntil(before(1), start)).toEqual(start)
})

test('a seat: free and nobody waits; otherwise the list, for latecomers always', () => {
  const room = { places: 50, byHand: false }
  expect(seatFor(room, 49, 0, false)).toBe('confirmed')
  expect(seatFor(room, 50, 0, false)).toBe('waiting')
  expect(seatFor(room, 49, 1, false)).toBe('waiting')
  expect(seatFor(room, 0, 0, true)).toBe('waiting')
  expect(seatFor({ ...room, byHand: true }, 0, 0, false)).toBe('waiting')
  expect(seatFor({ places: null, byHand: false }, 100_000, 0, false)).toBe('confirmed')
})

test('feedback is open for a fortnight after the end', () => {
  expect(feedbackOpen(conference, at('2026-12-03T14:29:59Z'))).toBe(false)
  expect(feedbackOpen(conference, at('2026-12-03T14:30:00Z'))).toBe(true)
  expect(feedbackOpen(conference, at('2026-12-17T22:59:59Z'))).toBe(true)
  expect(feedbackOpen(conference, at('2026-12-17T23:00:00Z'))).toBe(false)
})

const begin = at('2026-11-01T08:00:00Z').getTime()
const queued = fc.record({
  rank: fc.nat(2),
  receivedAt: fc.nat(600).map((minutes) => new Date(begin + minutes * 60_000)),
  late: fc.boolean(),
  /** What the person does with an offer, and after how many hours. */
  answer: fc.constantFrom('take', 'decline', 'nothing'),
  after: fc.integer({ min: 0, max: 30 }),
})

test('the list runs down to the last person in simulated time, in order, and never overbooks', () => {
  fc.assert(
    fc.property(fc.array(queued, { maxLength: 40 }), fc.integer({ min: 0, max: 8 }), (persons, places) => {
      const room = { places, byHand: false }
      const start = new Date(begin + 200 * 24 * hour)
      let all: Queued[] = persons.map((one, n) => ({
        ...one,
        id: String(n).padStart(3, '0'),
        state: 'waiting' as const,
        offeredUntil: null,
        confirmUntil: null,
      }))
      const asked: string[] = []
      for (let now = begin + 12 * hour; now < start.getTime(); now += hour) {
        const moves = runList(room, start, all, new Date(now))
        asked.push(...moves.offer.map(({ id }) => id))
        all = all.map((one, n) => {
          const until = moves.offer.find(({ id }) => id === one.id)?.until
          if (until) return { ...one, state: 'offered' as const, offeredUntil: until }
          if (moves.lapse.includes(one.id))
            return { ...one, state: 'lapsed' as const, offeredUntil: null, confirmUntil: null }
          const { answer, after } = persons[n]!
          if (one.state !== 'offered' || answer === 'nothing') return one
          const since = one.offeredUntil!.getTime() - 24 * hour
          if (now < since + after * hour) return one
          return { ...one, state: answer === 'take' ? ('confirmed' as const) : ('withdrawn' as const) }
        })
        expect(taken(all)).toBeLessThanOrEqual(places)
      }
      const order = all.filter(({ late }) => !late).toSorted(inOrder)
      expect(asked).toEqual(order.slice(0, asked.length).map(({ id }) => id))
      // Nobody who could have had a place still waits, unless all places are taken.
      const left = all.filter(({ state, late }) => state === 'waiting' && !late)
      if (left.length > 0) expect(taken(all)).toBe(places)
      expect(all.filter(({ late, state }) => late && state !== 'waiting')).toEqual([])
    }),
    { numRuns: 60 },
  )
})

test('positions are those of the order, one each, and only of those who wait', () => {
  fc.assert(
    fc.property(fc.array(queued, { minLength: 1, maxLength: 20 }), (persons) => {
      const all = persons.map((one, n): Queued => ({
        ...one,
        id: String(n).padStart(3, '0'),
        state: n % 3 === 0 ? 'confirmed' : 'waiting',
        offeredUntil: null,
        confirmUntil: null,
      }))
      const positions = all.flatMap((one) => positionOf(all, one.id) ?? [])
      expect(positions.toSorted((a, b) => a - b)).toEqual(
        all.filter(({ state }) => state === 'waiting').map((_, n) => n + 1),
      )
    }),
  )
})

test('by hand nobody is offered anything, and after the start neither', () => {
  const one: Queued = {
    id: 'a',
    state: 'waiting',
    rank: 0,
    receivedAt: new Date(begin),
    late: false,
    offeredUntil: null,
    confirmUntil: null,
  }
  const start = startsAt(conference)
  expect(runList({ places: 5, byHand: true }, start, [one], new Date(begin)).offer).toEqual([])
  expect(runList({ places: 5, byHand: false }, start, [one], start).offer).toEqual([])
  expect(runList({ places: 5, byHand: false }, start, [one], new Date(begin)).offer).toHaveLength(1)
})
