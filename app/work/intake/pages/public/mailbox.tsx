import {
  emptyForm,
  hiddenFields,
  idFromOnce,
  onceKey,
  typed,
  withError,
  type FormState,
} from '#platform/forms/index.ts'
import { formats } from '#platform/i18n/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, ButtonLink, Card, ErrorSummary, Form, Lead, Notice, SummaryList, TextArea } from '#ui/index.ts'
import { readingOffice, say, statusSentence } from '#work/model/index.ts'
import { writeToOffice } from '../../commands/answer.ts'
import { afterWorkingDays, nextReadingIn } from '../../reading.ts'
import { publicWords } from '../../words.ts'
import { asPublic } from './begun.ts'
import { enter, enteredCode, openBox, type OpenBox } from './box.ts'
import { Consent } from './consent.tsx'
import { codeView } from './parts/codeForm.tsx'

interface Inside {
  readonly visit: Visit
  readonly open: OpenBox
}

/** `/{town}/rueckmeldung/antwort`: writes to the office. */
export async function answer(visit: Visit): Promise<Response | View> {
  const t = publicWords(visit.language)
  const form = emptyForm(await visit.form())
  const code = enteredCode(visit)
  const open = code && (await openBox(visit, code))
  if (!open) return codeView(visit, form)
  enter(visit, code)
  const text = typed(form, 'text')
  if (text.trim() === '') return mailboxView(visit, open, withError(form, 'text', t('error.message.missing')))
  if (text.length > 20_000)
    return mailboxView(visit, open, withError(form, 'text', t('error.tooLong', { maximum: 20_000 })))
  const id = idFromOnce(visit.secret('message'), open.box.id, form.values[hiddenFields.once])
  try {
    await asPublic(visit, (tx) => writeToOffice(tx, code, text, id))
  } catch (error) {
    // Sent twice: the first one stands.
    if ((error as { constraint?: string }).constraint !== 'message_pkey') throw error
  }
  return redirect(`${addresses.mailbox(visit.town)}?abgegeben`)
}

/** The answer's form was open too long: the code again, the text is carried along. */
export const answerLate = async (visit: Visit): Promise<View> => ({
  ...codeView(visit, emptyForm(await visit.form())),
  status: 409,
})

export function mailboxView(visit: Visit, open: OpenBox, form: FormState): View {
  const t = publicWords(visit.language)
  const wrong = form.errors.length > 0
  const next = visit.url.searchParams.has('abgegeben') && nextReadingIn(open.model, visit.now, visit.language)
  return {
    layout: 'public',
    title: t('mailbox.title'),
    discreet: true,
    error: wrong,
    status: wrong ? 422 : 200,
    body: (
      <>
        <ErrorSummary form={form} />
        {next && <Notice kind="done">{t('mailbox.answer.sent', next)}</Notice>}
        <Lead>{statusSentence(open.model, open.stands, visit.language)}</Lead>
        <Consent visit={visit} open={open} />
        <Messages visit={visit} open={open} />
        <Form action={addresses.mailbox(visit.town, 'antwort')} token={visit.token}>
          <input type="hidden" name={hiddenFields.once} value={onceKey()} />
          <TextArea
            name="text"
            label={t('mailbox.answer.label')}
            hint={t('mailbox.answer.hint')}
            form={form}
            rows={5}
          />
          <Button>{t('mailbox.answer.send')}</Button>
        </Form>
        <p>{t('mailbox.close-time')}</p>
        <Form action={addresses.leave(visit.town)} token={visit.token}>
          <Button look="secondary">{t('mailbox.done')}</Button>
        </Form>
        <Opened visit={visit} open={open} />
        <Kept visit={visit} open={open} />
        <p>
          <ButtonLink href={addresses.mailbox(visit.town, 'nachweis')} look="secondary">
            {t('proof.title')}
          </ButtonLink>
        </p>
        <p>
          <ButtonLink href={addresses.mailbox(visit.town, 'schliessen')} look="secondary">
            {t('mailbox.close.title')}
          </ButtonLink>
        </p>
      </>
    ),
  }
}

function Messages({ visit, open: { box, model } }: Inside) {
  const t = publicWords(visit.language)
  const { day } = formats(visit.language)
  const office = say(readingOffice(model).reads.name, visit.language)
  const firstBy = afterWorkingDays(model, box.receivedOn, model.model.clocks.firstAnswer.days)
  return (
    <Card title={t('mailbox.messages')}>
      {box.messages.length === 0 && <p>{t('mailbox.empty', { day: day(firstBy) })}</p>}
      {box.messages.map(({ sender, at, text }) => (
        <article class={`message ${sender}`}>
          <h3>
            {sender === 'office'
              ? t('mailbox.from.office', { office, day: day(at) })
              : t('mailbox.from.you', { day: day(at) })}
          </h3>
          <p class="as-typed" dir="auto">
            {text}
          </p>
        </article>
      ))}
    </Card>
  )
}

function Opened({ visit, open: { box, model } }: Inside) {
  const t = publicWords(visit.language)
  if (!model.model.mailbox.openedBy) return null
  const { month, list } = formats(visit.language)
  const months = [...new Set(box.opened.map((line) => line.month))]
  const who = (of: string) =>
    list(box.opened.filter((line) => line.month === of).map((line) => t(`mailbox.opened.${line.who}`)))
  return (
    <Card title={t('mailbox.opened.title')}>
      {months.length === 0 ? (
        <p>{t('mailbox.opened.nobody')}</p>
      ) : (
        <ul>
          {months.map((of) => (
            <li>{t('mailbox.opened.line', { month: month(of), who: who(of) })}</li>
          ))}
        </ul>
      )}
    </Card>
  )
}

function Kept({ visit, open: { box } }: Inside) {
  const t = publicWords(visit.language)
  const { content, contact } = box.keptUntil
  const until = (day: string) => ({ day: formats(visit.language).day(day) })
  return (
    <Card title={t('mailbox.kept.title')}>
      <ul>
        <li>{content ? t('mailbox.kept.report', until(content)) : t('mailbox.kept.running')}</li>
        {box.hasContact && contact && <li>{t('mailbox.kept.contact', until(contact))}</li>}
      </ul>
    </Card>
  )
}

const outside = (visit: Visit) => codeView(visit, emptyForm())

/** `/{town}/rueckmeldung/nachweis`: that something was reported; after a warning, and nothing of it is recorded. */
export async function proof(visit: Visit): Promise<View> {
  const t = publicWords(visit.language)
  const code = enteredCode(visit)
  const open = code && (await openBox(visit, code))
  if (!open) return outside(visit)
  const day = formats(visit.language).day(open.box.receivedOn)
  return {
    layout: 'public',
    title: t('proof.title'),
    back: addresses.mailbox(visit.town),
    discreet: true,
    body:
      visit.request.method === 'POST' ? (
        <SummaryList rows={[{ label: visit.town.name, value: t('proof.text', { day, town: visit.town.name }) }]} />
      ) : (
        <>
          <Notice kind="waiting">{t('proof.warning')}</Notice>
          <Form action={addresses.mailbox(visit.town, 'nachweis')} token={visit.token}>
            <Button>{t('proof.show')}</Button>
          </Form>
        </>
      ),
  }
}
