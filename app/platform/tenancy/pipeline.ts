import { CompiledQuery, Kysely, PostgresDialect, type ConnectionProvider, type DatabaseConnection } from 'kysely'
import type { Pool } from 'pg'
import type { Tables } from '../db/tables.ts'
import { preparing } from './prepared.ts'

/**
 * One connection for the length of one transaction. Kysely's own provider lets a statement wait for the answer to the
 * one before; here several may be under way, and the database answers them in the order in which they were asked.
 */
class OneTransaction implements ConnectionProvider {
  readonly #connection: DatabaseConnection
  #over = false

  constructor(connection: DatabaseConnection) {
    this.#connection = connection
  }

  /** Refuses whoever comes too late: the connection may by then be inside another municipality. */
  async provideConnection<T>(consumer: (connection: DatabaseConnection) => Promise<T>): Promise<T> {
    if (this.#over) throw new Error('a statement came after the end of its transaction')
    return consumer(this.#connection)
  }

  close(): void {
    this.#over = true
  }
}

export class Pipelined {
  readonly db: Kysely<Tables>
  readonly #parts

  constructor(pool: Pool) {
    const dialect = new PostgresDialect({ pool: preparing(pool) })
    this.db = new Kysely<Tables>({ dialect })
    this.#parts = { config: { dialect }, dialect, driver: dialect.createDriver() }
  }

  /**
   * A transaction that starts with `opening`. Its first statements are sent without waiting for the answer to that:
   * should it fail, they fail or – no settings, no rows – see nothing, and nothing is committed.
   */
  async transaction<T>(opening: string, work: (db: Kysely<Tables>) => Promise<T>): Promise<T> {
    const pooled = this.db.getExecutor()
    return pooled.provideConnection(async (connection) => {
      const one = new OneTransaction(connection)
      const run = (statement: string) => connection.executeQuery(CompiledQuery.raw(statement))
      const begun = run(opening)
      begun.catch(() => undefined)
      try {
        const executor = pooled.withConnectionProvider(one)
        const result = await work(new Kysely<Tables>({ ...this.#parts, executor }))
        await begun
        one.close()
        await run('commit')
        return result
      } catch (error) {
        one.close()
        // A lost connection cannot roll back, and need not; the first error is the one that tells.
        await run('rollback').catch(() => undefined)
        throw error
      }
    })
  }
}
