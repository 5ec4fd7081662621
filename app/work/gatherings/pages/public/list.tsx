import { addDays, berlinDay } from '#platform/kernel/index.ts'
import type { View, Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Card, EmptyState, Lead } from '#ui/index.ts'
import type { GatheringRow } from '../../commands/store.ts'
import { whenOf } from '../../commands/store.ts'
import { publicCalendar } from '../../invitation.ts'
import { pastGatherings, publicGatherings } from '../../queries.ts'
import { endsAt, startsAt } from '../../rules.ts'
import { summaryIn, titleIn, whenText, whereText } from '../../sentences.ts'
import { publicWords } from '../../words.ts'

/** `/{town}/veranstaltungen`: what is announced, and what the last ones left behind. */
export async function get(visit: Visit): Promise<View> {
  const t = publicWords(visit.language)
  const today = berlinDay(visit.now)
  const { coming, past } = await visit.tx(async (tx) => ({
    coming: await publicGatherings(tx, today),
    past: await pastGatherings(tx, today),
  }))
  return {
    layout: 'public',
    title: t('list.title'),
    back: addresses.town(visit.town),
    body: (
      <>
        <Lead>{t('list.lead', { town: visit.town.name })}</Lead>
        {coming.length === 0 && <EmptyState>{t('list.none')}</EmptyState>}
        {coming.map((row) => (
          <One visit={visit} row={row} />
        ))}
        {coming.length > 0 && (
          <p>
            <a href={addresses.gatheringsFeed(visit.town)}>{t('list.calendar')}</a>
          </p>
        )}
        {past.length > 0 && (
          <>
            <h2>{t('list.past')}</h2>
            <ul>
              {past.map((row) => (
                <li>
                  <a href={addresses.gathering(visit.town, row.slug)}>{titleIn(row, visit.language)}</a>
                  <br />
                  <span class="quiet">{whenText(row, visit.language)}</span>
                </li>
              ))}
            </ul>
          </>
        )}
      </>
    ),
  }
}

function One({ visit, row }: { visit: Visit; row: GatheringRow }) {
  const t = publicWords(visit.language)
  return (
    <Card title={titleIn(row, visit.language)}>
      {row.state === 'cancelled' && <p>{t('cancelled')}</p>}
      <p>
        {t(`kind.${row.kind}`)}
        <br />
        {whenText(row, visit.language)}
        <br />
        {whereText(row, visit.language)}
      </p>
      <p>
        <a href={addresses.gathering(visit.town, row.slug)}>
          {t('list.more')}
          <span class="hidden-visually">: {titleIn(row, visit.language)}</span>
        </a>
      </p>
    </Card>
  )
}

/** `/{town}/veranstaltungen/kalender.ics`: the same for calendar programs; the way into a room is not in it. */
export async function feed(visit: Visit): Promise<Response> {
  const rows = await visit.tx((tx) => publicGatherings(tx, addDays(berlinDay(tx.now), -31)))
  const text = publicCalendar(
    publicWords('de')('feed.name', { town: visit.town.name }),
    rows.map((row) => ({
      uid: `${row.id}@besonnen`,
      sequence: row.sequence,
      start: startsAt(whenOf(row)),
      end: endsAt(whenOf(row)),
      summary: row.title,
      description: summaryIn(row, 'de'),
      location: whereText(row, 'de'),
      url: `${visit.origin}${addresses.gathering(visit.town, row.slug)}`,
      cancelled: row.state === 'cancelled',
      changedAt: row.changed_at,
    })),
  )
  return new Response(text, {
    headers: { 'content-type': 'text/calendar; charset=utf-8', 'cache-control': 'public, max-age=900' },
  })
}
