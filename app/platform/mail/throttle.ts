/** How many mails one domain may get in a minute, and how many at once. */
export interface Pace {
  readonly perMinute: number
  readonly burst: number
}

/** Large providers take this from a sender they do not know; a municipality's own relay takes more. */
export const usualPace: Pace = { perMinute: 600, burst: 60 }

/**
 * Holds one domain's mails to a pace. What comes too early is told a time of its own, evenly spaced, so that nobody
 * comes in vain again and again. Kept in memory: after a restart each domain begins with its burst again.
 */
export class Throttle {
  readonly #gap: number
  readonly #burst: number
  readonly #domains = new Map<string, { next: number; told: number }>()

  constructor({ perMinute, burst }: Pace) {
    this.#gap = 60_000 / perMinute
    this.#burst = burst
  }

  /** 0 when a mail to this domain may go now, and counts as gone; otherwise how long it should wait, in ms. */
  wait(domain: string, now: number): number {
    const held = this.#domains.get(domain) ?? { next: -Infinity, told: -Infinity }
    this.#domains.set(domain, held)
    const free = Math.max(held.next, now - this.#gap * (this.#burst - 1))
    if (free <= now) {
      held.next = free + this.#gap
      return 0
    }
    if (this.#domains.size > 20_000) this.#forget(now)
    held.told = Math.max(held.told, free) + this.#gap
    return Math.ceil(held.told - now)
  }

  #forget(now: number): void {
    for (const [domain, { next, told }] of this.#domains) if (next < now && told < now) this.#domains.delete(domain)
  }
}
