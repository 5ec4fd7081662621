import type { Kysely } from 'kysely'
import { Comparison, type Answer } from '#engine/index.ts'
import { recordReading } from '#platform/audit/index.ts'
import type { Sealed } from '#platform/crypto/index.ts'
import { addDays } from '#platform/kernel/index.ts'
import type { Tables } from '#platform/db/tables.ts'
import { statement, type TenantTx } from '#platform/tenancy/index.ts'
import type { Compiled } from '#work/model/index.ts'
import type { Extras } from '../schema.ts'
import { underVeil } from '../veil.ts'

/** So many days apart, a report may still go on with an earlier one. */
const near = 28
const mostCompared = 200
const mostShown = 5

const unknown = 'unknown'

/** Reports with their text and place, as far as this person may open them. */
const texts = (tx: TenantTx) =>
  tx.db
    .selectFrom('intake.report as r')
    .innerJoin('platform.record_key as k', (join) =>
      join.onRef('k.municipality_id', '=', 'r.municipality_id').onRef('k.id', '=', 'r.content_key'),
    )
    .select(['r.id', 'r.received_on', 'r.occurred_on', 'r.area', 'r.subject', 'r.observed', 'r.extras', 'r.case_id'])
    .select(['r.step_kind', 'r.merged_into', 'r.veil', 'k.id as key_id', 'k.class', 'k.wrapped'])
    .where('r.synthetic', '=', false)

type Row = Awaited<ReturnType<ReturnType<typeof texts>['execute']>>[number]

function opened(tx: TenantTx, model: Compiled, row: Row) {
  const key = tx.keys.open({ id: row.key_id, class: row.class, wrapped: row.wrapped })
  const reveal = (column: 'observed' | 'extras', value: Sealed<'report'>) =>
    tx.keys.reveal(key, { table: 'intake.report', column, row: row.id }, value)
  const place = row.extras ? ((JSON.parse(reveal('extras', row.extras)) as Extras).place ?? '') : ''
  const text = reveal('observed', row.observed)
  const area = model.areas.get(row.area)?.name ?? ''
  const day = Math.floor(Date.parse(row.occurred_on ?? row.received_on) / 86_400_000)
  return { row, text, note: { day, place: [place, area].filter(Boolean).join(', '), text } }
}

export interface Alike {
  readonly id: string
  readonly receivedOn: string
  readonly text: string
  readonly answer: Exclude<Answer, 'separate'>
  readonly caseId: string | null
}

/**
 * Reports that may tell of the same occurrence or go on with it: near in place, time and subject, then by likeness of
 * what they say. Only what this person may open is looked at, so that nothing excluded shows through. The likeliest first.
 */
export async function alikeReports(tx: TenantTx, model: Compiled, id: string): Promise<Alike[]> {
  const own = await texts(tx).where('r.id', '=', id).executeTakeFirst()
  if (!own) return []
  let query = texts(tx)
    .where('r.id', '<>', id)
    .where('r.held_for', 'is', null)
    .where('r.received_on', '>=', addDays(own.received_on, -near))
    .where('r.received_on', '<=', addDays(own.received_on, near))
    .where((eb) => eb.or([eb('r.case_id', 'is not', null), eb('r.step_kind', '<>', 'closed')]))
    .where((eb) => eb.or([eb('r.merged_into', 'is', null), eb('r.merged_into', '<>', id)]))
  if (own.area !== unknown) query = query.where('r.area', 'in', [own.area, unknown])
  if (own.subject !== unknown) query = query.where('r.subject', 'in', [own.subject, unknown])
  if (own.case_id) query = query.where((eb) => eb.or([eb('r.case_id', 'is', null), eb('r.case_id', '<>', own.case_id)]))
  const rows = await query.orderBy('r.received_on', 'desc').orderBy('r.id').limit(mostCompared).execute()
  await recordReading(tx, 'compared', `report:${id}`)
  const mine = opened(tx, model, own)
  const others = rows.map((row) => opened(tx, model, row))
  const comparison = new Comparison([mine, ...others].map(({ text }) => text))
  return others
    .flatMap(({ row, text, note }) => {
      const { answer, score } = comparison.compare(mine.note, note)
      if (answer === 'separate') return []
      return [
        {
          id: row.id,
          receivedOn: row.received_on,
          text: underVeil(row.veil, text),
          answer,
          caseId: row.case_id,
          score,
        },
      ]
    })
    .toSorted((a, b) => b.score - a.score)
    .slice(0, mostShown)
    .map(({ score: _score, ...alike }) => alike)
}

/** The report that leads on where this one is merged into another; otherwise itself. */
async function leadOf(tx: TenantTx, id: string): Promise<string> {
  const row = await tx.db.selectFrom('intake.report').select('merged_into').where('id', '=', id).executeTakeFirst()
  return row?.merged_into ?? id
}

const joined = (db: Kysely<Tables>) =>
  db
    .selectFrom('intake.report as r')
    .innerJoin('platform.record_key as k', (join) =>
      join.onRef('k.municipality_id', '=', 'r.municipality_id').onRef('k.id', '=', 'r.content_key'),
    )
    .leftJoin('intake.joining as j', (join) =>
      join
        .onRef('j.municipality_id', '=', 'r.municipality_id')
        .onRef('j.report_id', '=', 'r.id')
        .on('j.parted_on', 'is', null),
    )
    .select(['r.id', 'r.received_on', 'r.headline', 'r.veil', 'r.channel', 'j.id as joining', 'j.reason'])
    .select(['k.id as key_id', 'k.class', 'k.wrapped'])
    .orderBy('r.received_on')
    .orderBy('r.id')
    .limit(500)
const joinedWith = statement((db, lead: string) =>
  joined(db).where((eb) => eb.or([eb('r.id', '=', lead), eb('r.merged_into', '=', lead)])),
)
const joinedIn = statement((db, caseId: string) => joined(db).where('r.case_id', '=', caseId))

/** The reports that go on together with one, itself included, or all that are in a case; and why they joined. */
export async function joinedReports(tx: TenantTx, at: { with: string } | { caseId: string }) {
  const rows = 'with' in at ? await joinedWith(tx, await leadOf(tx, at.with)) : await joinedIn(tx, at.caseId)
  return rows.map((row) => {
    const key = tx.keys.open({ id: row.key_id, class: row.class, wrapped: row.wrapped })
    const headline = { table: 'intake.report', column: 'headline', row: row.id }
    return {
      id: row.id,
      receivedOn: row.received_on,
      channel: row.channel,
      headline: underVeil(row.veil, tx.keys.reveal(key, headline, row.headline)),
      reason:
        row.joining && row.reason
          ? tx.keys.reveal(key, { table: 'intake.joining', column: 'reason', row: row.joining }, row.reason)
          : undefined,
    }
  })
}
export type Joined = Awaited<ReturnType<typeof joinedReports>>[number]
