import { createHash } from 'node:crypto'
import type { View, Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, ButtonLink, Form, Lead, Notice } from '#ui/index.ts'
import { meetingOf, serviceFor } from '../../commands/room.ts'
import { MeetingTrouble } from '../../meetings/provider.ts'
import { publicWords, words } from '../../words.ts'
import { gatheringOf, partOf } from './frame.tsx'

const t = words('de')

/** `…/{gathering}/raum`: the way in for whoever moderates. */
export async function get(visit: Visit): Promise<View> {
  const row = await visit.tx((tx) => gatheringOf(tx, visit))
  return view(
    visit,
    row.id,
    <>
      <Lead>{t('room.moderate.about')}</Lead>
      <Form action={addresses.manageGatherings(visit.town, row.id, 'raum')} token={visit.token}>
        <Button>{t('room.open')}</Button>
      </Form>
    </>,
  )
}

/** The service is asked outside of any transaction. */
export async function post(visit: Visit): Promise<View> {
  const row = await visit.tx((tx) => gatheringOf(tx, visit))
  try {
    const service = await visit.tx((tx) => serviceFor(tx, row))
    const meeting = meetingOf(row, `${visit.origin}${addresses.manageGatherings(visit.town, row.id)}`)
    const { id: person, name } = visit.person!
    const id = createHash('sha256').update(`${row.id} ${person}`).digest('hex').slice(0, 16)
    const url = await service.joinUrlFor?.(meeting, { id, name, moderates: true }, visit.now)
    if (!url) throw new MeetingTrouble('not-set-up')
    return view(
      visit,
      row.id,
      <p>
        <ButtonLink href={url}>{publicWords('de')('join.go')}</ButtonLink>
      </p>,
    )
  } catch (error) {
    if (!(error instanceof MeetingTrouble)) throw error
    return { ...view(visit, row.id, <Notice kind="waiting">{t(`trouble.${error.kind}`)}</Notice>), status: 503 }
  }
}

const view = (visit: Visit, id: string, body: View['body']): View =>
  partOf(visit, id, { title: t('room.moderate'), discreet: true, body })
