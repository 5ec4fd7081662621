import { formats } from '#platform/i18n/index.ts'
import type { View, Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { EmptyState, Lead } from '#ui/index.ts'
import { publicCommitments } from '../../queries.ts'
import { publicWords } from '../../words.ts'

type Promised = Awaited<ReturnType<typeof publicCommitments>>['running'][number]

/** `/{town}/zusagen`: what parties promised and allow everybody to read. */
export async function get(visit: Visit): Promise<View> {
  const t = publicWords(visit.language)
  const { running, over } = await visit.tx(publicCommitments)
  return {
    layout: 'public',
    title: t('promised.title'),
    back: addresses.town(visit.town),
    body: (
      <>
        <Lead>{t('promised.lead')}</Lead>
        {running.length + over.length === 0 && <EmptyState>{t('promised.none')}</EmptyState>}
        {running.length > 0 && <h2>{t('promised.running')}</h2>}
        <List visit={visit} rows={running} />
        {over.length > 0 && <h2>{t('promised.over')}</h2>}
        <List visit={visit} rows={over} />
      </>
    ),
  }
}

/** Written in German by the office, whatever the language of the page. */
const List = ({ visit, rows }: { visit: Visit; rows: readonly Promised[] }) =>
  rows.length === 0 ? null : (
    <ul class="plain">
      {rows.map((row) => (
        <li>
          <span lang="de" dir="ltr">
            <strong>{row.who}</strong>: {row.what}
          </span>
          <br />
          <span class="quiet">{how(visit, row)}</span>
        </li>
      ))}
    </ul>
  )

function how({ language }: Visit, { state, stateOn, dueOn }: Promised): string {
  const [t, { day }] = [publicWords(language), formats(language)]
  if (state !== 'open') return t(`promised.${state}`, { day: day(stateOn) })
  return dueOn ? t('promised.due', { day: day(dueOn) }) : ''
}
