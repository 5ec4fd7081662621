import { emptyForm, withError, type FormState } from '#platform/forms/index.ts'
import { NotAllowed } from '#platform/kernel/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, ErrorSummary, Form, Lead, TextArea } from '#ui/index.ts'
import { mend } from '../../pages/parts/load.ts'
import { tells } from '../../tells.ts'
import { sayAsGuest } from '../commands/owner.ts'
import { visitOf } from '../commands/visitor.ts'
import { shown, type Shown } from '../shown.ts'
import { words } from '../words.ts'
import { Ticked } from './parts/ticked.tsx'

const t = words('de')

/** Enters the municipality whose case it is, as the guest this person is there. Both write down that she came. */
async function asGuest<T>(visit: Visit, work: (tx: TenantTx, id: string) => Promise<T>): Promise<T> {
  const id = visit.params.guest ?? ''
  const { owner, guest } = await visit.tx((tx) => visitOf(tx, id))
  return visit.asGuest(owner, guest, (tx) => work(tx, id))
}

/** `/{town}/gastfaelle/{guest}`: a case of another municipality, read inside that municipality. */
export const get = async (visit: Visit): Promise<View> => view(visit, await asGuest(visit, shown), emptyForm())

export async function post(visit: Visit): Promise<Response | View> {
  const raw = await visit.form()
  const text = String(raw.text ?? '').trim()
  const fault = text === '' ? 'missing.text' : text.length > 5000 || tells(text) ? 'missing.tells' : undefined
  if (fault)
    return { ...view(visit, await asGuest(visit, shown), withError(emptyForm(raw), 'text', t(fault))), ...mend }
  try {
    await asGuest(visit, (tx, id) => sayAsGuest(tx, id, text))
  } catch (error) {
    if (!(error instanceof NotAllowed)) throw error
    return gone(visit, text)
  }
  return redirect(addresses.visits(visit.town, visit.params.guest))
}

/** It ended while she was writing: her words are given back to her. */
const gone = (visit: Visit, text: string): View => ({
  layout: 'staff',
  at: addresses.cases(visit.town),
  back: addresses.visits(visit.town),
  title: t('visit.gone'),
  status: 403,
  body: (
    <>
      <Lead>{t('visit.gone.lead')}</Lead>
      <p>{text}</p>
    </>
  ),
})

const view = (visit: Visit, shown: Shown, form: FormState): View => ({
  layout: 'staff',
  at: addresses.cases(visit.town),
  back: addresses.visits(visit.town),
  title: t('visit.title'),
  body: (
    <>
      <ErrorSummary form={form} />
      <Lead>{t('visit.lead')}</Lead>
      <Ticked {...shown} />
      {shown.has('say') && !shown.found.closedOn && (
        <Form action={addresses.visits(visit.town, visit.params.guest)} token={visit.token}>
          <TextArea name="text" label={t('visit.say')} hint={t('visit.say.hint')} form={form} />
          <Button>{t('visit.say.button')}</Button>
        </Form>
      )}
    </>
  ),
})
