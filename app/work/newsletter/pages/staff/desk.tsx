import { formats } from '#platform/i18n/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, Card, DataTable, EmptyState, Form, Lead } from '#ui/index.ts'
import { beginIssue } from '../../commands/issue.ts'
import { counts } from '../../queries.ts'
import { allIssues, type Issue } from '../../queries/issues.ts'
import { words } from '../../words.ts'

const t = words('de')

/** Where one goes on: writing, checking, or watching it leave. */
const nextPage = (town: Visit['town'], { id, state }: Pick<Issue, 'id' | 'state'>): string =>
  addresses.newsletterDraft(
    town,
    id,
    state === 'draft' ? undefined : state === 'asked' || state === 'scheduled' ? 'pruefen' : 'versand',
  )

export const stateWords = ({ state, send_at, recipients }: Pick<Issue, 'state' | 'send_at' | 'recipients'>): string =>
  state === 'scheduled' && send_at
    ? t('state.scheduled', { at: formats('de').dateTime(send_at) })
    : state === 'sent'
      ? t('state.sent', { count: recipients })
      : t(`state.${state === 'scheduled' ? 'sending' : state}`)

/** `/{town}/newsletter/verwalten`: what is being written and what has left. */
export async function get(visit: Visit): Promise<View> {
  const { issues, all } = await visit.tx(async (tx) => ({ issues: await allIssues(tx), all: await counts(tx) }))
  return {
    layout: 'staff',
    title: t('desk.title'),
    body: (
      <>
        <Lead>
          {t('desk.lead', { count: all.confirmed })} {all.requested > 0 && t('desk.open', { count: all.requested })}
        </Lead>
        <Form action={addresses.newsletterDesk(visit.town)} token={visit.token}>
          <Button>{t('desk.begin')}</Button>
        </Form>
        <h2>{t('desk.issues')}</h2>
        {issues.length === 0 ? (
          <EmptyState>{t('desk.none')}</EmptyState>
        ) : (
          <DataTable
            caption={t('desk.issues')}
            columns={[t('desk.column.subject'), t('desk.column.state'), t('desk.column.changed')]}
            rows={issues.map((issue) => [
              <a href={nextPage(visit.town, issue)}>{issue.subject || t('desk.untitled')}</a>,
              stateWords(issue),
              formats('de').relative(issue.changed_at, visit.now),
            ])}
          />
        )}
        <Card title={t('desk.more')}>
          <ul class="plain">
            <li>
              <a href={addresses.newsletterDesk(visit.town, 'themen')}>{t('desk.topics')}</a>
            </li>
            <li>
              <a href={addresses.newsletterDesk(visit.town, 'einwilligungen')}>{t('desk.consents')}</a>
            </li>
            <li>
              <a href={addresses.newsletterDesk(visit.town, 'uebernahme')}>{t('desk.import')}</a>
            </li>
            <li>
              <a href={addresses.newsletter(visit.town)}>{t('desk.public')}</a>
            </li>
          </ul>
        </Card>
      </>
    ),
  }
}

/** A new draft, and on to writing it. */
export async function post(visit: Visit): Promise<Response> {
  const id = await visit.tx((tx) => beginIssue(tx))
  return redirect(addresses.newsletterDraft(visit.town, id))
}
