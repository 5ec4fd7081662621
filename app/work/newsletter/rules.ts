import type { SubscriberState } from './tables.ts'

export const limits = {
  /** Confirmation mails to one address in one calendar day. */
  mailsPerDay: 3,
  /** How long a confirmation link works, in ms. */
  confirmWithin: 72 * 3600_000,
  /** After so many days a request nobody confirmed is erased. */
  unconfirmedDays: 7,
  /** So many returned mails of passing reasons in a row end a subscription. */
  softReturns: 5,
} as const

/** What a request leads to. `nothing`: this address has had its mails for today. */
export function answerTo(state: SubscriberState, mailedToday: number): 'confirmation' | 'already' | 'nothing' {
  if (mailedToday >= limits.mailsPerDay) return 'nothing'
  return state === 'confirmed' ? 'already' : 'confirmation'
}

/** The regular limitation period: three years, counted from the end of the year. */
export const eraseProofOn = (today: string): string => `${Number(today.slice(0, 4)) + 4}-01-01`

/** One spelling for one mailbox: capitals and blanks around do not make another person. */
export const sameAddress = (address: string): string => address.trim().normalize('NFC').toLowerCase()

/**
 * What a refusal or a report of non-delivery says about an address, by its enhanced status code (RFC 3463).
 * `gone`: no such mailbox or domain. `count`: may pass. `not-theirs`: size, policy or full box, no fault of the address.
 */
export function verdictOn(status: string | null, reply: number | null): 'gone' | 'count' | 'not-theirs' {
  if (status === null) return reply === 550 || reply === 551 ? 'gone' : 'count'
  if (/^5\.1\.(1|2|6|10)$/.test(status)) return 'gone'
  if (/^5\.(2\.2|7\.\d+|3\.4)$/.test(status)) return 'not-theirs'
  return 'count'
}
