import { sql } from 'kysely'
import { heldRecords, type Gone, type Retained } from '#platform/retention/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { endsOfCases } from '#work/cases/index.ts'
import { intervalOf, modelIfAny } from '#work/model/index.ts'

/** A report in a held case is held with it. */
async function holdWithCase(tx: TenantTx): Promise<void> {
  const held = await heldRecords(tx)
  if (held.length === 0) return
  await sql`
    update platform.record_key k set held = true
      from intake.report r
     where r.municipality_id = k.municipality_id and r.id = k.record_id and not k.held
       and r.case_id = any (${held}::uuid[])`.execute(tx.db)
}

/**
 * A report that became nothing lives from the day it came, one in a case as long as the case; a case that is gone holds
 * nothing back. Ways to reach somebody end first. What was given up by a command keeps its own day.
 */
async function date(tx: TenantTx): Promise<void> {
  const model = await modelIfAny(tx)
  if (!model) return
  const cases = await endsOfCases(tx)
  const [contact, closed] = [intervalOf(model, 'contact-data'), intervalOf(model, 'closed-case')]
  await sql`
    with stands as (
      select r.*, c.id is not null as in_case, c.closed_on from intake.report r
        left join unnest(${cases.map(({ id }) => id)}::uuid[], ${cases.map(({ closedOn }) => closedOn)}::date[])
          as c (id, closed_on) on c.id = r.case_id
       where not r.synthetic
    ), ends as (
      select s.*,
             case when in_case then (closed_on + ${closed}::interval)::date
                  when step_kind = 'watch' then (received_on + ${intervalOf(model, 'watched-signal')}::interval)::date
                  else (received_on + ${intervalOf(model, 'unaccepted-report')}::interval)::date end as content,
             ((case when in_case then closed_on else received_on end) + ${contact}::interval)::date as reach
        from stands s
    ), keys as (
      select content_key as id, content as ends from ends
      union all select contact_key, least(content, reach) from ends where contact_key is not null
      union all select notice_key, least(content, reach) from ends where notice_key is not null
      union all select e.contact_key, least(s.content, s.reach) from intake.contact_entry e
                  join ends s on s.municipality_id = e.municipality_id and s.id = e.report_id
      union all select o.original_key, least(s.content, o.destroy_on) from intake.original o
                  join ends s on s.municipality_id = o.municipality_id and s.id = o.report_id
      union all select q.content_key, (q.asked_on + ${intervalOf(model, 'unaccepted-report')}::interval)::date
                  from intake.consultation q
      union all select i.content_key, i.undo_until from intake.import i where i.state = 'done'
    )
    update platform.record_key k set destroy_on = d.ends
      from keys d where k.id = d.id and k.destroy_on is distinct from d.ends`.execute(tx.db)
  await holdWithCase(tx)
}

const keysOf = (gone: readonly Gone[], name: string) => gone.filter((one) => one.class === name).map(({ key }) => key)

async function forgetReports(tx: TenantTx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await sql`
    insert into intake.figure (id, month, area, subject, channel, language, danger, ended_as,
        days_to_answer, working_days_to_answer, was_watched)
      select gen_random_uuid(), date_trunc('month', received_on)::date, area, subject, channel, language, danger,
             case when case_id is null then step_kind else 'case' end, first_answer_on - received_on, working_days_to_answer,
             was_watched
        from intake.report where id = any (${[...ids]}::uuid[]) and not synthetic`.execute(tx.db)
  await tx.db
    .deleteFrom('intake.report')
    .where('id', 'in', [...ids])
    .execute()
}

/** Of a table that can no longer be taken back nothing is known any more, not even that it was there. */
async function forgetImported(tx: TenantTx, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return
  const ids = tx.db
    .selectFrom('intake.import')
    .select('id')
    .where('content_key', 'in', [...keys])
  await tx.db.deleteFrom('intake.import_part').where('import_id', 'in', ids).execute()
  await tx.db.deleteFrom('intake.import_item').where('import_id', 'in', ids).execute()
  await tx.db
    .deleteFrom('intake.import')
    .where('content_key', 'in', [...keys])
    .execute()
}

/** What is left of a report is a number in the statistics; of a way to reach somebody, nothing. */
async function forget(tx: TenantTx, gone: readonly Gone[]): Promise<void> {
  const [contacts, notices, originals] = [keysOf(gone, 'contact'), keysOf(gone, 'notice'), keysOf(gone, 'original')]
  if (contacts.length > 0) {
    await tx.db.deleteFrom('intake.contact_entry').where('contact_key', 'in', contacts).execute()
    await tx.db
      .updateTable('intake.report')
      .set({ contact: null, contact_key: null })
      .where('contact_key', 'in', contacts)
      .execute()
  }
  if (notices.length > 0)
    await tx.db
      .updateTable('intake.report')
      .set({ notice: null, notice_key: null })
      .where('notice_key', 'in', notices)
      .execute()
  if (originals.length > 0) await tx.db.deleteFrom('intake.original').where('original_key', 'in', originals).execute()
  const asked = keysOf(gone, 'consultation')
  if (asked.length > 0) await tx.db.deleteFrom('intake.consultation').where('content_key', 'in', asked).execute()
  await forgetImported(tx, keysOf(gone, 'import'))
  await forgetReports(
    tx,
    gone.filter((one) => one.class === 'report').map(({ record }) => record),
  )
}

export const retained: Retained = {
  classes: {
    report: { kind: 'report', whole: true },
    contact: { kind: 'report', whole: false },
    notice: { kind: 'report', whole: false },
    original: { kind: 'report', whole: false },
    // The daily probe stands in no figure, so what is deleted of it has a class of its own.
    probe: { kind: 'probe', whole: true },
    import: { kind: 'import', whole: false },
    consultation: { kind: 'consultation', whole: true },
  },
  date,
  forget,
  quiet: async (tx) =>
    (await tx.db.selectFrom('intake.report').select('id').where('held_for', 'is not', null).execute()).map(
      ({ id }) => id,
    ),
}
