import { Client } from 'pg'
import { subscriptions } from '#app/subscriptions.ts'
import { lettersOf, retainedOf, slices, timedOf } from '#app/slices.ts'
import { startSession } from '#platform/auth/index.ts'
import { asRole } from '#platform/db/prepare.ts'
import { Courier } from '#platform/facts/index.ts'
import { formToken, hiddenFields } from '#platform/forms/index.ts'
import { silentLog } from '#platform/log/index.ts'
import { Postman, type Posting } from '#platform/mail/index.ts'
import { dateKeys, destroyRound } from '#platform/retention/index.ts'
import type { Who } from '#platform/tenancy/index.ts'
import { readingsUntil } from '#work/model/index.ts'
import { program, type Towns } from './town.ts'
import { programOver } from './web.ts'

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g

/** A random once key in a form, and a random question to a device, are differences that tell nothing. */
const random = /(name="_(?:once|token)" value|name="sealed" value|(?<=deed="\w+" )options)="[^"]*"/g

/** One of two worlds that differ in one thing: what can be fetched, what is mailed, what lies in the database. */
export class Twin {
  readonly towns: Towns
  /** Ids of before the worlds parted: the same in both. */
  readonly #shared: ReadonlySet<string>
  readonly #app: ReturnType<typeof programOver>
  readonly #courier: Courier
  readonly #tokens = new Map<string, string>()
  readonly mails: string[] = []

  constructor(towns: Towns, shared: ReadonlySet<string>) {
    this.towns = towns
    this.#shared = shared
    this.#app = programOver(towns)
    this.#courier = new Courier(towns.tenants, subscriptions, silentLog)
  }

  at: Towns['at'] = (work, who) => this.towns.at(work, who)

  /** Lets the clock go on; what is told and mailed by then has arrived. */
  async later(ms: number): Promise<void> {
    const half = () => (this.towns.clock.now = new Date(this.towns.clock.now.getTime() + ms / 2))
    half()
    await this.settle()
    half()
  }

  async settle(): Promise<void> {
    await this.#courier.deliver()
    await this.#courier.deliver()
    const { tenants } = this.towns
    const transport = {
      send: async ({ to, subject, text }: Posting) => {
        this.mails.push(this.alike(`${to}\n${subject}\n${text}`))
        return { state: 'accepted', reply: 250 } as const
      },
      close: () => undefined,
    }
    const origin = 'https://b.example'
    await new Postman({ tenants, letters: lettersOf(slices), transport, origin, log: silentLog }).deliver()
  }

  /** What the program does by itself in the morning, and what it deletes in the night before. */
  async morning(): Promise<void> {
    const { database } = this.towns
    const retained = retainedOf(slices)
    await this.at((tx) => dateKeys(tx, retained), program)
    const shred = asRole(database.config, database.name, 'shred')
    await this.at((tx) => destroyRound(tx, { shred, retained, readingsUntil }), program)
    for (const { name, handle } of timedOf(slices))
      if (/morning/iu.test(name)) await this.at(handle, { kind: 'program', name })
    await this.settle()
  }

  /** Somebody's cookie, made anew when the worlds have grown older. */
  async signIn(person: string): Promise<void> {
    this.#tokens.set(person, (await this.at((tx) => startSession(tx, person), program)).token)
  }

  /** Status, place and bytes of an answer; `who` undefined: a stranger. */
  async fetch(path: string, who?: string, init: RequestInit = {}): Promise<string> {
    const cookie = who ? `b-lindenau=${this.#tokens.get(who)}` : ''
    const headers = { cookie, 'x-forwarded-for': '198.18.0.1', ...(init.headers as Record<string, string>) }
    const answer = await this.#app.request(`http://localhost${path}`, { ...init, headers })
    const body = Buffer.from(await answer.arrayBuffer()).toString('latin1')
    const named = ['location', 'content-type', 'content-disposition', 'etag'].map((name) => answer.headers.get(name))
    return this.alike([answer.status, ...named, body].join('\n'))
  }

  /** The same for an empty form of a page of ours. */
  post(path: string, who: string): Promise<string> {
    const { tenants, clock } = this.towns
    const token = formToken(tenants.installation.derive('form-token'), this.#tokens.get(who)!, 'form', clock.now)
    const body = new URLSearchParams({ [hiddenFields.token]: token })
    return this.fetch(path, who, { method: 'POST', body, headers: { origin: 'http://localhost' } })
  }

  /** Without what is random in every world: ids of later are counted as they appear. */
  alike(text: string): string {
    const later = new Map<string, string>()
    const counted = (id: string) => {
      if (this.#shared.has(id)) return id
      if (!later.has(id)) later.set(id, `#${later.size + 1}`)
      return later.get(id)!
    }
    return text.replaceAll(random, '').replaceAll(uuid, counted)
  }

  /** Every row of every table as far as it can be read without a key: plain columns, and the length of the others. */
  async rows(): Promise<Record<string, string[]>> {
    const all = await tablesOf(this.towns)
    return Object.fromEntries(all.map(([name, rows]) => [name, rows.map((row) => this.#plain(row)).toSorted()]))
  }

  /** What the database stamps by its own clock is not the same twice; what the program stamps is. */
  #plain(row: string): string {
    return row
      .replaceAll(uuid, (id) => (this.#shared.has(id) ? id : '#'))
      .replaceAll(/"\\\\x([0-9a-f]*)"/g, (_, hex: string) => `"${hex.length / 2} bytes"`)
      .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{4,6}\+00:00/g, 'by the database')
  }
}

/** Every table of a town's database with its rows as JSON. */
async function tablesOf({ database }: Towns): Promise<[name: string, rows: string[]][]> {
  const client = new Client(database.config)
  await client.connect()
  const { rows: tables } = await client.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
      where schemaname not in ('pg_catalog', 'information_schema') order by 1`,
  )
  const found: [string, string[]][] = []
  for (const { name } of tables) {
    const { rows } = await client.query<{ row: object }>(`select to_jsonb(t) as row from ${name} t`)
    found.push([name, rows.map(({ row }) => JSON.stringify(row))])
  }
  await client.end()
  return found
}

/** All ids there are in a town's database. */
export const idsIn = async (towns: Towns): Promise<Set<string>> =>
  new Set((await tablesOf(towns)).flatMap(([, rows]) => rows.join('').match(uuid) ?? []))

export const person = (id: string, ...reach: string[]): Extract<Who, { kind: 'person' }> =>
  ({ kind: 'person', id, reach: ['own', ...reach] }) as Extract<Who, { kind: 'person' }>
