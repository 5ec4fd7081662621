import type { Selectable } from 'kysely'
import type { Tables } from '#platform/db/tables.ts'
import { isLanguage } from '#platform/i18n/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'

export type Issue = Selectable<Tables['newsletter.issue']>

export interface Published {
  readonly id: string
  readonly number: number
  readonly subject: string
  readonly language: string
  readonly on: Date
}

/** What the archive shows: everything that has begun to leave and was not stopped, newest first. */
export async function published(tx: TenantTx): Promise<Published[]> {
  const rows = await tx.db
    .selectFrom('newsletter.issue')
    .select(['id', 'number', 'subject', 'language', 'begun_at'])
    .where('state', 'in', ['sending', 'paused', 'sent'])
    .orderBy('number', 'desc')
    .limit(200)
    .execute()
  return rows.flatMap(({ number, begun_at, language, ...row }) =>
    number === null || !begun_at
      ? []
      : [{ ...row, number, on: begun_at, language: isLanguage(language) ? language : 'de' }],
  )
}

/** One issue of the archive by its number. */
export const publishedIssue = (tx: TenantTx, number: number): Promise<Issue | undefined> =>
  tx.db
    .selectFrom('newsletter.issue')
    .selectAll()
    .where('number', '=', number)
    .where('state', 'in', ['sending', 'paused', 'sent'])
    .executeTakeFirst()

/** What the staff see: what is being worked on first, then what has left. */
export async function allIssues(tx: TenantTx): Promise<Omit<Issue, 'blocks'>[]> {
  return tx.db
    .selectFrom('newsletter.issue')
    .select([
      'municipality_id',
      'id',
      'number',
      'subject',
      'language',
      'topics',
      'version',
      'state',
      'author_id',
      'asked_by',
      'released_by',
      'send_at',
      'begun_at',
      'finished_at',
      'filled',
      'after_id',
      'recipients',
      'changed_at',
    ])
    .orderBy('changed_at', 'desc')
    .limit(100)
    .execute()
}

export const issueById = (tx: TenantTx, id: string): Promise<Issue | undefined> =>
  tx.db.selectFrom('newsletter.issue').selectAll().where('id', '=', id).executeTakeFirst()
