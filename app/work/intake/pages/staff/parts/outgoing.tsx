import { hiddenFields } from '#platform/forms/index.ts'
import { formats } from '#platform/i18n/index.ts'
import type { Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, Form } from '#ui/index.ts'
import { languageName } from '../../../languages.ts'
import type { OpenedReport } from '../../../queries.ts'
import { words } from '../../../words.ts'
import { AnswerBeside } from './sideBySide.tsx'

const t = words('de')

const standing = ({ name, untilOn, given }: OpenedReport['outgoing'][number]) =>
  given ? t('outgoing.given') : t('outgoing.waiting', { name: name ?? '', day: formats('de').day(untilOn) })

/** Answers on their way into the language of whoever reported: German and translation side by side, then the mailbox. */
export const Outgoing = ({ visit, report }: { visit: Visit; report: OpenedReport }) => (
  <>
    {report.outgoing
      .filter(({ message }) => !message)
      .map((one) => (
        <section id={`outgoing-${one.id}`}>
          <h3>{t('outgoing.title', { language: languageName(one.language) })}</h3>
          <AnswerBeside language={one.language} german={one.source} text={one.text ?? standing(one)} />
          <Form action={addresses.answering(visit.town, report.id, one.id)} token={visit.token}>
            <input type="hidden" name={hiddenFields.version} value={String(one.version)} />
            {one.text && <Button>{t('report.reply.send')}</Button>}{' '}
            <Button name="do" value="drop" look="quiet">
              {t('outgoing.drop')}
            </Button>
          </Form>
        </section>
      ))}
  </>
)
