import { sql, type Kysely, type Selectable } from 'kysely'
import type { Tables } from '#platform/db/tables.ts'
import { livingKey, statement, type TenantTx } from '#platform/tenancy/index.ts'
import type { Sealed } from '#platform/crypto/index.ts'
import { pendingOf, reveal } from '../commands/store.ts'
import type { Answers } from '../rules.ts'
import { linkEntries, linksOf, merged } from '../near/queries.ts'
import { partiesOf } from '../think/queries.ts'
import type { Depth } from '../think/schema.ts'
import { choiceOf } from './choice.ts'
import { grantsOf } from './people.ts'

const columns = ['matter', 'next_step', 'notes', 'answers', 'depth'] as const
type AssessmentRow = Selectable<Tables['cases.assessment']> & { by_name: string | null }

async function opened(tx: TenantTx, rows: readonly AssessmentRow[], contentKey: string) {
  if (rows.length === 0) return []
  const key = await livingKey(tx, contentKey)
  return rows.map((row) => {
    const open = (column: (typeof columns)[number]) => {
      const sealed = row[column]
      return sealed === null ? undefined : reveal(tx, key, ['assessment', column, row.id], sealed)
    }
    return {
      number: row.number,
      /** The version this is a second assessor's own view of. */
      secondOf: row.second_of,
      madeOn: row.made_on,
      madeBy: row.made_by,
      by: row.by_name ?? '',
      matter: open('matter') ?? '',
      nextStep: open('next_step') ?? '',
      notes: open('notes') ?? '',
      answers: JSON.parse(open('answers') ?? '{}') as Answers,
      depth: JSON.parse(open('depth') ?? '{}') as Depth,
    }
  })
}
export type Assessment = Awaited<ReturnType<typeof opened>>[number]

const versionsOf = (db: Kysely<Tables>, id: string) =>
  db
    .selectFrom('cases.assessment as a')
    .leftJoin('auth.person as p', (join) =>
      join.onRef('p.municipality_id', '=', 'a.municipality_id').onRef('p.id', '=', 'a.made_by'),
    )
    .where('a.case_id', '=', id)
    .orderBy('a.number', 'desc')
const whole = (db: Kysely<Tables>, id: string) => versionsOf(db, id).selectAll('a').select('p.name as by_name')

/** The versions of the assessment with these numbers, newest first. */
export const assessments = async (tx: TenantTx, id: string, contentKey: string, numbers: readonly number[]) =>
  numbers.length === 0
    ? []
    : opened(
        tx,
        await whole(tx.db, id)
          .where('a.number', 'in', [...numbers])
          .execute(),
        contentKey,
      )

const newest = statement((db, id: string) => whole(db, id).where('a.second_of', 'is', null).limit(1))

/** The version that counts: the newest, second assessors' views left aside. */
export const newestAssessment = async (tx: TenantTx, id: string, contentKey: string) =>
  (await opened(tx, await newest(tx, id), contentKey))[0]

/** The versions that were the case's own, oldest first: second assessors' views left aside. */
export const ownAssessments = async (tx: TenantTx, id: string, contentKey: string) =>
  opened(tx, (await whole(tx.db, id).where('a.second_of', 'is', null).execute()).toReversed(), contentKey)

/** Which versions there are, newest first; nothing sealed is opened. */
export async function assessmentList(tx: TenantTx, id: string) {
  const rows = await versionsOf(tx.db, id)
    .select(['a.number', 'a.second_of', 'a.made_on', 'a.made_by', 'p.name as by_name'])
    .execute()
  return rows.map((row) => ({
    number: row.number,
    secondOf: row.second_of,
    madeOn: row.made_on,
    madeBy: row.made_by,
    by: row.by_name ?? '',
  }))
}
export type AssessmentLine = Awaited<ReturnType<typeof assessmentList>>[number]

const measureRows = statement((db, id: string) =>
  db
    .selectFrom('cases.measure')
    .selectAll()
    .where('case_id', '=', id)
    .orderBy(sql`state <> 'open'`)
    .orderBy('due_on')
    .orderBy('id'),
)

/** Measures of a case, the next due first, those that are over at the end. */
export async function measures(tx: TenantTx, id: string, contentKey: string) {
  const key = await livingKey(tx, contentKey)
  const rows = await measureRows(tx, id)
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
export const followUps = statement((db, id: string) =>
  db
    .selectFrom('cases.follow_up')
    .select(['id', 'due_on as dueOn', 'done_on as doneOn', 'holding'])
    .where('case_id', '=', id)
    .orderBy('due_on'),
)

const entryRows = (db: Kysely<Tables>, id: string) =>
  db
    .selectFrom('cases.entry as e')
    .leftJoin('auth.person as b', (join) =>
      join.onRef('b.municipality_id', '=', 'e.municipality_id').onRef('b.id', '=', 'e.by_person'),
    )
    .leftJoin('auth.person as p', (join) =>
      join.onRef('p.municipality_id', '=', 'e.municipality_id').onRef('p.id', '=', 'e.person_id'),
    )
    .select(['e.id', 'e.at', 'e.kind', 'e.step', 'e.note'])
    // A guest is told names without seeing persons.
    .select(({ fn }) => [
      fn.coalesce('b.name', fn<string | null>('cases.name_in_course', ['e.by_person'])).as('by'),
      fn.coalesce('p.name', fn<string | null>('cases.name_in_course', ['e.person_id'])).as('person'),
    ])
    .where('e.case_id', '=', id)
    .orderBy('e.at', 'desc')
    .orderBy('e.seq', 'desc')
    .orderBy('e.id')

/** So many of the newest events stand on the page of a case; the timeline has them all. */
const shownEntries = 20
const allEntries = statement(entryRows)
const newestEntries = statement((db, id: string) => entryRows(db, id).limit(shownEntries))

/** What happened in a case, newest first; within one transaction in the order in which it was written. */
export async function entries(tx: TenantTx, id: string, contentKey: string, which: 'all' | 'newest' = 'all') {
  const key = await livingKey(tx, contentKey)
  const rows = await (which === 'all' ? allEntries : newestEntries)(tx, id)
  const note = (row: { id: string; note: Sealed<'case'> | null }) =>
    row.note ? reveal(tx, key, ['entry', 'note', row.id], row.note) : undefined
  return rows.map((row) => ({
    at: row.at,
    kind: row.kind,
    step: row.step,
    by: row.by ?? undefined,
    person: row.person ?? '',
    note: note(row),
  }))
}

const declarations = statement((db, id: string) =>
  db.selectFrom('cases.declaration').select('person_id as person').where('case_id', '=', id),
)

/** The agreement that is signed first, then its draft. */
const agreementRows = statement((db, id: string) =>
  db
    .selectFrom('cases.agreement')
    .select('signed_on as signedOn')
    .where('case_id', '=', id)
    .where('state', 'in', ['signed', 'draft'])
    .orderBy('state', 'desc'),
)

/** Everything the page of a case tells: what is known, who sees it, the course of events. Asked for all at once. */
export async function course(tx: TenantTx, id: string, contentKey: string) {
  const [assessment, due, looks, told, parties, grants, choice, declared, pending, links, agreements] =
    await Promise.all([
      newestAssessment(tx, id, contentKey),
      measures(tx, id, contentKey),
      followUps(tx, id),
      entries(tx, id, contentKey, 'newest'),
      partiesOf(tx, id, contentKey),
      grantsOf(tx, id),
      choiceOf(tx, id),
      declarations(tx, id),
      pendingOf(tx, id),
      linksOf(tx, id),
      agreementRows(tx, id),
    ])
  return {
    assessment,
    measures: due,
    followUps: looks,
    entries: merged(told, linkEntries(links)).slice(0, shownEntries),
    parties,
    grants,
    choice,
    /** Who has declared to be on no side. */
    impartial: declared.map(({ person }) => person),
    pending,
    links,
    agreement: agreements[0],
  }
}
export type Course = Awaited<ReturnType<typeof course>>
