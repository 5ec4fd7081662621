import type { Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { merged } from '../parties.ts'
import type { Parties } from '../queries.ts'
import type { Depth } from '../schema.ts'
import { words } from '../words.ts'

const t = words('de')

/** Who is part of it, on the page of a case: one line each, with the stage where one was judged. */
export function Sides({ parties, depth = {} }: { parties: Parties; depth?: Depth }) {
  if (parties.present.length === 0) return null
  const judged = merged(depth, parties).parties ?? {}
  return (
    <>
      <h3>{t('party.title')}</h3>
      <ul>
        {parties.present.map(({ id, label, stands }) => {
          const stage = judged[id]?.stage
          const how = t(`stands.${stands}`)
          return (
            <li>
              {label} <span class="quiet">{stage ? t('map.actor.stage', { stands: how, stage }) : how}</span>
            </li>
          )
        })}
      </ul>
    </>
  )
}

const tools = ['beteiligte', 'landkarte', 'arbeitsblatt'] as const

/** The way to all that helps to think; a small case walks past it. */
export const ThinkLinks = ({ visit, id, assessed }: { visit: Visit; id: string; assessed: boolean }) => (
  <p class="no-print">
    {t('tools')}{' '}
    {[...tools, ...(assessed ? (['einschaetzung/fassungen'] as const) : [])].map((tool, index) => (
      <>
        {index > 0 && ' · '}
        <a href={addresses.casePage(visit.town, id, tool)}>{t(`tool.${tool}`)}</a>
      </>
    ))}
  </p>
)
