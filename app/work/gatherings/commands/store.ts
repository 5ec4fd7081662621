import type { RecordKey, Sealed } from '#platform/crypto/index.ts'
import { NotAllowed } from '#platform/kernel/index.ts'
import { recordKey, type TenantTx } from '#platform/tenancy/index.ts'
import type { Selectable } from 'kysely'
import type { Tables } from '#platform/db/tables.ts'
import type { Room } from '../meetings/provider.ts'
import type { Queued } from '../rules.ts'
import '../tables.ts'

export type GatheringRow = Selectable<Tables['gatherings.gathering']>
export type RegistrationRow = Selectable<Tables['gatherings.registration']>

type Where = readonly [
  table: 'gathering' | 'registration' | 'need' | 'feedback' | 'service' | 'file',
  column: string,
  row: string,
]
const place = ([table, column, row]: Where) => ({ table: `gatherings.${table}`, column, row })

export const seal = <K extends string>(tx: TenantTx, key: RecordKey, where: Where, text: string): Sealed<K> =>
  tx.keys.seal<K>(key, place(where), text)
export const reveal = <K extends string>(tx: TenantTx, key: RecordKey, where: Where, sealed: Sealed<K>): string =>
  tx.keys.reveal(key, place(where), sealed)

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** One gathering by id. Undefined when there is none. */
const gatheringById = async (tx: TenantTx, id: string): Promise<GatheringRow | undefined> =>
  uuid.test(id)
    ? tx.db.selectFrom('gatherings.gathering').selectAll().where('id', '=', id).executeTakeFirst()
    : undefined

/** The same, for a page that must not be there otherwise. */
export async function theGathering(tx: TenantTx, id: string): Promise<GatheringRow> {
  const found = await gatheringById(tx, id)
  if (!found) throw new NotAllowed('gathering', { hidden: true })
  return found
}

/** Whoever gives or takes places holds the gathering until the commit: that alone excludes overbooking. */
export async function lockGathering(tx: TenantTx, id: string): Promise<GatheringRow> {
  const row = await tx.db
    .selectFrom('gatherings.gathering')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw new NotAllowed('gathering', { hidden: true })
  return row
}

export const whenOf = ({ on_day: day, from_time: from, until_time: until, deadline }: GatheringRow) => ({
  day,
  from,
  until,
  deadline,
})
export const roomOf = ({ places, by_hand: byHand }: GatheringRow) => ({ places, byHand })

/** Everybody who has, is offered or waits for a place. */
export async function queueOf(tx: TenantTx, gathering: string): Promise<Queued[]> {
  const rows = await tx.db
    .selectFrom('gatherings.registration')
    .select([
      'id',
      'state',
      'rank',
      'received_at as receivedAt',
      'late',
      'offered_until as offeredUntil',
      'confirm_until as confirmUntil',
      'attended_at as attendedAt',
    ])
    .where('gathering_id', '=', gathering)
    .where('state', 'in', ['confirmed', 'waiting', 'offered'])
    .execute()
  // Whoever stands at the door is somebody, whatever her address.
  return rows.map(({ attendedAt, ...row }) => (attendedAt ? { ...row, confirmUntil: null } : row))
}

/** How many have, are offered, or wait for a place. */
export async function counts(tx: TenantTx, gathering: string): Promise<{ held: number; waiting: number }> {
  const rows = await tx.db
    .selectFrom('gatherings.registration')
    .select((eb) => ['state', 'late', eb.fn.countAll<number>().as('count')])
    .where('gathering_id', '=', gathering)
    .where('state', 'in', ['confirmed', 'waiting', 'offered'])
    .groupBy(['state', 'late'])
    .execute()
  const sum = (test: (row: (typeof rows)[number]) => boolean) =>
    rows.filter(test).reduce((total, { count }) => total + Number(count), 0)
  return {
    held: sum(({ state }) => state !== 'waiting'),
    waiting: sum(({ state, late }) => state === 'waiting' && !late),
  }
}

/** The way into the room and what to mind. */
export interface Way {
  /** The address of the room, letter by letter as it was given. */
  readonly room: string
  readonly dialIn: string
  readonly passcode: string
  readonly instructions: string
}

/** A fixed room is kept as its address, one a service made as JSON. */
export async function revealRoom(tx: TenantTx, row: GatheringRow): Promise<Way> {
  const key = row.room || row.instructions ? await recordKey(tx, row.content_key) : undefined
  const instructions =
    key && row.instructions ? reveal(tx, key, ['gathering', 'instructions', row.id], row.instructions) : ''
  const kept = key && row.room ? reveal(tx, key, ['gathering', 'room', row.id], row.room) : ''
  if (!kept.startsWith('{')) return { room: kept, dialIn: '', passcode: '', instructions }
  const { joinUrl, dialIn = '', passcode = '' } = JSON.parse(kept) as Room
  return { room: joinUrl, dialIn, passcode, instructions }
}
