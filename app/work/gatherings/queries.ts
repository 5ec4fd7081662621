import { recordReading } from '#platform/audit/index.ts'
import { addDays, berlinDay } from '#platform/kernel/index.ts'
import { recordKey, type TenantTx } from '#platform/tenancy/index.ts'
import { reveal, type GatheringRow, type RegistrationRow } from './commands/store.ts'
import { inOrder, leastAnswers } from './rules.ts'

/** What anybody may see: announced or cancelled gatherings from a day on, by day. */
export const publicGatherings = (tx: TenantTx, fromDay: string): Promise<GatheringRow[]> =>
  tx.db
    .selectFrom('gatherings.gathering')
    .selectAll()
    .where('state', 'in', ['announced', 'cancelled'])
    .where('listed', '=', true)
    .where('on_day', '>=', fromDay)
    .orderBy('on_day')
    .orderBy('from_time')
    .limit(200)
    .execute()

/** The other public dates of its series that are still to come, by day. */
export const laterDates = async (tx: TenantTx, row: GatheringRow): Promise<GatheringRow[]> =>
  row.series_id === null
    ? []
    : tx.db
        .selectFrom('gatherings.gathering')
        .selectAll()
        .where('series_id', '=', row.series_id)
        .where('id', '<>', row.id)
        .where('state', '=', 'announced')
        .where('on_day', '>=', berlinDay(tx.now))
        .orderBy('on_day')
        .execute()

/** The last ten that are over. */
export const pastGatherings = (tx: TenantTx, today: string): Promise<GatheringRow[]> =>
  tx.db
    .selectFrom('gatherings.gathering')
    .selectAll()
    .where('state', '=', 'announced')
    .where('listed', '=', true)
    .where('on_day', '<', today)
    .orderBy('on_day', 'desc')
    .limit(10)
    .execute()

/** A gathering by the last part of its address; drafts are not there. */
export const bySlug = (tx: TenantTx, slug: string): Promise<GatheringRow | undefined> =>
  tx.db
    .selectFrom('gatherings.gathering')
    .selectAll()
    .where('slug', '=', slug.slice(0, 80))
    .where('state', '<>', 'draft')
    .executeTakeFirst()

export interface Overview {
  readonly row: GatheringRow
  readonly confirmed: number
  readonly offered: number
  readonly waiting: number
  readonly attended: number
}

/** For the staff: coming ones by day, then those of the last year. */
export async function overviews(tx: TenantTx): Promise<Overview[]> {
  const rows = await tx.db
    .selectFrom('gatherings.gathering')
    .selectAll()
    .where('on_day', '>=', addDays(berlinDay(tx.now), -365))
    .orderBy('on_day')
    .limit(200)
    .execute()
  const found: Overview[] = []
  for (const row of rows) found.push(await overview(tx, row))
  return found
}

export async function overview(tx: TenantTx, row: GatheringRow): Promise<Overview> {
  const rows = await tx.db
    .selectFrom('gatherings.registration')
    .select((eb) => ['state', eb.fn.countAll<number>().as('count'), eb.fn.count<number>('attended_at').as('attended')])
    .where('gathering_id', '=', row.id)
    .groupBy('state')
    .execute()
  const of = (state: string) => Number(rows.find((one) => one.state === state)?.count ?? 0)
  const attended = rows.reduce((sum, one) => sum + Number(one.attended), 0)
  return { row, confirmed: of('confirmed'), offered: of('offered'), waiting: of('waiting'), attended }
}

export interface Participant extends Pick<RegistrationRow, 'id' | 'state' | 'rank' | 'late'> {
  readonly receivedAt: Date
  readonly offeredUntil: Date | null
  readonly attended: boolean
  readonly confirmUntil: Date | null
  /** Her calendar program said she does not come; she herself has not given her place back. */
  readonly declined: boolean
  readonly name: string
  readonly mail: string
  readonly answers: readonly string[]
}

const states = ['confirmed', 'offered', 'waiting', 'lapsed', 'withdrawn', 'refused']

/** Everybody who registered, opened: those with a place by name, those who wait in their order. Writes one entry. */
export async function participants(tx: TenantTx, gathering: string): Promise<Participant[]> {
  const rows = await tx.db
    .selectFrom('gatherings.registration as p')
    .innerJoin('platform.record_key as k', (join) =>
      join.onRef('k.municipality_id', '=', 'p.municipality_id').onRef('k.id', '=', 'p.key_id'),
    )
    .selectAll('p')
    .select(['k.class', 'k.wrapped'])
    .where('p.gathering_id', '=', gathering)
    .execute()
  await recordReading(tx, 'listed', `participants:${gathering}`)
  const opened = rows.map((row): Participant => {
    const key = tx.keys.open({ id: row.key_id, class: row.class, wrapped: row.wrapped })
    const text = (column: 'name' | 'mail' | 'answers') =>
      row[column] ? reveal(tx, key, ['registration', column, row.id], row[column]) : ''
    const { id, state, rank, late, received_at: receivedAt, offered_until: offeredUntil } = row
    const answers = JSON.parse(text('answers') || '[]') as string[]
    return {
      id,
      state,
      rank,
      late,
      receivedAt,
      offeredUntil,
      attended: row.attended_at !== null,
      declined: row.calendar_answer === 'declined' && row.ended_on === null,
      confirmUntil: row.ended_on === null ? row.confirm_until : null,
      name: text('name'),
      mail: text('mail'),
      answers,
    }
  })
  return opened.toSorted(
    (a, b) =>
      states.indexOf(a.state) - states.indexOf(b.state) ||
      (a.state === 'waiting' ? inOrder(a, b) : a.name.localeCompare(b.name, 'de')),
  )
}

/** What some of them need, for the role that arranges it; nobody else sees a row. Writes one entry. */
export async function needs(tx: TenantTx, gathering: string): Promise<{ name: string; need: string; until: string }[]> {
  const rows = await tx.db.selectFrom('gatherings.need').selectAll().where('gathering_id', '=', gathering).execute()
  await recordReading(tx, 'listed', `needs:${gathering}`)
  const found: { name: string; need: string; until: string }[] = []
  for (const row of rows) {
    const key = await recordKey(tx, row.key_id)
    if (!key) continue
    const open = (column: 'name' | 'need') => reveal(tx, key, ['need', column, row.registration_id], row[column])
    found.push({ name: open('name'), need: open('need'), until: row.delete_on })
  }
  return found.toSorted((a, b) => a.name.localeCompare(b.name, 'de'))
}

const questions = ['worth', 'understood', 'heard'] as const

/** Pooled answers; below five nothing but that there are some. Remarks stand in an order that tells nothing. */
export async function feedbackResults(tx: TenantTx, gathering: string) {
  const rows = await tx.db.selectFrom('gatherings.feedback').selectAll().where('gathering_id', '=', gathering).execute()
  if (rows.length < leastAnswers) return { enough: false } as const
  const marks = questions.map((question) => {
    const given = rows.flatMap((row) => row[question] ?? [])
    const counts = [1, 2, 3, 4, 5].map((mark) => given.filter((one) => one === mark).length)
    return { question, counts, answers: given.length }
  })
  const remarks: string[] = []
  for (const row of rows.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    const key = row.key_id ? await recordKey(tx, row.key_id) : undefined
    if (key && row.remark) remarks.push(reveal(tx, key, ['feedback', 'remark', row.id], row.remark))
  }
  return { enough: true, count: rows.length, marks, remarks } as const
}

/** How the municipality is called, and its part of the address. */
export const townName = async (tx: TenantTx): Promise<{ name: string; slug: string }> =>
  tx.db
    .selectFrom('platform.municipality')
    .select(['name', 'slug'])
    .where('id', '=', tx.municipality)
    .executeTakeFirstOrThrow()

/** Until when we keep what this person needs; undefined when she named nothing. */
export const needDeletedOn = async (tx: TenantTx, registration: string): Promise<string | undefined> =>
  (
    await tx.db
      .selectFrom('gatherings.need')
      .select('delete_on')
      .where('registration_id', '=', registration)
      .executeTakeFirst()
  )?.delete_on

/** Whether the way into the room has left for this person already. */
export const linkSent = async (tx: TenantTx, registration: string): Promise<boolean> =>
  (await tx.db
    .selectFrom('gatherings.reminder as m')
    .innerJoin('gatherings.rule as r', (join) =>
      join.onRef('r.municipality_id', '=', 'm.municipality_id').onRef('r.id', '=', 'm.rule_id'),
    )
    .select('m.rule_id')
    .where('m.registration_id', '=', registration)
    .where('m.due_at', 'is', null)
    .where('r.letter', '=', 'link')
    .executeTakeFirst()) !== undefined
