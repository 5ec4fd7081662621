import type { Tenants, TenantTx, Who } from '#platform/tenancy/index.ts'
import { decide } from '#work/intake/commands/decide.ts'
import { newReport, receiveReport } from '#work/intake/index.ts'
import { modelInForce, stepOfKind } from '#work/model/index.ts'
import { carrying } from '#work/cases/near/carry.ts'
import { personsOf } from '../persons.ts'

export const hour = 3600_000

/** Who acts in a story, and with which roles. */
interface Part {
  readonly who: Who
  readonly roles: readonly string[]
}

/** The invented days before the demo begins: the clock is set back and everything happens through real commands. */
export class Storyteller {
  readonly #tenants: Tenants
  readonly #municipality: number
  readonly #slug: string
  readonly #clock: { now: Date }

  constructor(tenants: Tenants, clock: { now: Date }, municipality: number, slug: string) {
    this.#tenants = tenants
    this.#clock = clock
    this.#municipality = municipality
    this.#slug = slug
  }

  /** The same clock in another municipality; undefined where the demo has none of that name. */
  async neighbour(slug: string): Promise<Storyteller | undefined> {
    const town = (await this.#tenants.municipalities()).find((one) => one.slug === slug)
    return town && new Storyteller(this.#tenants, this.#clock, town.id, slug)
  }

  get municipality(): number {
    return this.#municipality
  }

  /** What the queue brings to the other municipality, at once: the story goes on there. */
  async carry(task: string, guest: string): Promise<void> {
    const elsewhere = <T>(municipality: number, work: (tx: TenantTx) => Promise<T>) =>
      this.#tenants.inTenant({ municipality, who: { kind: 'program', name: task } }, work)
    const after = await elsewhere(this.#municipality, (tx) => carrying[task]!(tx, { guest }))
    await after?.(elsewhere)
  }

  as(name: string): Part {
    const person = personsOf(this.#slug).find((one) => one.name === name)
    if (!person) throw new Error(`nobody is called ${name}`)
    return { who: { kind: 'person', id: person.id, reach: ['own', 'reports', 'cases'] }, roles: person.roles }
  }

  /** So many days before today, at this hour. */
  at(days: number, hours: number): this {
    const now = new Date()
    now.setHours(hours, 20, 0, 0)
    this.#clock.now = new Date(Math.min(now.getTime() - days * 24 * hour, Date.now()))
    return this
  }

  do<T>(part: Part | undefined, work: (tx: TenantTx) => Promise<T>): Promise<T> {
    return this.#tenants.inTenant({ municipality: this.#municipality, who: part?.who ?? { kind: 'public' } }, work)
  }

  /** A resident reports through the public door. */
  report(observed: string, more: object = {}): Promise<string> {
    return this.do(undefined, async (tx) => (await receiveReport(tx, newReport.parse({ observed, ...more }))).id)
  }

  /** Somebody takes one of the ways the model offers, by the kind of its step. Returns the case it opened. */
  async decide(
    part: Part,
    report: string,
    kind: Parameters<typeof stepOfKind>[1],
    more: object = {},
  ): Promise<string | undefined> {
    const done = await this.do(part, async (tx) =>
      decide(tx, part.roles, report, { to: stepOfKind(await modelInForce(tx), kind).id, version: 1, ...more }),
    )
    if (done.missing.length > 0)
      throw new Error(`the story forgot: ${done.missing.map(({ field }) => field).join(', ')}`)
    return 'caseId' in done ? done.caseId : undefined
  }
}
