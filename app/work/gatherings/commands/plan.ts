import { record } from '#platform/audit/index.ts'
import { tell } from '#platform/facts/index.ts'
import { berlinDay, newId } from '#platform/kernel/index.ts'
import { queueMails } from '#platform/mail/index.ts'
import { addKey, recordKey, type TenantTx } from '#platform/tenancy/index.ts'
import { modelInForce } from '#work/model/index.ts'
import { proceedingsPublished } from '../facts.ts'
import { whatIsMissing, type Missing } from '../announcing.ts'
import { type Basics, type Point, type Question, type Material } from '../schema.ts'
import { publishFiles } from './files.ts'
import { moveList } from './list.ts'
import { addDefaultRules, remind } from './reminders.ts'
import { askForRoom } from './room.ts'
import { counts, lockGathering, revealRoom, seal, type GatheringRow } from './store.ts'

/** "Abschlusskonferenz des Netzwerks" → "abschlusskonferenz-des-netzwerks"; a long one ends with a whole word. */
export function slugOf(title: string): string {
  const slug = title
    .toLowerCase()
    .replaceAll('ä', 'ae')
    .replaceAll('ö', 'oe')
    .replaceAll('ü', 'ue')
    .replaceAll('ß', 'ss')
    .normalize('NFKD')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
  const short = slug.length > 60 ? slug.slice(0, 60).replace(/-[^-]*$/, '') : slug
  return short || 'veranstaltung'
}

/** First parts of addresses below /veranstaltungen that are pages of their own. */
const reserved = ['anmeldung', 'verwalten', 'rueckmeldung', 'kalender']

export async function freeSlug(tx: TenantTx, title: string): Promise<string> {
  const wish = slugOf(title)
  const rows = await tx.db.selectFrom('gatherings.gathering').select('slug').where('slug', 'like', `${wish}%`).execute()
  const used = new Set([...rows.map(({ slug }) => slug), ...reserved])
  for (let n = 1; ; n++) {
    const slug = n === 1 ? wish : `${wish}-${n}`
    if (!used.has(slug)) return slug
  }
}

const columnsOf = (basics: Basics) => ({
  kind: basics.kind,
  title: basics.title,
  summary: basics.summary,
  on_day: basics.day,
  from_time: basics.from,
  until_time: basics.until,
  deadline: basics.deadline,
  places: basics.places,
  by_hand: basics.byHand,
  confirm_mail: basics.confirmMail,
  delete_on: basics.deleteOn,
  listed: basics.listed,
  place: basics.place,
  online: basics.online,
})

/** A new gathering, seen by staff only until it is announced. Returns its id. */
export async function planGathering(tx: TenantTx, basics: Basics): Promise<string> {
  const id = newId()
  const key = await addKey(tx, 'room', id)
  const { verbs } = await modelInForce(tx)
  await tx.db
    .insertInto('gatherings.gathering')
    .values({
      ...columnsOf(basics),
      needs_reader: [...verbs].find(([, may]) => may.has('gatherings.manage'))?.[0] ?? null,
      id,
      slug: await freeSlug(tx, basics.title),
      content_key: key.id,
      room: basics.room ? seal(tx, key, ['gathering', 'room', id], basics.room) : null,
      instructions: basics.instructions ? seal(tx, key, ['gathering', 'instructions', id], basics.instructions) : null,
      changed_at: tx.now,
    })
    .execute()
  await addDefaultRules(tx, id, basics.online !== null)
  await record(tx, 'planned', `gathering:${id}`)
  return id
}

/** Changes that people with a place must hear of. */
const visible = ['title', 'on_day', 'from_time', 'until_time', 'place', 'online'] as const

/**
 * Changes the basics. Places below those given are refused by `readBasics`; here they are asked once more under the
 * lock, because somebody may have registered meanwhile. Returns the number of places held then, or undefined: done.
 */
export async function changeGathering(tx: TenantTx, id: string, basics: Basics): Promise<number | undefined> {
  const before = await lockGathering(tx, id)
  const { held } = await counts(tx, id)
  if (basics.places !== null && basics.places < held) return held
  // Of a gathering long past the way into its room is gone; a new day begins it anew.
  const key = (await recordKey(tx, before.content_key)) ?? (await addKey(tx, 'room', id))
  const was = await revealRoom(tx, before)
  const columns = columnsOf(basics)
  const keepsRoom = basics.online !== 'fixed' && basics.online === before.online
  const room = keepsRoom ? was.room : basics.room
  const told = visible.some((name) => columns[name] !== before[name]) || room !== was.room
  await tx.db
    .updateTable('gatherings.gathering')
    .set({
      ...columns,
      content_key: key.id,
      ...(!keepsRoom && { room: room ? seal<'room'>(tx, key, ['gathering', 'room', id], room) : null }),
      instructions: basics.instructions ? seal(tx, key, ['gathering', 'instructions', id], basics.instructions) : null,
      changed_at: tx.now,
      sequence: before.sequence + (told ? 1 : 0),
      version: before.version + 1,
    })
    .where('id', '=', id)
    .execute()
  await record(tx, 'changed', `gathering:${id}`)
  if (before.state === 'announced' && told && basics.online === 'teams') await askForRoom(tx, id)
  if (before.state === 'announced') await afterChange(tx, id, told ? before.sequence + 1 : undefined)
  return undefined
}

/** Waiting list and reminders follow; everybody with a place gets the new date as an update of the invitation. */
async function afterChange(tx: TenantTx, id: string, sequence: number | undefined): Promise<void> {
  await moveList(tx, id)
  await remind(tx, id)
  if (sequence !== undefined) await writeToAll(tx, id, 'changed', `changed ${sequence}`)
}

/** The same letter to everybody who has or is offered a place. */
async function writeToAll(tx: TenantTx, id: string, what: 'changed' | 'cancelled', once: string): Promise<void> {
  const rows = await tx.db
    .selectFrom('gatherings.registration')
    .select('id')
    .where('gathering_id', '=', id)
    .where('state', 'in', what === 'changed' ? ['confirmed', 'offered'] : ['confirmed', 'offered', 'waiting'])
    .execute()
  await queueMails(
    tx,
    rows.map((row) => ({ kind: `gatherings.${what}`, once: `${row.id} ${once}`, thing: `registration:${row.id}` })),
  )
}

export interface Parts {
  readonly programme?: readonly Point[]
  readonly translations?: GatheringRow['translations']
  readonly questions?: readonly Question[]
  readonly groups?: readonly string[]
  readonly askNeeds?: boolean
  readonly needsReader?: string | null
  readonly materials?: readonly Material[]
  readonly proceedings?: string | null
}

const json = (value: unknown) => (value === undefined ? undefined : JSON.stringify(value))

/** What stands around the basics: programme, translations, questions, materials, proceedings. */
export async function changeParts(tx: TenantTx, id: string, parts: Parts): Promise<void> {
  const before = await lockGathering(tx, id)
  await tx.db
    .updateTable('gatherings.gathering')
    .set({
      programme: json(parts.programme) ?? JSON.stringify(before.programme),
      translations: json(parts.translations) ?? JSON.stringify(before.translations),
      questions: json(parts.questions) ?? JSON.stringify(before.questions),
      priority_groups: json(parts.groups) ?? JSON.stringify(before.priority_groups),
      materials: json(parts.materials) ?? JSON.stringify(before.materials),
      ask_needs: parts.askNeeds ?? before.ask_needs,
      needs_reader: parts.needsReader === undefined ? before.needs_reader : parts.needsReader,
      proceedings: parts.proceedings === undefined ? before.proceedings : parts.proceedings,
      version: before.version + 1,
    })
    .where('id', '=', id)
    .execute()
  await record(tx, 'changed', `gathering:${id}`)
}

/** From now on everybody sees it and may register. Returns what is missing instead of doing half of it. */
export async function announce(tx: TenantTx, id: string): Promise<Missing[]> {
  const before = await lockGathering(tx, id)
  const missing = whatIsMissing(before, tx.now)
  if (missing.length > 0 || before.state !== 'draft') return missing
  await tx.db
    .updateTable('gatherings.gathering')
    .set({ state: 'announced', changed_at: tx.now })
    .where('id', '=', id)
    .execute()
  await record(tx, 'announced', `gathering:${id}`)
  if (before.online === 'teams') await askForRoom(tx, id)
  return []
}

/** It does not take place: everybody who registered is told, calendars strike it out. */
export async function cancelGathering(tx: TenantTx, id: string): Promise<void> {
  const before = await lockGathering(tx, id)
  if (before.state !== 'announced') return
  await tx.db
    .updateTable('gatherings.gathering')
    .set({ state: 'cancelled', sequence: before.sequence + 1, changed_at: tx.now })
    .where('id', '=', id)
    .execute()
  await record(tx, 'cancelled', `gathering:${id}`)
  await writeToAll(tx, id, 'cancelled', 'cancelled')
}

/** Materials and proceedings go public, once it is over. */
export async function publishResults(tx: TenantTx, id: string): Promise<void> {
  const row = await lockGathering(tx, id)
  if (row.state !== 'announced' || row.on_day > berlinDay(tx.now)) return
  await tx.db
    .updateTable('gatherings.gathering')
    .set({ published_on: berlinDay(tx.now) })
    .where('id', '=', id)
    .execute()
  await publishFiles(tx, id)
  await record(tx, 'published', `gathering:${id}`)
  await tell(tx, proceedingsPublished, `gathering:${id}`, {})
}
