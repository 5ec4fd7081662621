import { sql } from 'kysely'
import { join } from 'node:path'
import { Installation } from '#platform/crypto/index.ts'
import { startEmbedded } from '#platform/db/embedded/index.ts'
import { asRole, prepareDatabase } from '#platform/db/prepare.ts'
import { newId } from '#platform/kernel/index.ts'
import { foundMunicipality, Tenants, type TenantTx, type Who } from '#platform/tenancy/index.ts'
import { askRelease, beginIssue, fillSome, release, saveDraft } from '#work/newsletter/commands/issue.ts'
import { placeOfAddress } from '#work/newsletter/commands/subscribe.ts'
import { addTopic } from '#work/newsletter/commands/topics.ts'
import { draft } from '#work/newsletter/schema.ts'
import { folderFor } from './server.ts'

const program: Who = { kind: 'program', name: 'bench' }
const person = (id: string): Who => ({ kind: 'person', id, reach: ['own'] })
const domains = ['gmx.example', 'web.example', 'gmail.example', 't-online.example', 'posteo.example']

/** A town with so many confirmed subscribers, in a database of its own. */
export interface ReadingTown {
  readonly app: ReturnType<typeof asRole>
  readonly key: string
  readonly topic: string
  at<T>(work: (tx: TenantTx) => Promise<T>, who?: Who): Promise<T>
  /** An issue of about 15 KB as a mail, released; everybody stands in the ledger. Returns its id. */
  issue(): Promise<string>
  stop(): Promise<void>
}

async function subscribers(tx: TenantTx, topic: string, from: number, count: number): Promise<void> {
  const keys = []
  const rows = []
  for (let n = from; n < from + count; n++) {
    const id = newId()
    const { key, wrapped } = tx.keys.newKey('newsletter')
    const address = `leserin.${n}@${domains[n % domains.length]}`
    keys.push({ id: key.id, class: 'newsletter', record_id: id, wrapped })
    rows.push({
      id,
      address: tx.keys.seal<'newsletter'>(key, placeOfAddress(id), address),
      address_token: tx.lookup('newsletter-address', address),
      key_id: key.id,
      state: 'confirmed' as const,
      language: 'de',
      topics: [topic],
      request: newId(),
      token_until: tx.now,
      requested_at: tx.now,
      confirmed_at: tx.now,
      ended_at: null,
      erase_on: null,
    })
  }
  await tx.db.insertInto('platform.record_key').values(keys).execute()
  await tx.db.insertInto('newsletter.subscriber').values(rows).execute()
}

const sentence =
  'Anwohnende und Jugendliche haben für den Platz am Brunnen gemeinsam Zeiten vereinbart, die für alle passen. '
const blocks = Array.from({ length: 12 }, (_, n) => [
  { kind: 'heading', level: 2, text: `Nachricht ${n + 1}` },
  {
    kind: 'paragraph',
    text: `${sentence.repeat(4)}Mehr steht auf der [Seite zu Nachricht ${n + 1}](https://lindenau.example/n/${n}).`,
  },
]).flat()

export async function readingTown(count: number): Promise<ReadingTown> {
  const folder = folderFor('newsletter')
  const server = await startEmbedded({ dataDir: join(folder, 'postgres') })
  const admin = { host: server.host, port: server.port, user: server.superuser, database: 'postgres' }
  await prepareDatabase(admin, 'besonnen')
  const key = join(folder, 'key')
  Installation.create(key)
  const installation = Installation.read(key, [])
  const owner = asRole(admin, 'besonnen', 'owner')
  const town = await foundMunicipality(owner, installation, {
    slug: 'lindenau',
    name: 'Lindenau',
    kind: 'independent-city',
  })
  const app = asRole(admin, 'besonnen', 'app')
  const tenants = new Tenants({ app, installation })
  const at: ReadingTown['at'] = (work, who = program) => tenants.inTenant({ municipality: town, who }, work)
  const topic = await at((tx) => addTopic(tx, { name: 'Alles', nameEn: '', reach: 'town' }))
  for (let done = 0; done < count; done += 1_000)
    await at((tx) => subscribers(tx, topic, done, Math.min(1_000, count - done)))
  const [author, second] = [person(newId()), person(newId())]
  await at((tx) => sql`analyze newsletter.subscriber`.execute(tx.db).catch(() => undefined)).catch(() => undefined)
  return {
    app,
    key,
    topic,
    at,
    issue: async () => {
      const id = await at((tx) => beginIssue(tx), author)
      await at((tx) => saveDraft(tx, id, 1, draft.parse({ subject: `Ausgabe ${id}`, topics: topic, blocks })), author)
      const fault = await at((tx) => askRelease(tx, id, null), author)
      if (fault) throw new Error(`not released: ${fault}`)
      await at((tx) => release(tx, id), second)
      while (await at((tx) => fillSome(tx, id)));
      return id
    },
    stop: async () => {
      await tenants.close()
      await server.stop()
    },
  }
}
