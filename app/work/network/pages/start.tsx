import { berlinDay } from '#platform/kernel/index.ts'
import type { View, Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Lead, Notice } from '#ui/index.ts'
import { announcedAs, publicGatherings } from '#work/gatherings/index.ts'
import { publicWords } from '../words.ts'
import { seatOf } from './seat.ts'

/** So many gatherings of the network stand on the first page. */
const shown = 3

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

type Seat = NonNullable<ReturnType<typeof seatOf>>

const nextOf = (visit: Visit, seat: Seat) =>
  visit.publicAt(seat, async (tx) => {
    const rows = await publicGatherings(tx, berlinDay(visit.now))
    const announced = rows.filter(({ state }) => state === 'announced')
    return announced.slice(0, shown).map((row) => announcedAs(row, visit.language))
  })

function Network({ visit, seat, next }: { visit: Visit; seat: Seat; next: Awaited<ReturnType<typeof nextOf>> }) {
  const t = publicWords(visit.language)
  return (
    <>
      <h2>{t('network.title')}</h2>
      <p>
        {t('network.lead')} <bdi>{seat.name}</bdi>
      </p>
      <ul class="plain">
        {next.map(({ slug, title, when }) => (
          <li>
            <a href={addresses.gathering(seat, slug)}>
              <bdi>{title}</bdi>
            </a>
            <span class="quiet">{when}</span>
          </li>
        ))}
        <li>
          <a href={addresses.networkGatherings}>{t('network.gatherings')}</a>
        </li>
        <li>
          <a href={addresses.networkNewsletter}>{t('network.newsletter')}</a>
        </li>
      </ul>
    </>
  )
}
