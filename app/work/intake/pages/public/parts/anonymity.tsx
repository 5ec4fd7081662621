import { formats } from '#platform/i18n/index.ts'
import type { Visit } from '#platform/web/index.ts'
import { publicWords } from '../../../words.ts'

/** What is kept of an anonymous report; what stands before this program only the municipality can confirm. */
export function Anonymity({ visit }: { visit: Visit }) {
  const t = publicWords(visit.language)
  const { proxy_logs: logs, proxy_days: days, proxy_on: on } = visit.town
  const before = `anonymity.logs.${logs ?? 'unknown'}` as const
  const said = { day: on ? formats(visit.language).day(on) : '', days: days ?? 0 }
  return (
    <ul>
      {(['anonymity.stored', 'anonymity.mailbox', before, 'anonymity.text', 'anonymity.workplace'] as const).map(
        (line) => (
          <li>{t(line, said)}</li>
        ),
      )}
    </ul>
  )
}
