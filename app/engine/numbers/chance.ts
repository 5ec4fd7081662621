/**
 * Seeded random numbers (splitmix32 into a 32-bit state): the same seed gives the same numbers on every machine. Not for
 * secrets.
 */
export class Chance {
  #state: number
  constructor(seed: number) {
    this.#state = seed >>> 0
  }
  /** A whole number from 0 to `below` - 1; `below` at most 2^31. */
  below(below: number): number {
    this.#state = (this.#state + 0x9e3779b9) >>> 0
    let z = this.#state
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad)
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97)
    return Math.floor((((z ^ (z >>> 15)) >>> 0) / 2 ** 32) * below)
  }
  /** Shuffles in place (Fisher & Yates). */
  shuffle(values: Int32Array): void {
    for (let i = values.length - 1; i > 0; i--) {
      const j = this.below(i + 1)
      const held = values[i]!
      values[i] = values[j]!
      values[j] = held
    }
  }
}
