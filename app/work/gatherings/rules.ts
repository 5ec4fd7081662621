import { addDays, atBerlin, startOfBerlinDay } from '#platform/kernel/index.ts'

const hour = 3_600_000

/** When something takes place: a day in Berlin and two times on its clocks; the moments are derived. */
export interface When {
  /** `YYYY-MM-DD` */
  readonly day: string
  /** `HH:MM` */
  readonly from: string
  readonly until: string
}

export const startsAt = ({ day, from }: When): Date => atBerlin(day, from)
export const endsAt = ({ day, until }: When): Date => atBerlin(day, until)

/** The first moment at which it is too late: a deadline includes its whole day, summer time or not. */
export const closesAt = (deadline: string): Date => startOfBerlinDay(addDays(deadline, 1))

/** What received at this moment is in time. */
export const inTime = (deadline: string, received: Date): boolean => received < closesAt(deadline)

export type Seat = 'confirmed' | 'waiting' | 'offered' | 'lapsed' | 'withdrawn' | 'refused'

/** What decides about the order of the waiting list. */
export interface Queued {
  readonly id: string
  readonly state: Seat
  /** Which priority group, 0 first. */
  readonly rank: number
  readonly receivedAt: Date
  /** Came after the deadline: chosen by hand only. */
  readonly late: boolean
  readonly offeredUntil: Date | null
  /** Until when the address must be confirmed; null when it is, or need not be. */
  readonly confirmUntil: Date | null
}

export interface Room {
  /** Null: as many as come. */
  readonly places: number | null
  /** The organiser chooses by hand; nobody gets a place or an offer otherwise. */
  readonly byHand: boolean
}

/** Priority group, moment of receipt, id. */
export const inOrder = (a: Queued, b: Queued): number =>
  Number(a.late) - Number(b.late) ||
  a.rank - b.rank ||
  a.receivedAt.getTime() - b.receivedAt.getTime() ||
  (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)

/** Places given or offered. */
export const taken = (all: readonly Queued[]): number =>
  all.filter(({ state }) => state === 'confirmed' || state === 'offered').length

const freePlaces = ({ places }: Room, held: number) => (places === null ? Infinity : places - held)

/** What somebody gets who comes now, before anybody who waits is passed over. */
export function seatFor(room: Room, held: number, waiting: number, late: boolean): 'confirmed' | 'waiting' {
  if (late || room.byHand || waiting > 0) return 'waiting'
  return freePlaces(room, held) > 0 ? 'confirmed' : 'waiting'
}

/** How long an offer stands: a day; two hours once the last day has begun; never beyond the start. */
export function offerUntil(now: Date, start: Date): Date {
  const lastDay = start.getTime() - now.getTime() <= 24 * hour
  return new Date(Math.min(now.getTime() + (lastDay ? 2 : 24) * hour, start.getTime()))
}

/** How long an address may stay unconfirmed: a day, never beyond the end. */
export const confirmUntil = (now: Date, end: Date): Date => new Date(Math.min(now.getTime() + 24 * hour, end.getTime()))

export interface Moves {
  /** Offers that ran out. */
  readonly lapse: string[]
  /** Addresses nobody confirmed in time. */
  readonly unconfirmed: string[]
  readonly offer: { readonly id: string; readonly until: Date }[]
}

/** What the waiting list does by itself now: offers that ran out lapse, free places are offered to the next in order. */
export function runList(room: Room, start: Date, all: readonly Queued[], now: Date): Moves {
  const lapse = all.filter(
    ({ state, offeredUntil }) => state === 'offered' && offeredUntil !== null && offeredUntil <= now,
  )
  const unconfirmed = all.filter((one) => one.confirmUntil !== null && one.confirmUntil <= now)
  const ids = new Set([...lapse, ...unconfirmed].map(({ id }) => id))
  const rest = all.filter(({ id }) => !ids.has(id))
  const open = room.byHand || now >= start ? 0 : Math.max(0, freePlaces(room, taken(rest)))
  const next = rest.filter((one) => one.state === 'waiting' && !one.late && one.confirmUntil === null).toSorted(inOrder)
  const until = offerUntil(now, start)
  return {
    lapse: lapse.map(({ id }) => id),
    unconfirmed: unconfirmed.map(({ id }) => id),
    offer: next.slice(0, Math.min(open, next.length)).map(({ id }) => ({ id, until })),
  }
}

/** Where somebody stands in the waiting list, from 1; undefined for whoever does not wait. */
export function positionOf(all: readonly Queued[], id: string): number | undefined {
  const place = all
    .filter(({ state }) => state === 'waiting')
    .toSorted(inOrder)
    .findIndex((one) => one.id === id)
  return place < 0 ? undefined : place + 1
}

/** When a mail of a rule leaves, counted from one of three moments. */
export interface Reminding {
  readonly anchor: 'start' | 'end' | 'deadline'
  readonly side: 'before' | 'after'
  readonly amount: number
  readonly unit: 'hours' | 'days'
  /** With days: the time of day in Berlin, `HH:MM`. */
  readonly clock: string | null
  /** What becomes of it for somebody who comes when the moment has passed. */
  readonly missed: 'at-once' | 'drop'
}

/** "7 days before at 09:00" is nine o'clock by the clocks, whatever the season does in between. */
export function momentOf(rule: Reminding, at: When & { readonly deadline: string }): Date {
  const sign = rule.side === 'before' ? -1 : 1
  const anchor =
    rule.anchor === 'start' ? startsAt(at) : rule.anchor === 'end' ? endsAt(at) : new Date(closesAt(at.deadline))
  if (rule.unit === 'hours') return new Date(anchor.getTime() + sign * rule.amount * hour)
  const day = rule.anchor === 'deadline' ? at.deadline : at.day
  const clock = rule.clock ?? (rule.anchor === 'end' ? at.until : at.from)
  return atBerlin(addDays(day, sign * rule.amount), clock)
}

/**
 * When this person's mail is due, its rule's moment given; undefined when it is dropped. `since`: when she became part
 * of the audience.
 */
export function dueFor({ missed }: Reminding, moment: Date, since: Date): Date | undefined {
  if (moment >= since) return moment
  return missed === 'at-once' ? since : undefined
}

/** Feedback opens at the end and closes after a fortnight. */
export const feedbackOpen = (at: When, now: Date): boolean =>
  now >= endsAt(at) && now < startOfBerlinDay(addDays(at.day, 15))

/** Fewer answers could be told apart. */
export const leastAnswers = 5
