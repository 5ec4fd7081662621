import { createHash } from 'node:crypto'
import { formats } from '#platform/i18n/index.ts'
import { NotAllowed } from '#platform/kernel/index.ts'
import type { View, Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, ButtonLink, Form, Lead, Notice } from '#ui/index.ts'
import { meetingOf, serviceFor } from '../../commands/room.ts'
import { whenOf } from '../../commands/store.ts'
import { MeetingTrouble } from '../../meetings/provider.ts'
import { endsAt, startsAt } from '../../rules.ts'
import { isPersonal } from '../../schema.ts'
import { publicWords } from '../../words.ts'
import { shownOwn, type Shown } from './own.tsx'

const before = 30 * 60_000

async function guest(visit: Visit): Promise<Shown> {
  const shown = await shownOwn(visit)
  const { row, gathering } = shown
  if (row.state !== 'confirmed' || gathering.state !== 'announced' || !isPersonal(gathering.online))
    throw new NotAllowed('room', { hidden: true })
  return shown
}

/** `/{town}/veranstaltungen/anmeldung/{token}/teilnehmen`: a page with one button; a link scanner opens no room. */
export async function get(visit: Visit): Promise<View> {
  const t = publicWords(visit.language)
  const { gathering, token } = await guest(visit)
  const opens = new Date(startsAt(whenOf(gathering)).getTime() - before)
  if (visit.now >= endsAt(whenOf(gathering))) return view(visit, token, <Notice kind="info">{t('over')}</Notice>)
  if (visit.now < opens)
    return view(visit, token, <Lead>{t('join.early', { time: formats(visit.language).dateTime(opens) })}</Lead>)
  return view(
    visit,
    token,
    <>
      <Lead>{t('join.text')}</Lead>
      <Form action={addresses.ownRegistration(visit.town, token, 'teilnehmen')} token={visit.token}>
        <Button>{t('join.button')}</Button>
      </Form>
    </>,
  )
}

/** The service is asked outside of any transaction: it may take its time. */
export async function post(visit: Visit): Promise<View> {
  const t = publicWords(visit.language)
  const { row, gathering, name, token } = await guest(visit)
  if (visit.now.getTime() < startsAt(whenOf(gathering)).getTime() - before || visit.now >= endsAt(whenOf(gathering)))
    return get(visit)
  try {
    const service = await visit.txAs({ kind: 'program', name: 'gatherings' }, (tx) => serviceFor(tx, gathering))
    const back = `${visit.origin}${addresses.gathering(visit.town, gathering.slug)}`
    // The same person again, and nothing else about her.
    const id = createHash('sha256').update(row.id).digest('hex').slice(0, 16)
    const url = await service.joinUrlFor!(meetingOf(gathering, back), { id, name, moderates: false }, visit.now)
    return view(
      visit,
      token,
      <>
        <Lead>{t('join.ready')}</Lead>
        <p>
          <ButtonLink href={url}>{t('join.go')}</ButtonLink>
        </p>
      </>,
    )
  } catch (error) {
    if (!(error instanceof MeetingTrouble)) throw error
    return { ...view(visit, token, <Notice kind="waiting">{t('join.trouble')}</Notice>), status: 503 }
  }
}

const view = (visit: Visit, token: string, body: View['body']): View => ({
  layout: 'public',
  title: publicWords(visit.language)('join.title'),
  back: addresses.ownRegistration(visit.town, token),
  discreet: true,
  body,
})
