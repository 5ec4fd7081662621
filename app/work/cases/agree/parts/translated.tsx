import { formats } from '#platform/i18n/index.ts'
import type { Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Card } from '#ui/index.ts'
import { label } from '#work/model/index.ts'
import type { Agreement } from '../queries.ts'
import { begun, fitted, foreign, missing, type Foreign } from '../translated.ts'
import { words } from '../words.ts'

const t = words('de')

/** The page of one version's translation. */
export const translating = (visit: Visit, caseId: string, number: number, language?: Foreign): string =>
  `${addresses.casePage(visit.town, caseId, 'vereinbarung/uebersetzung')}?fassung=${number}${language ? `&in=${language}` : ''}`

/** How much of it there is: said before a sheet is printed or a party is asked. */
export function stateOf({ clauses, translated }: Agreement, language: Foreign): string {
  const open = missing(clauses, translated[language]).map(String)
  const stale = fitted(clauses, translated[language]?.lines).flatMap((one, place) =>
    one?.before ? [String(place + 1)] : [],
  )
  const values = { language: label('language', language), places: formats('de').list(open) }
  const key = open.length === 0 ? 'whole' : open.length === clauses.length ? 'none' : open.length === 1 ? 'one' : 'some'
  const said = t(`translate.${key}`, values)
  return stale.length > 0 ? t('translate.check', { said, places: formats('de').list(stale) }) : said
}

/** In which languages the clauses of a version can be read. */
export function Translated({ visit, caseId, agreement }: { visit: Visit; caseId: string; agreement: Agreement }) {
  const there = foreign.filter((language) => begun(agreement.translated[language]))
  const may = visit.may('cases.handle') || visit.may('cases.follow')
  return (
    <Card title={t(agreement.state === 'draft' ? 'translate.draft' : 'translate.signed')}>
      {there.length > 0 && (
        <ul>
          {there.map((language) => (
            <li>
              {may ? (
                <a href={translating(visit, caseId, agreement.number, language)}>{stateOf(agreement, language)}</a>
              ) : (
                stateOf(agreement, language)
              )}
            </li>
          ))}
        </ul>
      )}
      <p>{t(there.length > 0 ? 'translate.others' : 'translate.nowhere')}</p>
      {may && (
        <p>
          <a href={translating(visit, caseId, agreement.number)}>{t('translate.link')}</a>
        </p>
      )}
    </Card>
  )
}
