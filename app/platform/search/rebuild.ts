import type { Log } from '../log/index.ts'
import type { Tenants, TenantTx } from '../tenancy/index.ts'
import { isBuilt, markBuilt } from './tokens.ts'

/** One kind of record that search finds: which there are, and how one of them is made findable. */
export interface Findable {
  readonly all: (tx: TenantTx) => Promise<string[]>
  readonly index: (tx: TenantTx, id: string) => Promise<void>
}

const batch = 200
const pause = 60_000

/**
 * Makes the search index anew wherever it was lost: the tables are unlogged, so they are empty after a crash and
 * after a restore. Looks at the start and once a minute; until it is done, search says so.
 */
export class SearchKeeper {
  readonly #tenants: Tenants
  readonly #findables: readonly Findable[]
  readonly #log: Log
  #timer: NodeJS.Timeout | undefined
  #round: Promise<void> | undefined

  constructor(tenants: Tenants, findables: readonly Findable[], log: Log) {
    this.#tenants = tenants
    this.#findables = findables
    this.#log = log
  }

  start(): void {
    const look = () => {
      this.#round ??= this.rebuild()
        .catch((error: unknown) => this.#log.warn({ err: error }, 'the search index waits'))
        .finally(() => (this.#round = undefined))
    }
    look()
    this.#timer = setInterval(look, pause)
    this.#timer.unref()
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer)
    await this.#round
  }

  async rebuild(): Promise<void> {
    for (const { id } of await this.#tenants.municipalities()) {
      if (await this.#in(id, isBuilt)) continue
      for (const findable of this.#findables) await this.#make(id, findable)
      await this.#in(id, markBuilt)
    }
  }

  async #make(municipality: number, { all, index }: Findable): Promise<void> {
    const ids = await this.#in(municipality, all)
    for (let done = 0; done < ids.length; done += batch) {
      await this.#in(municipality, async (tx) => {
        for (const id of ids.slice(done, done + batch)) await index(tx, id)
      })
    }
  }

  #in<T>(municipality: number, work: (tx: TenantTx) => Promise<T>): Promise<T> {
    return this.#tenants.inTenant({ municipality, who: { kind: 'program', name: 'search' } }, work)
  }
}
