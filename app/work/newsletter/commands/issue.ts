import { sql } from 'kysely'
import { record } from '#platform/audit/index.ts'
import { enqueue, type JobHandlers } from '#platform/jobs/index.ts'
import { newId, NotAllowed, StaleEdit } from '#platform/kernel/index.ts'
import { batchState, pauseBatch, queueMail, queueMails, resumeBatch, type WriteLetter } from '#platform/mail/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import type { Block } from '../blocks.ts'
import { barriers } from '../check.ts'
import type { Draft } from '../schema.ts'
import type { IssueState } from '../tables.ts'
import { render } from '../render/mail.ts'
import { issueById, type Issue } from '../queries/issues.ts'
import { editionOf, thingOf } from './issueLetters.ts'
import { picturesFor, picturesIn } from './pictures.ts'
import { townOf } from './confirmLetters.ts'

/** How many mails are put into the ledger in one go. */
const step = 1_000

const whoIs = (tx: TenantTx): string => {
  if (tx.who.kind !== 'person') throw new NotAllowed('issue', { hidden: false })
  return tx.who.id
}

/** Loads an issue for changing it; throws where it is not in one of these states. */
async function inState(tx: TenantTx, id: string, ...states: IssueState[]): Promise<Issue> {
  const row = await tx.db.selectFrom('newsletter.issue').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  if (!row) throw new NotAllowed('issue', { hidden: true })
  if (!states.includes(row.state)) throw new NotAllowed(`issue that is ${row.state}`, { hidden: false })
  return row
}

const set = (tx: TenantTx, id: string, values: Partial<Omit<Issue, 'blocks' | 'municipality_id'>>) =>
  tx.db
    .updateTable('newsletter.issue')
    .set({ ...values, changed_at: tx.now })
    .where('id', '=', id)
    .execute()

/** An empty draft. Returns its id. */
export async function beginIssue(tx: TenantTx, subject = ''): Promise<string> {
  const id = newId()
  await tx.db
    .insertInto('newsletter.issue')
    .values({
      id,
      number: null,
      subject,
      language: 'de',
      topics: [],
      blocks: '[]',
      state: 'draft',
      author_id: whoIs(tx),
      asked_by: null,
      released_by: null,
      send_at: null,
      begun_at: null,
      finished_at: null,
      after_id: null,
      changed_at: tx.now,
    })
    .execute()
  await record(tx, 'begun', `issue:${id}`)
  return id
}

/** Keeps what was typed. Throws StaleEdit when somebody else was quicker. An asked release has to be asked anew. */
export async function saveDraft(
  tx: TenantTx,
  id: string,
  rendered: number,
  draft: Omit<Draft, 'blocks'> & { readonly blocks: readonly Block[] },
): Promise<void> {
  const row = await inState(tx, id, 'draft', 'asked')
  if (row.version !== rendered) throw new StaleEdit(rendered, row.version)
  const { subject, language, topics, blocks } = draft
  await tx.db
    .updateTable('newsletter.issue')
    .set({
      subject,
      language,
      topics: [...topics],
      blocks: JSON.stringify(blocks),
      version: row.version + 1,
      state: 'draft',
      asked_by: null,
      changed_at: tx.now,
    })
    .where('id', '=', id)
    .execute()
  const used = picturesIn(blocks)
  let unused = tx.db.deleteFrom('newsletter.picture').where('issue_id', '=', id)
  if (used.length > 0) unused = unused.where('id', 'not in', used)
  await unused.execute()
  await record(tx, 'edited', `issue:${id}`)
}

/** The issue to one's own mailbox. Returns false where that has been done with this version already. */
export async function sendTest(tx: TenantTx, id: string): Promise<boolean> {
  const row = await inState(tx, id, 'draft', 'asked', 'scheduled')
  const person = whoIs(tx)
  const once = `${id} ${row.version} ${person} ${Math.floor(tx.now.getTime() / 60_000)}`
  return queueMail(tx, { kind: 'newsletter.test', once, person, thing: `issue:${id}` })
}

export const testLetter: WriteLetter = async (tx, { thing }, origin) => {
  const issue = await issueById(tx, thing?.slice('issue:'.length) ?? '')
  if (!issue) return undefined
  const town = await townOf(tx)
  const edition = render(editionOf(issue, town, origin), 'de')
  const own = { settings: `${origin}/${town.slug}/newsletter`, leave: `${origin}/${town.slug}/newsletter` }
  const pictures = await picturesFor(tx, issue.id)
  return { subject: issue.subject, html: edition.html(own), text: edition.text(own), pictures }
}

export type ReleaseFault = 'barriers' | 'topics' | 'past' | 'self'

/** Asks a second person to release it, at once or at a time. Returns what speaks against it. */
export async function askRelease(tx: TenantTx, id: string, sendAt: Date | null): Promise<ReleaseFault | undefined> {
  const row = await inState(tx, id, 'draft')
  if (row.topics.length === 0) return 'topics'
  if (barriers(row.subject, row.blocks).length > 0) return 'barriers'
  if (sendAt && sendAt < tx.now) return 'past'
  await set(tx, id, { state: 'asked', asked_by: whoIs(tx), send_at: sendAt })
  await record(tx, 'asked', `issue:${id}`)
  return undefined
}

/** The second person says yes; never whoever asked. Sending begins at once or at the set time. */
export async function release(tx: TenantTx, id: string): Promise<ReleaseFault | undefined> {
  const row = await inState(tx, id, 'asked')
  const person = whoIs(tx)
  if (person === row.asked_by) return 'self'
  await set(tx, id, { state: 'scheduled', released_by: person })
  await record(tx, 'released', `issue:${id}`)
  if (!row.send_at || row.send_at <= tx.now) await beginSending(tx, id)
  return undefined
}

/** Back to the author: also what was scheduled, as long as it has not begun. */
export async function takeBack(tx: TenantTx, id: string): Promise<void> {
  await inState(tx, id, 'asked', 'scheduled')
  await set(tx, id, { state: 'draft', asked_by: null, released_by: null, send_at: null })
  await record(tx, 'taken-back', `issue:${id}`)
}

async function beginSending(tx: TenantTx, id: string): Promise<void> {
  const { last } = await tx.db
    .selectFrom('newsletter.issue')
    .select((eb) => eb.fn.max('number').as('last'))
    .executeTakeFirstOrThrow()
  await set(tx, id, { state: 'sending', number: (last ?? 0) + 1, begun_at: tx.now })
  await enqueue(tx, 'newsletter.fill', { issue: id }, { key: `fill:${id}` })
}

/** Puts the next thousand mails into the ledger. True while there are more. Twice is once: the ledger knows its own. */
export async function fillSome(tx: TenantTx, id: string): Promise<boolean> {
  const row = await inState(tx, id, 'sending', 'paused', 'stopped', 'sent')
  if (row.filled || row.state === 'stopped') return false
  const readers = await tx.db
    .selectFrom('newsletter.subscriber')
    .select('id')
    .where('state', '=', 'confirmed')
    .where(sql<boolean>`topics && ${row.topics}::uuid[]`)
    .$if(row.after_id !== null, (query) => query.where('id', '>', row.after_id!))
    .orderBy('id')
    .limit(step)
    .execute()
  const queued = await queueMails(
    tx,
    readers.map((reader) => ({
      kind: 'newsletter.issue',
      once: `${id} ${reader.id}`,
      thing: thingOf(id, reader.id),
      priority: 'bulk',
      batch: id,
      traceable: true,
      at: row.begun_at ?? tx.now,
    })),
  )
  if (row.state === 'paused') await pauseBatch(tx, id)
  const more = readers.length === step
  await set(tx, id, {
    after_id: readers.at(-1)?.id ?? row.after_id,
    recipients: row.recipients + queued,
    filled: !more,
  })
  return more
}

export const fillJobs: JobHandlers = {
  'newsletter.fill': async (tx, { issue = '' }) => {
    if (await fillSome(tx, issue)) await enqueue(tx, 'newsletter.fill', { issue })
  },
}

/** Issues whose mails are not all in the ledger yet. */
export async function owed(tx: TenantTx): Promise<void> {
  const rows = await tx.db
    .selectFrom('newsletter.issue')
    .select('id')
    .where('state', 'in', ['sending', 'paused'])
    .where('filled', '=', false)
    .execute()
  for (const { id } of rows) await enqueue(tx, 'newsletter.fill', { issue: id }, { key: `fill:${id}` })
}

/** Every minute: begins what is due, one issue at a time, and closes what has left altogether. */
export async function minuteRound(tx: TenantTx): Promise<void> {
  const rows = await tx.db
    .selectFrom('newsletter.issue')
    .select(['id', 'state', 'send_at', 'filled'])
    .where('state', 'in', ['scheduled', 'sending'])
    .orderBy('send_at')
    .execute()
  const due = rows.find(({ state, send_at }) => state === 'scheduled' && send_at && send_at <= tx.now)
  if (due) await beginSending(tx, due.id)
  for (const { id } of rows.filter(({ state, filled }) => state === 'sending' && filled)) {
    const { ready = 0, claimed = 0, deferred = 0 } = await batchState(tx, id)
    if (ready + claimed + deferred === 0) await set(tx, id, { state: 'sent', finished_at: tx.now })
  }
}

/** Nothing more leaves until it is resumed; what is on the line arrives. */
export async function pause(tx: TenantTx, id: string): Promise<void> {
  await inState(tx, id, 'sending')
  await set(tx, id, { state: 'paused' })
  await pauseBatch(tx, id)
  await record(tx, 'paused', `issue:${id}`)
}

export async function resume(tx: TenantTx, id: string): Promise<void> {
  await inState(tx, id, 'paused')
  await set(tx, id, { state: 'sending' })
  await resumeBatch(tx, id)
  await record(tx, 'resumed', `issue:${id}`)
}

/** For good: whoever has not got it gets none, and the archive forgets it. */
export async function stop(tx: TenantTx, id: string): Promise<void> {
  await inState(tx, id, 'sending', 'paused')
  await set(tx, id, { state: 'stopped', finished_at: tx.now })
  await resumeBatch(tx, id)
  await record(tx, 'stopped', `issue:${id}`)
}
