import { formats } from '#platform/i18n/index.ts'
import { mailState, signing, type MailState, type Signing } from '#platform/mail/index.ts'
import type { View, Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Card, Lead, Notice } from '#ui/index.ts'
import { words } from '../words.ts'

const t = words('de')
const pages = ['oeffentlich', 'kommune', 'wappen', 'zeiten', 'intern', 'aufbewahrung', 'wiederherstellung'] as const
/** Nobody reports anything to the seat of the network: no form to open, no hours, nothing to hang up. */
const ofReports: readonly string[] = ['oeffentlich', 'zeiten', 'intern']
/** The postman looks every two seconds; a mail that waits this long waits for a mail server. */
const late = 10 * 60_000

/** `/{town}/verwaltung`: the ways to all settings, and whether the program works; counts only, nobody's address. */
export async function administrationPage(visit: Visit): Promise<View> {
  const mail = await visit.tx(mailState)
  return {
    layout: 'staff',
    at: addresses.administration(visit.town),
    title: t('admin.title'),
    body: (
      <>
        <Lead>{t('admin.lead')}</Lead>
        <Card title={t('admin.setup')}>
          <ul class="plain">
            {pages
              .filter((page) => visit.town.kind !== 'state' || !ofReports.includes(page))
              .map((page) => (
                <li>
                  <a href={addresses.settings(visit.town, page)}>{t(`admin.to.${page}`)}</a>
                </li>
              ))}
            {visit.town.kind !== 'state' && (
              <li>
                <a href={addresses.paper(visit.town)}>{t('admin.to.papier')}</a>
              </li>
            )}
          </ul>
        </Card>
        <Card title={t('admin.mail')}>
          <Mail mail={mail} visit={visit} />
          <Signed signing={signing()} />
          <p>
            <a href={addresses.mailProbe(visit.town)}>{t('admin.to.mailprobe')}</a>
          </p>
        </Card>
      </>
    ),
  }
}

/** Whether the world can check our signature; the relay's own is its administrator's. */
function Signed({ signing: found }: { signing: Signing | undefined }) {
  if (!found) return <p>{t('admin.dkim.relay')}</p>
  const { state, name } = found
  return state === 'fits' ? (
    <p>{t('admin.dkim.fits', { name })}</p>
  ) : (
    <Notice kind="waiting">{t(`admin.dkim.${state}`, { name })}</Notice>
  )
}

function Mail({ mail, visit }: { mail: MailState; visit: Visit }) {
  const { overdueSince: since } = mail
  const isLate = since !== undefined && visit.now.getTime() - since.getTime() > late
  return (
    <>
      {!visit.sendsMail ? (
        <Notice kind="waiting">{t('admin.mail.none')}</Notice>
      ) : isLate ? (
        <Notice kind="waiting">{t('admin.mail.late', { since: formats('de').dateTime(since) })}</Notice>
      ) : (
        <p>{t('admin.mail.fine')}</p>
      )}
      <p>{t('admin.mail.waiting', { count: mail.waiting })}</p>
      <p>{t('admin.mail.failed', { count: mail.failed })}</p>
      {mail.replies.length > 0 && <p>{t('admin.mail.replies', { codes: mail.replies.join(', ') })}</p>}
    </>
  )
}
