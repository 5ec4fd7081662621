import { sql } from 'kysely'
import { livingKey, type TenantTx } from '#platform/tenancy/index.ts'
import type { Sealed } from '#platform/crypto/index.ts'
import { reveal } from '../commands/store.ts'
import type { Answers } from '../rules.ts'
import { choiceOf } from './choice.ts'
import { grantsOf, namesOf } from './people.ts'

/** All versions of the assessment, newest first. */
export async function assessments(tx: TenantTx, id: string, contentKey: string) {
  const key = await livingKey(tx, contentKey)
  const rows = await tx.db
    .selectFrom('cases.assessment')
    .selectAll()
    .where('case_id', '=', id)
    .orderBy('number', 'desc')
    .execute()
  const names = await namesOf(
    tx,
    rows.map((row) => row.made_by),
  )
  return rows.map((row) => {
    const open = (column: 'matter' | 'next_step' | 'notes' | 'answers') => {
      const sealed = row[column]
      return sealed === null ? undefined : reveal(tx, key, ['assessment', column, row.id], sealed)
    }
    return {
      number: row.number,
      madeOn: row.made_on,
      by: names.get(row.made_by) ?? '',
      matter: open('matter') ?? '',
      nextStep: open('next_step') ?? '',
      notes: open('notes') ?? '',
      answers: JSON.parse(open('answers') ?? '{}') as Answers,
    }
  })
}

/** Measures of a case, the next due first, those that are over at the end. */
export async function measures(tx: TenantTx, id: string, contentKey: string) {
  const key = await livingKey(tx, contentKey)
  const rows = await tx.db
    .selectFrom('cases.measure')
    .selectAll()
    .where('case_id', '=', id)
    .orderBy(sql`state <> 'open'`)
    .orderBy('due_on')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    what: reveal(tx, key, ['measure', 'what', row.id], row.what),
    owner: reveal(tx, key, ['measure', 'owner', row.id], row.owner),
    dueOn: row.due_on,
    state: row.state,
  }))
}
export type ShownMeasure = Awaited<ReturnType<typeof measures>>[number]

/** The looks after the end, in their order. */
export const followUps = (tx: TenantTx, id: string) =>
  tx.db
    .selectFrom('cases.follow_up')
    .select(['id', 'due_on as dueOn', 'done_on as doneOn', 'holding'])
    .where('case_id', '=', id)
    .orderBy('due_on')
    .execute()

async function entries(tx: TenantTx, id: string, contentKey: string) {
  const key = await livingKey(tx, contentKey)
  const rows = await tx.db
    .selectFrom('cases.entry')
    .selectAll()
    .where('case_id', '=', id)
    .orderBy('at', 'desc')
    .orderBy('id')
    .execute()
  const names = await namesOf(
    tx,
    rows.flatMap((row) => [row.by_person, row.person_id]),
  )
  const note = (row: { id: string; note: Sealed<'case'> | null }) =>
    row.note ? reveal(tx, key, ['entry', 'note', row.id], row.note) : undefined
  return rows.map((row) => ({
    at: row.at,
    kind: row.kind,
    step: row.step,
    by: names.get(row.by_person ?? ''),
    person: names.get(row.person_id ?? '') ?? '',
    note: note(row),
  }))
}

/** Everything the page of a case tells: what is known, who sees it, the course of events. */
export async function course(tx: TenantTx, id: string, contentKey: string) {
  const pending = await tx.db
    .selectFrom('cases.proposal')
    .select(['to_step as step', 'proposed_on as day', 'subject'])
    .where('case_id', '=', id)
    .where('answered_on', 'is', null)
    .executeTakeFirst()
  return {
    assessment: (await assessments(tx, id, contentKey))[0],
    measures: await measures(tx, id, contentKey),
    followUps: await followUps(tx, id),
    entries: await entries(tx, id, contentKey),
    grants: await grantsOf(tx, id),
    choice: await choiceOf(tx, id),
    pending,
  }
}
export type Course = Awaited<ReturnType<typeof course>>
