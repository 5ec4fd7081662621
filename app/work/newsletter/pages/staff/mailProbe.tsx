import { emptyForm, withError, type FormState } from '#platform/forms/index.ts'
import { formats } from '#platform/i18n/index.ts'
import {
  boxIsRead,
  checkProbe,
  lastProbe,
  probeFaults,
  sendProbe,
  signing,
  type ProbeFinding,
} from '#platform/mail/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, Card, ErrorSummary, Form, Lead, Notice, TextArea } from '#ui/index.ts'
import { words } from '../../words.ts'

const t = words('de')

/** `/{town}/verwaltung/mailprobe`: is what we send signed the way the large providers ask for? */
export const get = (visit: Visit): Promise<View> => view(visit, emptyForm())

export async function post(visit: Visit): Promise<Response | View> {
  const raw = await visit.form()
  if (raw.do === 'send') {
    const { id } = visit.person!
    await visit.tx((tx) => sendProbe(tx, 'newsletter.probe', id))
    return redirect(`${addresses.mailProbe(visit.town)}?geschickt`)
  }
  const source = typeof raw.source === 'string' ? raw.source : ''
  if (source.trim() === '') {
    const form = withError(emptyForm(raw), 'source', t('probe.error.source'))
    return { ...(await view(visit, form)), status: 422, error: true }
  }
  return view(visit, emptyForm(raw), await checkProbe(Buffer.from(source.trimStart())))
}

async function view(visit: Visit, form: FormState, pasted?: ProbeFinding): Promise<View> {
  const last = await visit.tx(lastProbe)
  const read = last?.found
  return {
    layout: 'staff',
    at: addresses.administration(visit.town),
    back: addresses.administration(visit.town),
    title: t('probe.title'),
    body: (
      <>
        <ErrorSummary form={form} />
        {visit.url.searchParams.has('geschickt') && !read && <Notice kind="done">{t('probe.sent')}</Notice>}
        <Lead>{t('probe.lead')}</Lead>
        {pasted && <Finding title={t('probe.found.pasted')} found={pasted} />}
        {last && read && (
          <Finding title={t('probe.found.box', { at: formats('de').dateTime(last.sent_at) })} found={read} />
        )}
        <Card title={t('probe.send')} next>
          {visit.sendsMail ? (
            <>
              <p>{t(boxIsRead() ? 'probe.send.box' : 'probe.send.own')}</p>
              <Form action={addresses.mailProbe(visit.town)} token={visit.token}>
                <Button name="do" value="send" look={last ? 'secondary' : 'primary'}>
                  {t('probe.send.button')}
                </Button>
              </Form>
            </>
          ) : (
            <p>{t('probe.no-server')}</p>
          )}
        </Card>
        <Card title={t('probe.paste')}>
          <p>{t('probe.paste.how')}</p>
          <Form action={addresses.mailProbe(visit.town)} token={visit.token}>
            <TextArea name="source" label={t('probe.source')} hint={t('probe.source.hint')} form={form} rows={8} />
            <Button name="do" value="check" look={last ? 'primary' : 'secondary'}>
              {t('probe.paste.button')}
            </Button>
          </Form>
        </Card>
      </>
    ),
  }
}

/** What the other side sees, in sentences: what is wrong and who mends it where. */
function Finding({ title, found: { domain, selector, faults, open } }: { title: string; found: ProbeFinding }) {
  const name = domain ? `${selector}._domainkey.${domain}` : ''
  const by = signing() ? 'own' : 'relay'
  return (
    <Card title={title}>
      {domain && <p>{t('probe.signed', { domain })}</p>}
      {faults.length === 0 ? (
        <Notice kind="done">{t('probe.good')}</Notice>
      ) : (
        probeFaults
          .filter((fault) => faults.includes(fault))
          .map((fault) => (
            <Notice kind={fault === 'fields' || fault === 'short-key' ? 'info' : 'waiting'}>
              {t(`probe.fault.${fault}`, { name, by, fields: open.join(', ') || 'l=' })}
            </Notice>
          ))
      )}
    </Card>
  )
}
