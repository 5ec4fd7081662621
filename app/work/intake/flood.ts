const hour = 3_600_000
/** Nobody waits longer, whatever comes in: the door slows, it does not shut. */
const longest = 120_000

/**
 * Slows the door when very many reports come at once. Who asks is the hash of the hour that a visit carries; it and
 * what is counted here stand in memory only.
 */
export class FloodGate {
  /** Per client and per municipality: until when what it handed in would take at the allowed pace, milliseconds. */
  #paidUntil = new Map<string, number>()
  #since = 0

  /**
   * When a report may be handed in, in milliseconds from `now`; 0 is at once. `perMinute` is what one client may hand
   * in unhindered, all together three times as much.
   */
  turn(town: string, client: string, perMinute: number, now: number): number {
    if (now - this.#since >= hour) {
      this.#paidUntil = new Map()
      this.#since = now
    }
    return this.#pace(`${town} ${client}`, perMinute, now) || this.#pace(town, perMinute * 3, now)
  }

  /** Whether more than usual is coming in, from everywhere together: look-alikes are folded then. */
  flooding(town: string, perMinute: number, now: number): boolean {
    const ahead = (this.#paidUntil.get(town) ?? 0) - now
    return ahead > (20_000 / perMinute) * (perMinute - 1)
  }

  /** Everybody has one minute's worth in hand; beyond it each report takes its share of a minute. */
  #pace(who: string, perMinute: number, now: number): number {
    const before = Math.max(this.#paidUntil.get(who) ?? 0, now)
    const after = Math.min(before + 60_000 / perMinute, now + 60_000 + longest)
    this.#paidUntil.set(who, after)
    return Math.max(0, Math.ceil(after - now - 60_000))
  }
}

/** The one gate of this process. */
export const floodGate = new FloodGate()
