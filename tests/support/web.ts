import { randomInt } from 'node:crypto'
import { application } from '#app/application.ts'
import { formToken, hiddenFields } from '#platform/forms/index.ts'
import { silentLog } from '#platform/log/index.ts'
import type { Towns } from './town.ts'

export interface Answer {
  readonly status: number
  readonly text: string
  /** Where a redirect leads. */
  readonly to: string | null
  readonly headers: Headers
}

type Application = ReturnType<typeof application>
type Options = Parameters<typeof application>[0]

/** The whole program over the towns' database, without a port. */
export const programOver = ({ tenants }: Towns, options: Partial<Options> = {}): Application =>
  application({
    tenants,
    log: silentLog,
    origin: 'http://localhost',
    sendsMail: true,
    // Requests come from nowhere here; each visitor names an address of her own.
    trustedProxies: [''],
    extraRoutes: [],
    first: { waiting: false },
    ...options,
  })

/** Somebody with a browser without scripts: keeps cookies, sends forms with the token of a page of ours. */
export class Visitor {
  readonly #app: Application
  readonly #towns: Towns
  readonly #cookies = new Map<string, string>()
  readonly #headers: Record<string, string>

  constructor(towns: Towns, app: Application, headers: Record<string, string> = {}) {
    this.#towns = towns
    this.#app = app
    this.#headers = { 'x-forwarded-for': `198.18.${randomInt(256)}.${randomInt(256)}`, ...headers }
  }

  cookie(name: string): string | undefined {
    return this.#cookies.get(name)
  }

  setCookie(name: string, value: string): void {
    this.#cookies.set(name, value)
  }

  get(path: string): Promise<Answer> {
    return this.#ask(path, {})
  }

  /** As a browser would: with a file among the fields the form goes as multipart. */
  post(path: string, fields: Record<string, string | File> = {}): Promise<Answer> {
    const { tenants, clock } = this.#towns
    const session = this.#cookies.get(`b-${path.split('/')[1]}`) ?? 'visitor'
    const token = formToken(tenants.installation.derive('form-token'), session, 'form', clock.now)
    const files = Object.values(fields).some((value) => typeof value !== 'string')
    const body = files ? new FormData() : new URLSearchParams()
    for (const [name, value] of Object.entries({ [hiddenFields.token]: token, ...fields }))
      body.append(name, value as string)
    return this.#ask(path, { method: 'POST', body })
  }

  async #ask(path: string, init: RequestInit): Promise<Answer> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = { origin: 'http://localhost', cookie, ...this.#headers }
    const response = await this.#app.request(`http://localhost${path}`, { ...init, headers })
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (name && value) this.#cookies.set(name, value)
      else if (name) this.#cookies.delete(name)
    }
    return {
      status: response.status,
      text: await response.text(),
      to: response.headers.get('location'),
      headers: response.headers,
    }
  }
}
