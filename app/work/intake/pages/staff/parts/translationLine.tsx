import type { Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { ButtonLink, Notice } from '#ui/index.ts'
import { isForeign, languageName, needsTranslation } from '../../../languages.ts'
import type { OpenedReport } from '../../../queries.ts'
import { words } from '../../../words.ts'

const t = words('de')

/** Whether a report in another language has been put into German, and the way there. */
export function TranslationLine({ visit, report }: { visit: Visit; report: OpenedReport }) {
  const mayAsk = visit.may('intake.read') || visit.may('intake.substitute')
  const open = needsTranslation(report)
  if (!isForeign(report.language) || (!open && report.translations.length === 0)) return null
  const language = languageName(report.language)
  return (
    <>
      {open && (
        <Notice kind="waiting">
          {t(report.translated === 'asked' ? 'translation.waiting.asked' : 'translation.waiting', { language })}
        </Notice>
      )}
      {mayAsk && (
        <p>
          <ButtonLink
            href={addresses.translating(visit.town, report.id)}
            look={open && report.translated === null ? 'primary' : 'secondary'}
          >
            {t(report.translated === null && open ? 'translation.link' : 'translation.link.again')}
          </ButtonLink>
        </p>
      )}
    </>
  )
}
