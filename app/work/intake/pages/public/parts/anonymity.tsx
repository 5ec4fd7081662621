import type { Visit } from '#platform/web/index.ts'
import { publicWords } from '../../../words.ts'

/** What is kept of an anonymous report; what stands before this program only the municipality can confirm. */
export function Anonymity({ visit }: { visit: Visit }) {
  const t = publicWords(visit.language)
  return (
    <ul>
      {(['stored', 'mailbox', 'logs.unknown', 'text', 'workplace'] as const).map((line) => (
        <li>{t(`anonymity.${line}`)}</li>
      ))}
    </ul>
  )
}
