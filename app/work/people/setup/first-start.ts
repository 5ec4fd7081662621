import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

const lifetime = 30 * 60_000
const hash = (token: string) => createHash('sha256').update(token).digest()

/**
 * The one link that may set a fresh installation up: 128 bits, half an hour, once. It lives in memory only; a start
 * makes a new one for as long as there is no municipality.
 */
export class FirstStart {
  #hash: Buffer | undefined
  #until = 0
  #taken = false

  /** Makes the link's secret. Shown once, on the console of whoever started the program. */
  begin(now: number): string {
    const token = randomBytes(16).toString('base64url')
    this.#hash = hash(token)
    this.#until = now + lifetime
    return token
  }

  /** Set-up has not happened yet: every other page answers "not set up". */
  get waiting(): boolean {
    return this.#hash !== undefined
  }

  admits(token: string, now: number): boolean {
    return this.#hash !== undefined && now < this.#until && timingSafeEqual(hash(token), this.#hash)
  }

  /** The one attempt at a time that founds; two forms sent at once must not found two municipalities. */
  take(): boolean {
    const free = this.waiting && !this.#taken
    this.#taken = true
    return free
  }

  /** It failed: whoever sits there may try again. */
  giveBack(): void {
    this.#taken = false
  }

  done(): void {
    this.#hash = undefined
  }
}
