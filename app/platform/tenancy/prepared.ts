import { createHash } from 'node:crypto'
import type { PostgresPool, PostgresPoolClient } from 'kysely'
import type { Pool, PoolClient } from 'pg'

/** Lists of varying length make ever new texts; beyond so many, a statement goes unprepared. */
const most = 500
const names = new Map<string, string | undefined>()

/** Stands in a statement whose best plan depends on its values (how frequent is this word?): it is never prepared. */
export const plannedAnew = '/* planned anew */'

/** For the rest of the transaction. */
const asValuesTell = 'set local plan_cache_mode = force_custom_plan'

/** One name for one text, the same in every connection. */
function nameOf(text: string): string | undefined {
  if (names.has(text) || names.size >= most) return names.get(text)
  const hash = () => createHash('sha256').update(text).digest('base64url').slice(0, 20)
  const name = text.includes(plannedAnew) ? undefined : hash()
  names.set(text, name)
  return name
}

/** A migration changed a table while a connection had statements prepared on it. */
const outdated = new Set(['0A000', '26000'])

type Stream = NodeJS.WritableStream & { cork(): void; uncork(): void; writableCorked: number }

/** What is asked in one turn of the program leaves in one write: of a page's time, a quarter went into writes. */
function together(client: PoolClient): void {
  const { stream } = (client as unknown as { connection: { stream: Stream } }).connection
  if (stream.writableCorked > 0) return
  stream.cork()
  process.nextTick(() => stream.uncork())
}

function prepare(client: PoolClient): PostgresPoolClient {
  let stale = false
  // While somebody holds it, a connection that is lost tells nobody but its own query – unless heard, it ends the program.
  client.on('error', () => (stale = true))
  const query = async (text: string, values: readonly unknown[]): Promise<unknown> => {
    together(client)
    // `begin` with its settings has no parameters, and several statements cannot be prepared as one.
    if (values.length === 0) return client.query(text)
    if (text.includes(plannedAnew)) client.query(asValuesTell).catch(() => undefined)
    try {
      return await client.query({ name: nameOf(text), text, values: [...values] })
    } catch (error) {
      stale ||= outdated.has((error as { code?: string }).code ?? '')
      throw error
    }
  }
  const release = (destroy?: boolean) => client.release(destroy || stale)
  return { query, release } as unknown as PostgresPoolClient
}

/**
 * A pool whose statements are parsed and planned once per connection, not at each request: planning under row-level
 * security costs the database as much as running. A connection with outdated statements is thrown away.
 *
 * The plan knows no values. A constant in the condition of an index (`where step_kind <> 'closed'`) is therefore written
 * out with `sql.lit()`; as a value the index would not be used.
 */
export function preparing(pool: Pool): PostgresPool {
  const made = new WeakMap<PoolClient, PostgresPoolClient>()
  return {
    options: pool.options,
    connect: async () => {
      const client = await pool.connect()
      const prepared = made.get(client) ?? prepare(client)
      made.set(client, prepared)
      return prepared
    },
    end: () => pool.end(),
  }
}
