import type { Client } from 'pg'

/*
 * Every column that names a person by id, in two lists: what somebody still has to do or may still do, with the rows it
 * is true of, and what only tells who did something or whom it was about. A column in neither list fails the test beside
 * `people/commands/handOver.ts`: say where a duty goes when its holder leaves.
 */

const runs = '(until_on is null or until_on >= access.today())'

/** Column → the rows that somebody who left must not be named in any more. */
export const duties: Readonly<Record<string, string>> = {
  'access.grant.person_id': runs,
  'auth.absence.deputy_id': runs,
  'auth.absence.person_id': runs,
  'auth.appointment.person_id': runs,
  'auth.credential.person_id': 'true',
  'auth.invitation.person_id': 'true',
  'auth.passkey.person_id': 'true',
  'auth.person.superior_id': 'true',
  'auth.recovery_code.person_id': 'true',
  'auth.session.person_id': 'true',
  'cases.invited.person_id': `state <> 'ended'`,
  'cases.look_back.person_id': 'true',
  'cases.note.person_id': 'true',
  'cases.readiness.person_id': 'true',
  'cases.register_request.asked_by': 'answered_by is null',
  'desk.calendar.person_id': 'true',
  'inspection.request.kept_by': 'ended_on is null',
  'inspection.request.second_by': 'ended_on is null',
  'intake.consultation.asked_by': 'true',
  'intake.report.entered_by': `step_kind <> 'closed'`,
  'intake.report.released_by': `step_kind <> 'closed'`,
  'intake.translation.interpreter': 'not ended',
  'people.proposal.person_id': 'true',
  'people.recovery.first_by': 'true',
  'people.recovery.person_id': 'true',
}

/** Who did it, whom it was about, who is kept away, or who was once written to. */
export const past: readonly string[] = [
  'access.barred.person_id',
  'access.entitlement.person_id',
  'access.entitlement.seen_by',
  'access.grant.given_by',
  'auth.absence.set_by',
  'auth.appointment.appointed_by',
  'auth.appointment.second_by',
  'auth.identity.person_id',
  'cases.agreement.made_by',
  'cases.assessment.made_by',
  'cases.choice.chosen_by',
  'cases.clause_look.done_by',
  'cases.commitment.released_by',
  'cases.declaration.person_id',
  'cases.entry.by_person',
  'cases.entry.person_id',
  'cases.guest.asked_by',
  'cases.guest.person_id',
  'cases.invited.answered_by',
  'cases.lesson.drafted_by',
  'cases.lesson.released_by',
  'cases.lesson_draft.drafted_by',
  'cases.link.ended_by',
  'cases.link.made_by',
  'cases.map.made_by',
  'cases.proposal.answered_by',
  'cases.proposal.proposed_by',
  'cases.register_request.answered_by',
  'cases.session.noted_by',
  'inspection.request.decided_by',
  'inspection.request.made_by',
  'inspection.search.made_by',
  'inspection.request.proposed_by',
  'inspection.request.released_by',
  'intake.consultation.answered_by',
  'intake.import.made_by',
  'intake.joining.joined_by',
  'intake.joining.parted_by',
  'intake.original.checked_by',
  'intake.proposal.answered_by',
  'intake.proposal.proposed_by',
  'intake.referral.made_by',
  'intake.urgent_entry.by_person',
  'mail.delivery.person_id',
  'mail.wish.person_id',
  'newsletter.issue.asked_by',
  'newsletter.issue.author_id',
  'newsletter.issue.released_by',
  'people.proposal.proposed_by',
  'people.recovery.second_by',
  'people.settings.proxy_by',
  'people.settings.recovery_by',
  'retention.archive_decision.noted_by',
  'retention.hold.lifted_by',
  'retention.hold.set_by',
]

/** Every column of the migrated database that names a person by id. */
export async function personColumns(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(`
    select c.table_schema || '.' || c.table_name || '.' || c.column_name as name
      from information_schema.columns c
      join information_schema.tables t using (table_schema, table_name)
     where t.table_type = 'BASE TABLE' and c.udt_name = 'uuid'
       and c.table_schema not in ('pg_catalog', 'information_schema', 'graphile_worker')
       and (c.column_name ~ '(_by|by_person|person|person_id|deputy_id|superior_id|author_id|owner_id|interpreter)$'
         or exists (select from pg_constraint f join pg_attribute a on a.attrelid = f.conrelid and a.attnum = any (f.conkey)
              where f.contype = 'f' and f.confrelid = 'auth.person'::regclass and a.attname = c.column_name
                and f.conrelid = format('%I.%I', c.table_schema, c.table_name)::regclass))
     order by 1`)
  return rows.map(({ name }) => name)
}

/** The columns in which somebody is still named, on this day, as the one who has to act, or may. */
export async function dutiesOf(client: Client, person: string, today: string): Promise<string[]> {
  const left: string[] = []
  await client.query(`select set_config('app.today', $1, false)`, [today])
  for (const [name, where] of Object.entries(duties)) {
    const [schema, table, column] = name.split('.')
    const { rows } = await client.query<{ count: number | string }>(
      `select count(*) from "${schema}"."${table}" where "${column}" = $1 and ${where}`,
      [person],
    )
    if (Number(rows[0]?.count) > 0) left.push(name)
  }
  return left
}
