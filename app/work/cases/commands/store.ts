import { sql } from 'kysely'
import type { RecordKey, Sealed } from '#platform/crypto/index.ts'
import { NotAllowed, newId } from '#platform/kernel/index.ts'
import { livingKey, statement, type TenantTx } from '#platform/tenancy/index.ts'
import { modelInForce, modelVersion, moves, rolesUnder, type Move, type Published } from '#work/model/index.ts'

type Texts =
  | 'case'
  | 'assessment'
  | 'session'
  | 'measure'
  | 'follow_up'
  | 'entry'
  | 'proposal'
  | 'choice'
  | 'agreement'
  | 'clause'
  | 'clause_look'
  | 'look_link'
  | 'lesson_draft'
  | 'look_answer'
  | 'party'
  | 'map'
  | 'letter'
  | 'letter_file'

/** Seals a text for its place, under the key of its case. */
export const seal = (tx: TenantTx, key: RecordKey, table: Texts, column: string, row: string, text: string) =>
  tx.keys.seal<'case'>(key, { table: `cases.${table}`, column, row }, text)

export function reveal(
  tx: TenantTx,
  key: RecordKey,
  at: readonly [table: Texts, column: string, row: string],
  sealed: Sealed<'case'>,
): string {
  return tx.keys.reveal(key, { table: `cases.${at[0]}`, column: at[1], row: at[2] }, sealed)
}

/** Whether this person is shown an extract of the case, which she reads and does not change. */
export const readsExtract = async (tx: TenantTx, id: string): Promise<boolean> =>
  (await sql`select from access.extracts() as shown (id) where shown.id = ${id}`.execute(tx.db)).rows.length > 0

/**
 * A case for a command: locked until the transaction ends. Hidden when it is not there for this person; refused to
 * whoever is only shown an extract, unless she does it for herself (`own`).
 */
export async function lockCase(tx: TenantTx, id: string, { own = false } = {}) {
  if (!own && (await readsExtract(tx, id))) throw new NotAllowed('extract', { hidden: false })
  const row = await tx.db.selectFrom('cases.case').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  if (!row) throw new NotAllowed('case', { hidden: true })
  return { row, key: await livingKey(tx, row.content_key), model: await modelVersion(tx, row.model_version) }
}
export type Locked = Awaited<ReturnType<typeof lockCase>>

/** The same for what is done to open cases only. */
export async function lockOpenCase(tx: TenantTx, id: string): Promise<Locked> {
  const locked = await lockCase(tx, id)
  if (locked.row.closed_on) throw new NotAllowed('closed case', { hidden: false })
  return locked
}

/** The person who acts. Cases are worked on by people only. */
export function actor(tx: TenantTx): string {
  if (tx.who.kind !== 'person') throw new NotAllowed('case', { hidden: false })
  return tx.who.id
}

interface Entry {
  readonly kind: string
  readonly step?: string
  readonly person?: string
  readonly note?: string
  /** Who did it, when the program only writes it down. */
  readonly by?: string | null
}

/** How many lines a transaction has written: they share one time, and this keeps their order. */
const written = new WeakMap<TenantTx, number>()

/** One line in the course of events. */
export async function enter(tx: TenantTx, caseId: string, key: RecordKey, entry: Entry): Promise<void> {
  const id = newId()
  const seq = written.get(tx) ?? 0
  written.set(tx, seq + 1)
  await tx.db
    .insertInto('cases.entry')
    .values({
      id,
      seq,
      case_id: caseId,
      at: tx.now,
      kind: entry.kind,
      by_person: entry.by ?? (tx.who.kind === 'person' ? tx.who.id : null),
      step: entry.step ?? null,
      person_id: entry.person ?? null,
      note: entry.note ? seal(tx, key, 'entry', 'note', id, entry.note) : null,
    })
    .execute()
}

const pendingRows = statement((db, caseId: string) =>
  db
    .selectFrom('cases.proposal')
    .select(['to_step as step', 'proposed_on as day', 'subject'])
    .where('case_id', '=', caseId)
    .where('answered_on', 'is', null),
)

/** What waits for a second person. */
export const pendingOf = async (tx: TenantTx, caseId: string) => (await pendingRows(tx, caseId))[0]

type Standing = { readonly id: string; readonly step: string; readonly level: string | null }

/** The ways on from where a case stands, for somebody with these roles in the model in force; `pending`: something waits for a second person. */
export function movesFrom(
  { model, inForce }: { readonly model: Published; readonly inForce: Published },
  row: Standing,
  roles: readonly string[],
  pending: boolean,
): Move[] {
  const facts = { 'second-open': pending, wide: row.level === 'wide' }
  return moves(model, { step: row.step, facts }, rolesUnder(model, inForce, roles))
}

/** The ways on from where a case stands, for somebody with these roles today, by the version the case is pinned to. */
export async function movesOf(
  tx: TenantTx,
  model: Published,
  row: Standing,
  roles: readonly string[],
): Promise<Move[]> {
  const [inForce, pending] = await Promise.all([modelInForce(tx), pendingOf(tx, row.id)])
  return movesFrom({ model, inForce }, row, roles, pending !== undefined)
}
