import { createHmac, randomBytes } from 'node:crypto'

const window = 15 * 60_000
const free = 5
const most = 10_000

/**
 * Slows guessing down: after five failures within a quarter of an hour a key waits, each time twice as long. Keys
 * are hashed with a salt that lives in memory only, so that nothing here tells who tried.
 */
export class Attempts {
  readonly #salt = randomBytes(32)
  readonly #failures = new Map<string, { count: number; last: number }>()

  /** Milliseconds to wait before the next try; 0 when it may be made. */
  wait(now: number, ...keys: string[]): number {
    return Math.max(0, ...keys.map((key) => this.#waitFor(now, this.#hash(key))))
  }

  failed(now: number, ...keys: string[]): void {
    for (const key of keys.map((one) => this.#hash(one))) {
      const before = this.#failures.get(key)
      const count = before && now - before.last < window ? before.count + 1 : 1
      this.#failures.delete(key)
      this.#failures.set(key, { count, last: now })
    }
    if (this.#failures.size > most) this.#failures.delete(this.#failures.keys().next().value ?? '')
  }

  succeeded(...keys: string[]): void {
    for (const key of keys) this.#failures.delete(this.#hash(key))
  }

  #waitFor(now: number, key: string): number {
    const found = this.#failures.get(key)
    if (!found || found.count < free || now - found.last >= window) return 0
    const pause = Math.min(window, 15_000 * 2 ** (found.count - free))
    return Math.max(0, found.last + pause - now)
  }

  #hash(key: string): string {
    return createHmac('sha256', this.#salt).update(key).digest('base64')
  }
}
