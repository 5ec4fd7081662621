import type { View, Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Lead, Notice } from '#ui/index.ts'
import { publicWords } from '../words.ts'

/** `/`: which municipality is yours? */
export async function get(visit: Visit): Promise<View> {
  const t = publicWords(visit.language)
  const towns = (await visit.towns()).toSorted((a, b) => a.name.localeCompare(b.name, 'de'))
  return {
    layout: 'plain',
    title: t('start.title'),
    body: (
      <>
        <Lead>{t('start.lead')}</Lead>
        <Notice kind="danger">{t('start.danger')}</Notice>
        <ul class="plain">
          {towns.map((town) => (
            <li>
              <a href={addresses.town(town)}>
                <bdi>{town.name}</bdi>
              </a>
            </li>
          ))}
        </ul>
      </>
    ),
  }
}
