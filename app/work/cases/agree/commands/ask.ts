import { randomBytes } from 'node:crypto'
import { record } from '#platform/audit/index.ts'
import { addDays, berlinDay, newId, NotAllowed } from '#platform/kernel/index.ts'
import { livingKey, recordKey, type TenantTx } from '#platform/tenancy/index.ts'
import type { Language } from '#platform/i18n/index.ts'
import { enter, lockCase, reveal, seal } from '../../commands/store.ts'
import { readTranslations } from '../queries.ts'
import { inAnother } from '../translated.ts'

/** So long a party may take to answer, in days. */
export const askedFor = 42

const hashOf = (tx: TenantTx, token: string) => tx.lookup('look', token)

/** A link for one party, who is asked whether each clause of the signed agreement holds. Returns its token, once. */
export async function askParty(tx: TenantTx, caseId: string, party: string): Promise<string> {
  const { key } = await lockCase(tx, caseId)
  const agreement = await tx.db
    .selectFrom('cases.agreement')
    .select('id')
    .where('case_id', '=', caseId)
    .where('state', '=', 'signed')
    .executeTakeFirst()
  if (!agreement) throw new NotAllowed('agreement', { hidden: false })
  const [id, token, today] = [newId(), randomBytes(16).toString('base64url'), berlinDay(tx.now)]
  await tx.db
    .insertInto('cases.look_link')
    .values({
      id,
      case_id: caseId,
      agreement_id: agreement.id,
      token: hashOf(tx, token),
      party: seal(tx, key, 'look_link', 'party', id, party),
      made_on: today,
      until_on: addDays(today, askedFor),
    })
    .execute()
  await enter(tx, caseId, key, { kind: 'looks-asked' })
  await record(tx, 'asked-party', `case:${caseId}`)
  return token
}

/** The link as long as it is good; undefined for a used, an old and an invented one alike. */
async function goodLink(tx: TenantTx, token: string) {
  const links = tx.db
    .selectFrom('cases.look_link as l')
    .innerJoin('cases.case as c', (join) =>
      join.onRef('c.municipality_id', '=', 'l.municipality_id').onRef('c.id', '=', 'l.case_id'),
    )
  return links
    .select(['l.id', 'l.case_id', 'l.agreement_id', 'c.content_key'])
    .where('l.token', '=', hashOf(tx, token))
    .where('l.used_on', 'is', null)
    .where('l.until_on', '>=', berlinDay(tx.now))
    .forUpdate('l')
    .executeTakeFirst()
}

/**
 * What a party is asked about, with the translation somebody made into this language; undefined when the link is good no
 * more. Asked by the program in the party's name.
 */
export async function askedClauses(tx: TenantTx, token: string, language: Language) {
  const link = await goodLink(tx, token)
  const key = link && (await recordKey(tx, link.content_key))
  if (!link || !key) return undefined
  const rows = await tx.db
    .selectFrom('cases.clause')
    .select(['id', 'who', 'what', 'tell', 'due_on'])
    .where('agreement_id', '=', link.agreement_id)
    .orderBy('place')
    .execute()
  const clauses = rows.map(({ id, who, what, tell, due_on }) => ({
    id,
    who: reveal(tx, key, ['clause', 'who', id], who),
    what: reveal(tx, key, ['clause', 'what', id], what),
    tell: tell ? reveal(tx, key, ['clause', 'tell', id], tell) : undefined,
    dueOn: due_on,
  }))
  const agreement = await tx.db
    .selectFrom('cases.agreement')
    .select(['id', 'translated'])
    .where('id', '=', link.agreement_id)
    .executeTakeFirstOrThrow()
  const other = inAnother(clauses, readTranslations(tx, key, agreement), language)
  return { by: other?.by, clauses: clauses.map((clause, place) => ({ ...clause, said: other?.said[place] })) }
}

export interface LookAnswer {
  readonly clause: string
  readonly holding: 'yes' | 'partly' | 'no' | 'unknown'
  readonly note?: string
}

/** Keeps what a party says; the link is used up. False when it was not good any more: then nothing is kept. */
export async function answerLooks(tx: TenantTx, token: string, answers: readonly LookAnswer[]): Promise<boolean> {
  const link = await goodLink(tx, token)
  if (!link) return false
  const key = await livingKey(tx, link.content_key)
  await tx.db
    .insertInto('cases.look_answer')
    .values(
      answers.map(({ clause, holding, note }) => {
        const id = newId()
        const sealed = note ? seal(tx, key, 'look_answer', 'note', id, note) : null
        return { id, case_id: link.case_id, link_id: link.id, clause_id: clause, holding, note: sealed }
      }),
    )
    .execute()
  await tx.db
    .updateTable('cases.look_link')
    .set({ used_on: berlinDay(tx.now) })
    .where('id', '=', link.id)
    .execute()
  await enter(tx, link.case_id, key, { kind: 'looks-answered' })
  await record(tx, 'looks-answered', `case:${link.case_id}`)
  return true
}
