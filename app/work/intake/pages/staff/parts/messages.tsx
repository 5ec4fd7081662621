import type { FormState } from '#platform/forms/index.ts'
import { formats } from '#platform/i18n/index.ts'
import type { Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, Card, Checkbox, Checkboxes, Form, MoreDetails, Select, TextArea, Timeline } from '#ui/index.ts'
import { say, type Compiled } from '#work/model/index.ts'
import { answerLanguage, isForeign, languageName } from '../../../languages.ts'
import type { OpenedReport, ReportMessage } from '../../../queries.ts'
import { words } from '../../../words.ts'
import { Outgoing } from './outgoing.tsx'
import { AnswerBeside, SideBySide } from './sideBySide.tsx'
import type { Together } from './together.tsx'
import { Veiled } from './veil.tsx'

const t = words('de')

/** What office and reporter wrote to each other, and the next message. */
export function Messages({
  visit,
  report,
  model,
  together,
  interpreters,
  form,
}: {
  visit: Visit
  report: OpenedReport
  model: Compiled
  together: Together
  interpreters: readonly { readonly id: string; readonly name: string }[]
  form: FormState
}) {
  const { day } = formats('de')
  return (
    <Card title={t('report.messages')}>
      {report.messages.length === 0 ? (
        <p>{t('report.messages.none')}</p>
      ) : (
        <Timeline
          entries={report.messages.map((message) => ({
            when: t(`report.from.${message.sender}`, { day: day(message.at) }),
            text: (
              <>
                <MessageText visit={visit} report={report} message={message} />
                <MessageCheck visit={visit} report={report.id} message={message} />
              </>
            ),
          }))}
        />
      )}
      <Outgoing visit={visit} report={report} />
      <Form action={addresses.reportPage(visit.town, report.id, 'nachricht')} token={visit.token}>
        <Sentences report={report} model={model} form={form} />
        <TextArea name="message" label={t('report.reply.label')} hint={t('report.reply.hint')} form={form} rows={4} />
        {together.joined.length > 0 && (
          <Checkbox name="all" label={t('together.all', { count: together.joined.length })} form={form} />
        )}
        {interpreters.length > 0 && (
          <Select
            name="interpreter"
            label={t('translation.who')}
            hint={t('outgoing.hint')}
            form={form}
            options={[{ value: '', label: '–' }, ...interpreters.map(({ id, name }) => ({ value: id, label: name }))]}
            optional
          />
        )}
        <Button look="secondary">{t('report.reply.send')}</Button>{' '}
        {interpreters.length > 0 && (
          <Button name="do" value="translate" look="secondary">
            {t('outgoing.ask')}
          </Button>
        )}
      </Form>
    </Card>
  )
}

/** A message; one in another language with its German text, or the way to get it. */
function MessageText({ visit, report, message }: { visit: Visit; report: OpenedReport; message: ReportMessage }) {
  const veil = message.sender === 'reporter' ? report.veil : null
  const text = (
    <Veiled veil={veil}>
      <p class="as-typed" dir="auto">
        {message.text}
      </p>
    </Veiled>
  )
  const sent = report.outgoing.find((one) => one.message === message.id)
  if (sent) return <AnswerBeside language={message.language} german={sent.source} text={message.text} />
  if (message.sender === 'office' || !isForeign(message.language)) return text
  const german = report.translations.find((one) => one.message === message.id)?.text
  if (german)
    return (
      <Veiled veil={veil}>
        <SideBySide language={message.language} source={message.text} text={german} />
      </Veiled>
    )
  return (
    <>
      {text}
      {(visit.may('intake.read') || visit.may('intake.substitute')) && (
        <p>
          <a href={addresses.translating(visit.town, report.id, message.id)}>{t('translation.link')}</a>
        </p>
      )}
    </>
  )
}

/** The way to take out of a message what is not needed about others. */
function MessageCheck({ visit, report, message }: { visit: Visit; report: string; message: ReportMessage }) {
  if (message.sender === 'office' || !visit.may('intake.check')) return null
  return (
    <p>
      <a href={addresses.checking(visit.town, report, message.id)}>
        {t(message.checked ? `check.message.${message.checked}` : 'check.message')}
      </a>
    </p>
  )
}

/** Sentences of the model that exist in all languages: said in that of whoever reported. */
function Sentences({ report, model, form }: { report: OpenedReport; model: Compiled; form: FormState }) {
  const language = answerLanguage(report)
  if (model.model.sentences.length === 0) return null
  return (
    <MoreDetails title={t('reply.sentences')} open={isForeign(language)}>
      <Checkboxes
        name="sentences"
        label={t('reply.sentences')}
        hint={t('reply.sentences.hint', { language: languageName(language) })}
        form={form}
        options={model.model.sentences.map(({ id, text }) => ({
          value: id,
          label: say(text, 'de'),
          // Set apart by direction: an Arabic sentence keeps its full stop.
          hint: isForeign(language) ? `\u2068${say(text, language)}\u2069` : undefined,
        }))}
        optional
      />
    </MoreDetails>
  )
}
