import { Client, type ClientConfig } from 'pg'

/** What the shredder has to know of the records of one municipality. */
export interface Due {
  readonly municipality: number
  /** Calendar day `YYYY-MM-DD`: what is due on it or before goes. */
  readonly today: string
  /** Retention class → kind of record, for the proofs. */
  readonly kinds: Readonly<Record<string, string>>
  /** Records that stood in no list, and so stand in no count of what was deleted. */
  readonly quiet: readonly string[]
}

const batch = 2_000

/** One transaction as the role besonnen_shred, which may do nothing but destroy keys and blank old readings. */
async function asShredder<T>(
  shred: ClientConfig,
  municipality: number,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const client = new Client(shred)
  await client.connect()
  try {
    await client.query('begin')
    await client.query(`select set_config('app.municipality', $1, true)`, [String(municipality)])
    const done = await work(client)
    await client.query('commit')
    return done
  } finally {
    // Ends what is still open by rolling it back.
    await client.end()
  }
}

const destroy = `
  with due as (
    select id from platform.record_key where destroy_on <= $1 and not held order by destroy_on, id limit ${batch}
  ), gone as (
    delete from platform.record_key k using due where k.id = due.id
      returning k.municipality_id, k.id, k.class, k.record_id
  )
  insert into platform.deletion_proof (municipality_id, key_id, class, kind, record_id, destroyed_on, quiet)
    select g.municipality_id, g.id, g.class, coalesce($2::jsonb ->> g.class, g.class), g.record_id, $1, g.record_id = any ($3::uuid[])
      from gone g`

/** Destroys every key that is due and not held, each with its proof in the same transaction. Returns how many. */
export async function destroyDue(shred: ClientConfig, { municipality, today, kinds, quiet }: Due): Promise<number> {
  for (let all = 0; ;) {
    const { rowCount } = await asShredder(shred, municipality, (client) =>
      client.query(destroy, [today, JSON.stringify(kinds), [...quiet]]),
    )
    all += rowCount ?? 0
    if ((rowCount ?? 0) < batch) return all
  }
}

/**
 * Blanks who read what before a moment; the entries' macs stay in their seals. Returns the number of the newest seal
 * in which something was blanked, undefined when nothing was.
 */
export async function blankReadings(
  shred: ClientConfig,
  municipality: number,
  before: Date,
): Promise<number | undefined> {
  const { rows } = await asShredder(shred, municipality, (client) =>
    client.query<{ seal: number }>(
      `update platform.audit_entry set who = '', thing = '' where lane = 'staff' and seal is not null and who <> ''
         and verb = any ($1) and at < $2 returning seal`,
      [readings, before],
    ),
  )
  return rows.length === 0 ? undefined : rows.reduce((newest, { seal }) => Math.max(newest, seal), 0)
}

/** Verbs of entries that say only that somebody looked. */
const readings: readonly string[] = [
  'opened',
  'read',
  'listed',
  'searched',
  'compared',
  'contacts-opened',
  'contacts-searched',
  'original-opened',
]
