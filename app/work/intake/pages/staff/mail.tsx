import { emptyForm, hiddenFields, onceKey, withError, type FormState } from '#platform/forms/index.ts'
import type { View, Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, ErrorSummary, FileField, Form, Lead, Notice, TextArea } from '#ui/index.ts'
import { modelInForce } from '#work/model/index.ts'
import { reportOfMail } from '../../commands/enter.ts'
import { readEmail, type ReadEmail } from '../../email.ts'
import { words } from '../../words.ts'
import { view as entryPage } from './new.tsx'

const t = words('de')
const megabyte = 1024 * 1024
/** A mail with its attachments, and the fields around it. */
export const largest = 10 * megabyte + 64 * 1024
const longest = 20_000

/** `/{town}/eingang/neu/mail`: a mail somebody got becomes an entry. */
export const get = (visit: Visit): View => view(visit, emptyForm())

export async function post(visit: Visit): Promise<View> {
  const values = await visit.form()
  const { mail: file } = await visit.files()
  const pasted = String(values.pasted ?? '')
  const mend = (field: string, message: string): View => ({
    ...view(visit, withError(emptyForm(values), field, message)),
    status: 422,
    error: true,
  })
  if (!file && !pasted.trim()) return mend('mail', t('mail.missing'))
  const read = await readEmail(file ? new Uint8Array(await file.arrayBuffer()) : sourceOf(pasted))
  if (!read) return mend(file ? 'mail' : 'pasted', t('mail.unreadable'))
  const { taken, report, model } = await visit.tx(async (tx) => ({
    ...(await reportOfMail(tx, read.id)),
    model: await modelInForce(tx),
  }))
  if (taken) return view(visit, emptyForm(), { report })
  return entryPage(visit, model, emptyForm(fieldsOf(read)))
}

/** Pasted is either the source with its head, or only what one reads: then there is no head. */
const sourceOf = (pasted: string) =>
  new TextEncoder().encode(/^[\w-]+:.*\n(?:[\w-]+:|\s)/.test(pasted) ? pasted : `\n${pasted}`)

function fieldsOf(mail: ReadEmail): Record<string, string> {
  const attachments = mail.attachments.length > 0 && t('mail.attachments', { names: mail.attachments.join(', ') })
  const parts = [mail.subject && t('mail.subject', { subject: mail.subject }), mail.text, attachments]
  return {
    channel: 'mail',
    observed: parts.filter(Boolean).join('\n\n').slice(0, longest),
    quoted: mail.quoted.slice(0, longest),
    contact: mail.from,
    messageId: mail.id,
    [hiddenFields.once]: onceKey(),
  }
}

function view(visit: Visit, form: FormState, already?: { report?: string }): View {
  return {
    layout: 'staff',
    at: addresses.inbox(visit.town),
    back: addresses.newEntry(visit.town),
    title: t('mail.title'),
    body: (
      <>
        <ErrorSummary form={form} />
        {already && (
          <Notice kind="waiting">
            {t('mail.taken')}{' '}
            {already.report && <a href={addresses.reportPage(visit.town, already.report)}>{t('mail.taken.link')}</a>}
          </Notice>
        )}
        <Lead>{t('mail.lead')}</Lead>
        <Form action={addresses.mailEntry(visit.town)} token={visit.token} files>
          <FileField
            name="mail"
            label={t('mail.file')}
            hint={t('mail.file.hint')}
            accept=".eml,message/rfc822"
            form={form}
            optional
          />
          <TextArea name="pasted" label={t('mail.paste')} form={form} rows={8} optional />
          <Button>{t('mail.read')}</Button>
        </Form>
      </>
    ),
  }
}
