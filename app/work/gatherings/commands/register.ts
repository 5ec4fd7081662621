import { entryOf } from '#platform/audit/index.ts'
import { newId } from '#platform/kernel/index.ts'
import { queueMails } from '#platform/mail/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { closesAt, confirmUntil, endsAt, seatFor } from '../rules.ts'
import { needKeptDays, oneSpelling, type NewRegistration } from '../schema.ts'
import { addDays, berlinDay } from '#platform/kernel/index.ts'
import { remind } from './reminders.ts'
import { counts, lockGathering, roomOf, seal, whenOf, type GatheringRow } from './store.ts'

/** The same address at the same gathering, whatever its spelling; at another gathering it looks different. */
const mailHash = (tx: TenantTx, gathering: string, mail: string): Buffer =>
  tx.keys.token('gathering-mail', `${gathering}\0${oneSpelling(mail)}`)

/** Whether anybody may still register; after the deadline only for the list of latecomers. */
export const registrationOpen = (row: GatheringRow, now: Date): boolean =>
  row.state === 'announced' && now < endsAt(whenOf(row))

function sealed(tx: TenantTx, row: GatheringRow, one: NewRegistration) {
  const id = newId()
  const made = tx.keys.newKey('participant')
  const need = one.need && row.ask_needs && row.needs_reader ? tx.keys.newKey('access-need') : undefined
  const delete_on = addDays(row.on_day, needKeptDays)
  return {
    id,
    keys: [
      { id: made.key.id, class: made.key.class, record_id: id, wrapped: made.wrapped, destroy_on: row.delete_on },
      ...(need
        ? [{ id: need.key.id, class: need.key.class, record_id: id, wrapped: need.wrapped, destroy_on: delete_on }]
        : []),
    ],
    columns: {
      key_id: made.key.id,
      name: seal<'participant'>(tx, made.key, ['registration', 'name', id], one.name),
      mail: seal<'participant'>(tx, made.key, ['registration', 'mail', id], one.mail),
      answers:
        one.answers.length > 0
          ? seal<'participant'>(tx, made.key, ['registration', 'answers', id], JSON.stringify(one.answers))
          : null,
    },
    need: need && {
      registration_id: id,
      gathering_id: row.id,
      reader: row.needs_reader!,
      key_id: need.key.id,
      name: seal<'access-need'>(tx, need.key, ['need', 'name', id], one.name),
      need: seal<'access-need'>(tx, need.key, ['need', 'need', id], one.need),
      delete_on,
    },
  }
}

/** One who came before another has the earlier moment, also within a millisecond. */
const later = (moment: Date, than: Date | null) => (than && moment <= than ? new Date(than.getTime() + 1) : moment)

type Candidate = { readonly one: NewRegistration; readonly receivedAt: Date; readonly hash: Buffer }

/** Who is registered already under the same address: told by mail only. */
async function known(tx: TenantTx, gathering: string, hashes: readonly Buffer[]): Promise<Map<string, string>> {
  const rows = await tx.db
    .selectFrom('gatherings.registration')
    .select(['id', 'mail_hash'])
    .where('gathering_id', '=', gathering)
    .where('mail_hash', 'in', [...hashes])
    .where('ended_on', 'is', null)
    .execute()
  return new Map(rows.map((row) => [row.mail_hash.toString('hex'), row.id]))
}

/** Puts each in its seat, in order, without writing anything. */
function seated(
  tx: TenantTx,
  row: GatheringRow,
  fresh: readonly Candidate[],
  before: { held: number; waiting: number },
) {
  let { held, waiting } = before
  let last = row.last_received_at
  const closes = closesAt(row.deadline)
  return fresh.map(({ one, receivedAt, hash }) => {
    const late = receivedAt >= closes
    const state = seatFor(roomOf(row), held, waiting, late)
    if (state === 'confirmed') held += 1
    else if (!late) waiting += 1
    last = later(receivedAt, last)
    const { columns, ...rest } = sealed(tx, row, one)
    const rank = Math.min(one.rank, Math.max(0, row.priority_groups.length - 1))
    return {
      ...rest,
      row: {
        ...columns,
        id: rest.id,
        gathering_id: row.id,
        state,
        rank,
        late,
        received_at: last,
        confirm_until: row.confirm_mail ? confirmUntil(last, endsAt(whenOf(row))) : null,
        language: one.language,
        mail_hash: hash,
      },
    }
  })
}

/**
 * Registers all of these in the order given, in one go: hundreds at the same moment cost a few statements. Says of each
 * whether registration was open; that is the same for whoever is registered already, only the mail tells.
 */
export async function registerAll(
  tx: TenantTx,
  gathering: string,
  all: readonly { readonly one: NewRegistration; readonly receivedAt: Date }[],
): Promise<boolean[]> {
  const row = await lockGathering(tx, gathering)
  const ends = endsAt(whenOf(row))
  const inside = all.map(({ receivedAt }) => row.state === 'announced' && receivedAt < ends)
  const candidates = all
    .filter((_, n) => inside[n])
    .map((each) => ({ ...each, hash: mailHash(tx, gathering, each.one.mail) }))
  if (candidates.length === 0) return inside
  const present = await known(
    tx,
    gathering,
    candidates.map(({ hash }) => hash),
  )
  const seen = new Set(present.keys())
  const fresh = candidates.filter(({ hash }) => {
    const first = !seen.has(hash.toString('hex'))
    seen.add(hash.toString('hex'))
    return first
  })
  if (fresh.length > 0) await write(tx, row, seated(tx, row, fresh, await counts(tx, gathering)))
  const again = new Set(candidates.flatMap(({ hash }) => present.get(hash.toString('hex')) ?? []))
  await queueMails(
    tx,
    [...again].map((id) => ({
      kind: 'gatherings.already',
      once: `${id} ${berlinDay(tx.now)}`,
      thing: `registration:${id}`,
      priority: 'alert',
    })),
  )
  return inside
}

async function write(tx: TenantTx, { id: gathering }: GatheringRow, made: ReturnType<typeof seated>): Promise<void> {
  await tx.db
    .insertInto('platform.record_key')
    .values(made.flatMap(({ keys }) => keys))
    .execute()
  await tx.db
    .insertInto('gatherings.registration')
    .values(made.map(({ row }) => row))
    .execute()
  const needs = made.flatMap(({ need }) => need ?? [])
  if (needs.length > 0) await tx.db.insertInto('gatherings.need').values(needs).execute()
  await tx.db
    .updateTable('gatherings.gathering')
    .set({ last_received_at: made.at(-1)!.row.received_at })
    .where('id', '=', gathering)
    .execute()
  await remind(
    tx,
    gathering,
    made.filter(({ row }) => row.state === 'confirmed').map(({ id }) => id),
  )
  await tx.db
    .insertInto('platform.audit_entry')
    .values(made.map(({ id }) => entryOf(tx, 'registered', `registration:${id}`)))
    .execute()
  await queueMails(
    tx,
    made.map(({ id, row }) => ({
      kind: row.confirm_until ? 'gatherings.confirm' : `gatherings.${row.state}`,
      once: `${id} registered`,
      thing: `registration:${id}`,
      priority: 'alert',
    })),
  )
}
