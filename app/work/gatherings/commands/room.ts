import { record } from '#platform/audit/index.ts'
import { enqueue, type JobPayload } from '#platform/jobs/index.ts'
import { livingKey, type TenantTx } from '#platform/tenancy/index.ts'
import { serviceOf } from '../meetings/index.ts'
import { MeetingTrouble, type Meeting, type MeetingService, type Room, type TroubleKind } from '../meetings/provider.ts'
import { endsAt, startsAt } from '../rules.ts'
import { service } from './services.ts'
import { seal, theGathering, whenOf, type GatheringRow } from './store.ts'

/** What a video service is told. `back`: where people land who leave. */
export const meetingOf = (row: GatheringRow, back: string): Meeting => ({
  id: `besonnen-${row.id}`,
  title: row.title,
  start: startsAt(whenOf(row)),
  end: endsAt(whenOf(row)),
  back,
})

/** The service a gathering is held on. Throws MeetingTrouble when it is not set up. */
export async function serviceFor(tx: TenantTx, { online }: GatheringRow): Promise<MeetingService> {
  const found = online && online !== 'fixed' ? await service(tx, online) : undefined
  if (!found || online === null || online === 'fixed') throw new MeetingTrouble('not-set-up')
  return serviceOf(online, found.settings)
}

/** The job that makes or changes the room; after the commit of whatever made it necessary. */
export const askForRoom = (tx: TenantTx, id: string, at?: Date): Promise<void> =>
  enqueue(tx, 'gatherings.room', { gathering: id }, { key: `gathering-room:${id}`, at })

/** Rooms that are still to be made, or that waiting could have brought. */
export async function owed(tx: TenantTx): Promise<void> {
  const rows = await tx.db
    .selectFrom('gatherings.gathering')
    .select(['id', 'room_trouble'])
    .where('state', '=', 'announced')
    .where('online', 'is not', null)
    .where('online', '<>', 'fixed')
    .where((eb) => eb.or([eb('room', 'is', null), eb('room_trouble', 'is not', null)]))
    .execute()
  for (const { id, room_trouble } of rows) if (!room_trouble || again[room_trouble]) await askForRoom(tx, id)
}

/** When to ask again, in seconds; undefined: only once somebody has mended something. */
const again: Record<TroubleKind, number | undefined> = {
  // A policy takes up to half an hour to work.
  policy: 1_800,
  busy: 60,
  unreachable: 300,
  'sign-in': undefined,
  refused: undefined,
  'not-set-up': undefined,
}

/** Job: makes the room, or notes why there is none and comes again when waiting can help. */
export async function makeRoom(tx: TenantTx, { gathering = '' }: JobPayload): Promise<void> {
  const row = await theGathering(tx, gathering)
  if (row.state !== 'announced' || tx.now >= endsAt(whenOf(row))) return
  try {
    const room = await (await serviceFor(tx, row)).ensure(meetingOf(row, ''))
    await keepRoom(tx, row, room)
  } catch (error) {
    if (!(error instanceof MeetingTrouble)) throw error
    await tx.db.updateTable('gatherings.gathering').set({ room_trouble: error.kind }).where('id', '=', row.id).execute()
    const wait = error.retryAfter ?? again[error.kind]
    if (wait !== undefined) await askForRoom(tx, row.id, new Date(tx.now.getTime() + wait * 1000))
  }
}

async function keepRoom(tx: TenantTx, row: GatheringRow, room: Room | undefined): Promise<void> {
  const key = await livingKey(tx, row.content_key)
  await tx.db
    .updateTable('gatherings.gathering')
    .set({
      room_trouble: null,
      room: room ? seal<'room'>(tx, key, ['gathering', 'room', row.id], JSON.stringify(room)) : row.room,
    })
    .where('id', '=', row.id)
    .execute()
  await record(tx, 'room-made', `gathering:${row.id}`)
}
