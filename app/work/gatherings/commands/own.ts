import { timingSafeEqual } from 'node:crypto'
import { record } from '#platform/audit/index.ts'
import { berlinDay } from '#platform/kernel/index.ts'
import { queueMail } from '#platform/mail/index.ts'
import { livingKey, recordKey, type TenantTx } from '#platform/tenancy/index.ts'
import { endsAt } from '../rules.ts'
import { moveList } from './list.ts'
import { remind } from './reminders.ts'
import { lockGathering, reveal, seal, whenOf, type GatheringRow, type RegistrationRow } from './store.ts'

const macOf = (tx: TenantTx, id: string) => tx.keys.token('gathering-link', id).subarray(0, 16)

/** The secret in somebody's own link: which registration, and the proof that we made the link. Kept nowhere. */
export const linkToken = (tx: TenantTx, id: string): string =>
  Buffer.concat([Buffer.from(id.replaceAll('-', ''), 'hex'), macOf(tx, id)]).toString('base64url')

/** Which registration a link names; undefined for one that is not from us. */
export function readToken(tx: TenantTx, token: string): string | undefined {
  if (!/^[\w-]{43}$/.test(token)) return undefined
  const bytes = Buffer.from(token, 'base64url')
  const hex = bytes.toString('hex', 0, 16)
  const id = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
  return timingSafeEqual(bytes.subarray(16), macOf(tx, id)) ? id : undefined
}

export interface Own {
  readonly row: RegistrationRow
  readonly gathering: GatheringRow
  readonly name: string
  readonly mail: string
  readonly answers: readonly string[]
}

/** A registration with its gathering, opened. Undefined once the data have been deleted. */
export async function opened(tx: TenantTx, id: string): Promise<Own | undefined> {
  const row = await tx.db.selectFrom('gatherings.registration').selectAll().where('id', '=', id).executeTakeFirst()
  const key = row && (await recordKey(tx, row.key_id))
  if (!row || !key) return undefined
  const gathering = await tx.db
    .selectFrom('gatherings.gathering')
    .selectAll()
    .where('id', '=', row.gathering_id)
    .executeTakeFirstOrThrow()
  return {
    row,
    gathering,
    name: reveal(tx, key, ['registration', 'name', id], row.name),
    mail: reveal(tx, key, ['registration', 'mail', id], row.mail),
    answers: row.answers ? JSON.parse(reveal(tx, key, ['registration', 'answers', id], row.answers)) : [],
  }
}

/** Which version of her invitation is the newest. */
export const sequenceOf = ({ row, gathering }: Pick<Own, 'row' | 'gathering'>): number =>
  row.sequence + gathering.sequence

/** The registration of somebody's own link. */
export async function own(tx: TenantTx, token: string): Promise<Own | undefined> {
  const id = readToken(tx, token)
  return id === undefined ? undefined : opened(tx, id)
}

/** Name and answers may be changed as long as the gathering is not over. */
export async function changeOwn(tx: TenantTx, token: string, name: string, answers: readonly string[]): Promise<void> {
  const found = await held(tx, token)
  if (!found) return
  const { id, key_id, sequence } = found.row
  const key = await livingKey(tx, key_id)
  await tx.db
    .updateTable('gatherings.registration')
    .set({
      name: seal<'participant'>(tx, key, ['registration', 'name', id], name),
      answers: seal<'participant'>(tx, key, ['registration', 'answers', id], JSON.stringify(answers)),
      sequence: sequence + 1,
    })
    .where('id', '=', id)
    .execute()
  await record(tx, 'changed', `registration:${id}`)
}

/** Under the lock of its gathering; undefined when it has ended or the gathering is over. */
async function held(tx: TenantTx, token: string): Promise<Own | undefined> {
  const id = readToken(tx, token)
  const before = id === undefined ? undefined : await opened(tx, id)
  if (!before) return undefined
  await lockGathering(tx, before.gathering.id)
  const found = await opened(tx, before.row.id)
  return found && found.row.ended_on === null && tx.now < endsAt(whenOf(found.gathering)) ? found : undefined
}

/** Gives the place back, or leaves the list; the next in order is asked at once. Doing it twice changes nothing. */
export async function withdraw(tx: TenantTx, token: string): Promise<void> {
  const found = await held(tx, token)
  if (!found) return
  const { id, state, sequence } = found.row
  await tx.db
    .updateTable('gatherings.registration')
    .set({ state: 'withdrawn', offered_until: null, ended_on: berlinDay(tx.now), sequence: sequence + 1 })
    .where('id', '=', id)
    .execute()
  await tx.db.deleteFrom('gatherings.reminder').where('registration_id', '=', id).execute()
  await tx.db.deleteFrom('gatherings.need').where('registration_id', '=', id).execute()
  await record(tx, 'withdrew', `registration:${id}`)
  await queueMail(tx, {
    kind: state === 'confirmed' ? 'gatherings.withdrawn' : 'gatherings.left',
    once: `${id} withdrawn`,
    thing: `registration:${id}`,
    priority: 'alert',
  })
  await moveList(tx, found.gathering.id)
}

/** The address is hers. What she has, the usual letter says. Doing it twice changes nothing. */
export async function confirmMail(tx: TenantTx, token: string): Promise<void> {
  const found = await held(tx, token)
  if (!found || found.row.confirm_until === null || found.row.confirm_until <= tx.now) return
  const { id, state } = found.row
  await tx.db.updateTable('gatherings.registration').set({ confirm_until: null }).where('id', '=', id).execute()
  await record(tx, 'confirmed', `registration:${id}`)
  await queueMail(tx, {
    kind: state === 'confirmed' ? 'gatherings.confirmed' : 'gatherings.waiting',
    once: `${id} registered`,
    thing: `registration:${id}`,
    priority: 'alert',
  })
  await moveList(tx, found.gathering.id)
}

/** Takes the place offered. False when the offer has run out meanwhile. */
export async function acceptOffer(tx: TenantTx, token: string): Promise<boolean> {
  const found = await held(tx, token)
  if (!found) return false
  const { id, state, offered_until: until } = found.row
  if (state === 'confirmed') return true
  if (state !== 'offered' || until === null || until <= tx.now) return false
  await tx.db
    .updateTable('gatherings.registration')
    .set({ state: 'confirmed', offered_until: null })
    .where('id', '=', id)
    .execute()
  await record(tx, 'accepted', `registration:${id}`)
  await remind(tx, found.gathering.id, [id])
  await queueMail(tx, {
    kind: 'gatherings.confirmed',
    once: `${id} accepted`,
    thing: `registration:${id}`,
    priority: 'alert',
  })
  return true
}
