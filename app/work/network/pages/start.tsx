import type { View, Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Lead, Notice } from '#ui/index.ts'
import { publicWords } from '../words.ts'
import { Invitations, nextOf, seatOf, type InvitationsProps } from './seat.tsx'

/** `/`: which municipality is yours? And what the network invites to. */
export async function get(visit: Visit): Promise<View> {
  const t = publicWords(visit.language)
  const towns = (await visit.towns()).toSorted((a, b) => a.name.localeCompare(b.name, 'de'))
  const seat = seatOf(towns)
  return {
    layout: 'plain',
    title: t('start.title'),
    body: (
      <>
        <Lead>{t('start.lead')}</Lead>
        <Notice kind="danger">{t('start.danger')}</Notice>
        <ul class="plain">
          {towns
            .filter((town) => town !== seat)
            .map((town) => (
              <li>
                <a href={addresses.town(town)}>
                  <bdi>{town.name}</bdi>
                </a>
              </li>
            ))}
        </ul>
        {seat && <Network visit={visit} seat={seat} next={await nextOf(visit, seat)} />}
      </>
    ),
  }
}

function Network({ visit, seat, next }: InvitationsProps) {
  const t = publicWords(visit.language)
  return (
    <>
      <h2>
        <a href={addresses.network}>{t('network.title')}</a>
      </h2>
      <p>{t('network.lead', { office: `\u2068${seat.name}\u2069` })}</p>
      <Invitations visit={visit} seat={seat} next={next} />
      <p>
        <a href={addresses.networkNewsletter}>{t('network.newsletter')}</a>
      </p>
    </>
  )
}
