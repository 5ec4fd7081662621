import type { Child } from 'hono/jsx'
import { formats } from '#platform/i18n/index.ts'
import type { View, Visit } from '#platform/web/index.ts'
import { Lead, Notice, SummaryList } from '#ui/index.ts'
import { modelInForce, type Compiled } from '#work/model/index.ts'
import accessibilityState from '../office/accessibility.json' with { type: 'json' }
import { settingsOf } from '../queries/settings.ts'
import { publicWords, words, type PublicKey, type WordKey } from '../words.ts'

const t = words('de')
const kept = ['unaccepted-report', 'contact-data', 'closed-case', 'mediation-existence', 'read-log'] as const

const settings = (visit: Visit) => visit.txAs({ kind: 'public' }, settingsOf)

/** What the municipality said in German, marked as such; where it has said nothing yet, that. */
const said = (visit: Visit, text: string): Child =>
  text === '' ? (
    <em>{publicWords(visit.language)('gap')}</em>
  ) : (
    <span class="as-typed" lang="de" dir="auto">
      {text}
    </span>
  )

const rows = (visit: Visit, lines: readonly (readonly [PublicKey, string])[]) => (
  <SummaryList
    rows={lines.map(([key, text]) => ({ label: publicWords(visit.language)(key), value: said(visit, text) }))}
  />
)

/** In other languages there is a short version; the German one is one step away. */
function page(visit: Visit, title: PublicKey, body: Child): View {
  const text = publicWords(visit.language)
  return {
    layout: 'public',
    title: text(title),
    body: (
      <>
        {body}
        {visit.language !== 'de' && (
          <Notice kind="info">
            {text('short')}{' '}
            <a href={`${visit.url.pathname}?sprache=de`} hreflang="de">
              {text('short.link')}
            </a>
          </Notice>
        )}
      </>
    ),
  }
}

const addressOf = ({ street, place }: { street: string; place: string }) => [street, place].filter(Boolean).join(', ')

/** `/{town}/impressum`: who answers for these pages. */
export async function imprint(visit: Visit): Promise<View> {
  const text = publicWords(visit.language)
  const { about } = await settings(visit)
  return page(
    visit,
    'imprint.title',
    <>
      <Lead>{text('imprint.lead', { town: visit.town.name })}</Lead>
      {rows(visit, [
        ['imprint.address', addressOf(about)],
        ['imprint.phone', about.phone],
        ['imprint.mail', about.mail],
        ['imprint.represented', about.representedBy],
        ['imprint.oversight', about.oversight],
      ])}
    </>,
  )
}

/** How long each kind of data is kept, from the model in force. */
function periods(visit: Visit, { model }: Compiled) {
  const text = publicWords(visit.language)
  return kept.map((kind) => {
    const period = model.retention[kind]
    const value = 'days' in period ? text('days', { count: period.days }) : text('months', { count: period.months })
    return { label: text(`kept.${kind}`), value }
  })
}

/** `/{town}/datenschutz`: what is kept, how, until when, and what one may demand. */
export async function privacy(visit: Visit): Promise<View> {
  const text = publicWords(visit.language)
  const model = await visit.txAs({ kind: 'public' }, modelInForce)
  const { about } = await settings(visit)
  const paragraphs = ['purpose', 'readers', 'anonymous', 'cookies', 'sealed'] as const
  const controller = [visit.town.name, addressOf(about), about.phone, about.mail].filter(Boolean).join(', ')
  return page(
    visit,
    'privacy.title',
    <>
      <Lead>{text('privacy.lead')}</Lead>
      {rows(visit, [
        ['privacy.controller', controller],
        ['privacy.officer', about.privacyOfficer],
        ['privacy.authority', about.privacyAuthority],
      ])}
      {visit.town.kind !== 'state' && (
        <>
          <h2>{text('privacy.purpose.title')}</h2>
          {paragraphs.map((key) => (
            <p>{text(`privacy.${key}`)}</p>
          ))}
          <h2>{text('privacy.kept')}</h2>
          <SummaryList rows={periods(visit, model)} />
        </>
      )}
      <h2>{text('privacy.invited.title')}</h2>
      <p>{text('privacy.gatherings')}</p>
      <p>{text('privacy.newsletter')}</p>
      <h2>{text('privacy.rights.title')}</h2>
      <p>{text('privacy.rights')}</p>
    </>,
  )
}

/** `/{town}/barrierefreiheit`: how far it has come, and where to say what does not work. */
export async function accessibility(visit: Visit): Promise<View> {
  const text = publicWords(visit.language)
  const { about } = await settings(visit)
  const day = formats(visit.language).day(accessibilityState.assessed)
  return page(
    visit,
    'accessibility.title',
    <>
      <Lead>{text('accessibility.lead', { town: visit.town.name })}</Lead>
      <p>{text('accessibility.state', { day })}</p>
      <p>{text('accessibility.gaps')}</p>
      {rows(visit, [
        ['accessibility.contact', about.accessContact],
        ['accessibility.arbitration', about.accessArbitration],
      ])}
    </>,
  )
}

const easySeat: readonly WordKey[] = [
  'legal.easy.seat.1',
  'legal.easy.seat.2',
  'legal.easy.seat.3',
  'legal.easy.seat.4',
]
const easy: readonly WordKey[] = ['legal.easy.1', 'legal.easy.2', 'legal.easy.3', 'legal.easy.4', 'legal.easy.5']

/** `/{town}/leichte-sprache`: what these pages are for, in easy language. */
export async function easyLanguage(visit: Visit): Promise<View> {
  const { about } = await settings(visit)
  const seat = visit.town.kind === 'state'
  return {
    layout: 'public',
    title: t('legal.easy'),
    body: (
      <div lang="de" dir="ltr">
        {(seat ? easySeat : easy).map((key) => (
          <p>{t(key)}</p>
        ))}
        {!seat && (
          <>
            <h2>{t('legal.easy.pages')}</h2>
            <ul>
              {(['report', 'mailbox', 'call'] as const).map((page) => (
                <li>{t(`legal.easy.page.${page}`)}</li>
              ))}
            </ul>
          </>
        )}
        <h2>{t('legal.easy.access')}</h2>
        <p>{t('legal.easy.access.text')}</p>
        {about.accessContact && <p>{about.accessContact}</p>}
        <p>{t('legal.easy.who', { town: visit.town.name })}</p>
        <Notice kind="info">{t('legal.easy.untested')}</Notice>
      </div>
    ),
  }
}
