import { NotAllowed } from '#platform/kernel/index.ts'
import { batchState } from '#platform/mail/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, Card, Form, Lead, SummaryList } from '#ui/index.ts'
import { pause, resume, stop } from '../../commands/issue.ts'
import { issueById, type Issue } from '../../queries/issues.ts'
import { words } from '../../words.ts'
import { stateWords } from './desk.tsx'

const t = words('de')
const deeds = { pause, resume, stop }

/** `/{town}/newsletter/entwuerfe/{issue}/versand`: how far it is; renews itself without script while it runs. */
export async function get(visit: Visit): Promise<View | Response> {
  const { issue, mails } = await visit.tx(async (tx) => ({
    issue: await issueById(tx, visit.params.issue ?? ''),
    mails: await batchState(tx, visit.params.issue ?? ''),
  }))
  if (!issue) throw new NotAllowed('issue', { hidden: true })
  if (['draft', 'asked', 'scheduled'].includes(issue.state))
    return redirect(addresses.newsletterDraft(visit.town, issue.id, 'pruefen'))
  const { ready = 0, claimed = 0, deferred = 0, accepted = 0, refused = 0, bounced = 0, suppressed = 0 } = mails
  // The ledger forgets after a month; then only the number of recipients is left.
  const done = accepted + refused + bounced + suppressed || (issue.state === 'sent' ? issue.recipients : 0)
  const rows = [
    ['accepted', accepted],
    ['waiting', ready + claimed],
    ['deferred', deferred],
    ['refused', refused],
    ['bounced', bounced],
    ['suppressed', suppressed],
  ] as const
  return {
    layout: 'staff',
    at: addresses.newsletterDesk(visit.town),
    back: addresses.newsletterDesk(visit.town),
    title: t('sending.title'),
    refresh: issue.state === 'sending' ? 5 : undefined,
    body: (
      <>
        <Lead>
          {issue.subject}: {stateWords(issue)}. {t('sending.lead', { done, all: Math.max(issue.recipients, done) })}
        </Lead>
        <p>
          <progress aria-label={t('sending.bar')} value={done} max={Math.max(1, issue.recipients)} />
        </p>
        <SummaryList rows={rows.map(([name, count]) => ({ label: t(`sending.${name}`), value: String(count) }))} />
        <Deeds visit={visit} issue={issue} />
      </>
    ),
  }
}

function Deeds({ visit, issue }: { visit: Visit; issue: Issue }) {
  const action = addresses.newsletterDraft(visit.town, issue.id, 'versand')
  const running = issue.state === 'sending' || issue.state === 'paused'
  return (
    <>
      {issue.state === 'sending' && <p class="quiet">{t('sending.refresh')}</p>}
      {running && (
        <Card title={t(`state.${issue.state}`)}>
          <Form action={action} token={visit.token}>
            <Button
              name="act"
              value={issue.state === 'sending' ? 'pause' : 'resume'}
              look={issue.state === 'sending' ? 'secondary' : 'primary'}
            >
              {issue.state === 'sending' ? t('sending.pause') : t('sending.resume')}
            </Button>
          </Form>
          {issue.state === 'paused' && (
            <Form action={action} token={visit.token}>
              <p>{t('sending.stop.text')}</p>
              <Button name="act" value="stop" look="secondary">
                {t('sending.stop')}
              </Button>
            </Form>
          )}
        </Card>
      )}
      {issue.number !== null && issue.state !== 'stopped' && (
        <p>
          <a href={addresses.newsletterIssue(visit.town, issue.number)}>{t('sending.public')}</a>
        </p>
      )}
    </>
  )
}

export async function post(visit: Visit): Promise<Response> {
  const { act } = await visit.form()
  const deed = Object.entries(deeds).find(([name]) => name === act)?.[1]
  const issue = visit.params.issue ?? ''
  if (deed) await visit.tx((tx) => deed(tx, issue))
  return redirect(addresses.newsletterDraft(visit.town, issue, 'versand'))
}
