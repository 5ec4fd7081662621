import { typed, type FormState } from '#platform/forms/index.ts'
import type { View, Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, ErrorSummary, Form, Notice, TextField } from '#ui/index.ts'
import { publicWords } from '../../../words.ts'

/** The page for the code; an answer typed too late is carried along. */
export function codeView(visit: Visit, form: FormState, nothing = false): View {
  const t = publicWords(visit.language)
  const wrong = form.errors.length > 0
  return {
    layout: 'public',
    title: t('code.title'),
    back: addresses.town(visit.town),
    discreet: true,
    error: wrong,
    status: wrong ? 422 : 200,
    body: (
      <>
        <ErrorSummary form={form} />
        {visit.url.searchParams.has('geschlossen') && <Notice kind="done">{t('mailbox.closed')}</Notice>}
        {nothing && <p>{t('code.nothing.help')}</p>}
        <Form action={addresses.mailbox(visit.town)} token={visit.token}>
          {typed(form, 'text') && <input type="hidden" name="text" value={typed(form, 'text')} />}
          <TextField type="tel" name="code" label={t('code.label')} hint={t('code.hint')} form={form} />
          <Button>{t('code.open')}</Button>
        </Form>
        <p>{t('mailbox.close-time')}</p>
      </>
    ),
  }
}
