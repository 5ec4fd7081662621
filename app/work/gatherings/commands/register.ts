import { recordAll } from '#platform/audit/index.ts'
import { insertMany } from '#platform/db/index.ts'
import { newId } from '#platform/kernel/index.ts'
import { queueMails } from '#platform/mail/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { closesAt, confirmUntil, endsAt, seatFor } from '../rules.ts'
import { needKeptDays, oneSpelling, type NewRegistration } from '../schema.ts'
import { addDays, berlinDay } from '#platform/kernel/index.ts'
import { remindConfirmed, rulesOf } from './reminders.ts'
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
  const hashes = all.map(({ one }) => mailHash(tx, gathering, one.mail))
  // Under way together: what is counted is counted behind the lock.
  const [row, present, before, rules] = await Promise.all([
    lockGathering(tx, gathering),
    known(tx, gathering, hashes),
    counts(tx, gathering),
    rulesOf(tx, gathering),
  ])
  const ends = endsAt(whenOf(row))
  const inside = all.map(({ receivedAt }) => row.state === 'announced' && receivedAt < ends)
  const candidates = all.map((each, n) => ({ ...each, hash: hashes[n]! })).filter((_, n) => inside[n])
  const seen = new Set(present.keys())
  const fresh = candidates.filter(({ hash }) => {
    const first = !seen.has(hash.toString('hex'))
    seen.add(hash.toString('hex'))
    return first
  })
  if (fresh.length > 0) await write(tx, { row, rules }, seated(tx, row, fresh, before))
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

const keyColumns = { id: 'uuid', class: 'text', record_id: 'uuid', wrapped: 'bytea', destroy_on: 'date' } as const
const columns = {
  id: 'uuid',
  gathering_id: 'uuid',
  state: 'text',
  rank: 'int',
  late: 'boolean',
  received_at: 'timestamptz',
  confirm_until: 'timestamptz',
  language: 'text',
  key_id: 'uuid',
  name: 'bytea',
  mail: 'bytea',
  answers: 'bytea',
  mail_hash: 'bytea',
} as const
const needColumns = {
  registration_id: 'uuid',
  gathering_id: 'uuid',
  reader: 'text',
  key_id: 'uuid',
  name: 'bytea',
  need: 'bytea',
  delete_on: 'date',
} as const

/** Everything in two goes: what belongs to a registration follows it. */
async function write(
  tx: TenantTx,
  { row: gathering, rules }: { row: GatheringRow; rules: Awaited<ReturnType<typeof rulesOf>> },
  made: ReturnType<typeof seated>,
): Promise<void> {
  const rows = made.map(({ row }) => row)
  const needs = made.flatMap(({ need }) => need ?? [])
  const confirmed = rows.filter(({ state }) => state === 'confirmed')
  await Promise.all([
    insertMany(
      'platform.record_key',
      keyColumns,
      made.flatMap(({ keys }) => keys),
    ).execute(tx.db),
    insertMany('gatherings.registration', columns, rows).execute(tx.db),
    recordAll(
      tx,
      'registered',
      rows.map(({ id }) => `registration:${id}`),
    ),
    tx.db
      .updateTable('gatherings.gathering')
      .set({ last_received_at: rows.at(-1)!.received_at })
      .where('id', '=', gathering.id)
      .execute(),
    queueMails(
      tx,
      rows.map(({ id, state, confirm_until }) => ({
        kind: confirm_until ? 'gatherings.confirm' : `gatherings.${state}`,
        once: `${id} registered`,
        thing: `registration:${id}`,
        priority: 'alert',
      })),
    ),
  ])
  await Promise.all([
    ...(needs.length > 0 ? [insertMany('gatherings.need', needColumns, needs).execute(tx.db)] : []),
    remindConfirmed(tx, gathering, rules, confirmed),
  ])
}
