import { formats } from '#platform/i18n/index.ts'
import type { View, Visit } from '#platform/web/index.ts'
import type { MailCatcher } from '../mail/catcher.ts'

/** What the program has mailed, the newest first. */
export function mailPage(visit: Visit, catcher: MailCatcher): View {
  const { dateTime } = formats('de')
  return {
    layout: 'plain',
    title: 'Mails der Vorführung',
    body:
      catcher.mails.length === 0 ? (
        <p>Noch ist keine Mail hinausgegangen.</p>
      ) : (
        <ol>
          {catcher.mails.map(({ at, to, subject, text }) => (
            <li>
              <h2>{subject}</h2>
              <p>
                {dateTime(at)} an {to}
              </p>
              <pre>{text}</pre>
            </li>
          ))}
        </ol>
      ),
  }
}
