import { emptyForm } from '#platform/forms/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, Form, Lead } from '#ui/index.ts'
import { closeMailbox } from '../../commands/closeMailbox.ts'
import { publicWords } from '../../words.ts'
import { enteredCode, lock } from './box.ts'
import { codeView } from './parts/codeForm.tsx'

/** `/{town}/rueckmeldung/schliessen`: closing for good is asked twice. */
export function get(visit: Visit): View {
  const t = publicWords(visit.language)
  if (!enteredCode(visit)) return codeView(visit, emptyForm())
  return {
    layout: 'public',
    title: t('mailbox.close.title'),
    back: addresses.mailbox(visit.town),
    discreet: true,
    body: (
      <>
        <Lead>{t('mailbox.close.lead')}</Lead>
        <Form action={addresses.mailbox(visit.town, 'schliessen')} token={visit.token}>
          <Button>{t('mailbox.close.confirm')}</Button>
        </Form>
      </>
    ),
  }
}

export async function post(visit: Visit): Promise<Response | View> {
  const code = enteredCode(visit)
  if (!code) return codeView(visit, emptyForm())
  await visit.txAs({ kind: 'program', name: 'mailbox' }, (tx) => closeMailbox(tx, code))
  lock(visit)
  return redirect(`${addresses.mailbox(visit.town)}?geschlossen`)
}
