import { sql } from 'kysely'
import { record } from '#platform/audit/index.ts'
import { insertMany } from '#platform/db/index.ts'
import { newId } from '#platform/kernel/index.ts'
import { queueMails } from '#platform/mail/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { dueFor, momentOf, type Reminding } from '../rules.ts'
import { theGathering, whenOf, type GatheringRow } from './store.ts'

export type RuleLetter = 'link' | 'feedback'

/** Online: the day before at noon; in a place: two days before. Feedback: when it is over. */
const defaults = (online: boolean): (Reminding & { letter: RuleLetter })[] => [
  {
    letter: 'link',
    anchor: 'start',
    side: 'before',
    amount: online ? 1 : 2,
    unit: 'days',
    clock: '12:00',
    missed: 'at-once',
  },
  { letter: 'feedback', anchor: 'end', side: 'after', amount: 0, unit: 'hours', clock: null, missed: 'at-once' },
]

export async function addDefaultRules(tx: TenantTx, gathering: string, online: boolean): Promise<void> {
  await tx.db
    .insertInto('gatherings.rule')
    .values(defaults(online).map((rule) => ({ ...rule, id: newId(), gathering_id: gathering })))
    .execute()
}

export const rulesOf = (tx: TenantTx, gathering: string) =>
  tx.db
    .selectFrom('gatherings.rule')
    .selectAll()
    .where('gathering_id', '=', gathering)
    .orderBy('letter', 'desc')
    .execute()

/** Changes when a letter leaves. What has left is never sent again; what has not follows the new rule. */
export async function changeRule(tx: TenantTx, gathering: string, letter: RuleLetter, rule: Reminding): Promise<void> {
  await tx.db
    .updateTable('gatherings.rule')
    .set(rule)
    .where('gathering_id', '=', gathering)
    .where('letter', '=', letter)
    .execute()
  await record(tx, 'changed', `gathering:${gathering}`)
  await remind(tx, gathering)
}

/** Who gets it: the way into the room everybody with a place, the question how it was whoever came. */
async function audience(tx: TenantTx, gathering: string, letter: RuleLetter, only: readonly string[] | undefined) {
  let query = tx.db
    .selectFrom('gatherings.registration')
    .select(['id', 'received_at', 'attended_at'])
    .where('gathering_id', '=', gathering)
    .where('state', '=', 'confirmed')
  if (letter === 'feedback') query = query.where('attended_at', 'is not', null)
  if (only) query = query.where('id', 'in', [...only])
  return query.execute()
}

type Rule = Awaited<ReturnType<typeof rulesOf>>[number]

/** When each of these gets the letter; `since` is when she became part of its audience. */
async function write(
  tx: TenantTx,
  row: GatheringRow,
  rule: Rule,
  persons: readonly { readonly id: string; readonly since: Date }[],
): Promise<void> {
  const moment = momentOf(rule, whenOf(row))
  const rows = persons.flatMap(({ id, since }) => {
    const due_at = dueFor(rule, moment, since)
    return due_at ? [{ rule_id: rule.id, registration_id: id, due_at }] : []
  })
  const anew = sql`on conflict (municipality_id, rule_id, registration_id)
    do update set due_at = excluded.due_at where reminder.due_at is not null`
  if (rows.length > 0) await insertMany('gatherings.reminder', columns, rows, anew).execute(tx.db)
}
const columns = { rule_id: 'uuid', registration_id: 'uuid', due_at: 'timestamptz' } as const

/**
 * Writes down who gets which letter when, one row per rule and person; rows of what is not yet sent are made anew.
 * `only`: for those who just became part of the audience.
 */
export async function remind(tx: TenantTx, gathering: string, only?: readonly string[]): Promise<void> {
  if (only?.length === 0) return
  const [row, rules] = await Promise.all([theGathering(tx, gathering), rulesOf(tx, gathering)])
  for (const rule of rules) {
    const persons = await audience(tx, gathering, rule.letter, only)
    await write(
      tx,
      row,
      rule,
      persons.map(({ id, attended_at, received_at }) => ({ id, since: only ? tx.now : (attended_at ?? received_at) })),
    )
  }
}

/** The same for those who have just been written down with a place, and whom nothing has to be asked about. */
export async function remindConfirmed(
  tx: TenantTx,
  row: GatheringRow,
  rules: readonly Rule[],
  fresh: readonly { readonly id: string }[],
): Promise<void> {
  for (const rule of rules.filter(({ letter }) => letter === 'link'))
    await write(
      tx,
      row,
      rule,
      fresh.map(({ id }) => ({ id, since: tx.now })),
    )
}

/** Moves what is due into the mail ledger; what was missed while the program stood still is caught up. */
export async function sendReminders(tx: TenantTx): Promise<void> {
  const { rows } = await sql<{ registration_id: string; rule_id: string; letter: RuleLetter }>`
    update gatherings.reminder m set due_at = null
      from gatherings.rule r, gatherings.registration p, gatherings.gathering g
     where m.due_at <= ${tx.now} and r.municipality_id = m.municipality_id and r.id = m.rule_id
       and p.municipality_id = m.municipality_id and p.id = m.registration_id
       and g.municipality_id = m.municipality_id and g.id = p.gathering_id
       and p.state = 'confirmed' and p.confirm_until is null and g.state = 'announced'
    returning m.registration_id, m.rule_id, r.letter`.execute(tx.db)
  await queueMails(
    tx,
    rows.map(({ registration_id: id, letter }) => ({
      kind: `gatherings.${letter}`,
      once: `${id} ${letter}`,
      thing: `registration:${id}`,
    })),
  )
}
