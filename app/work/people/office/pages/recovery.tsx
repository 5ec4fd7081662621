import { checkPart, Installation, joinParts, type CheckedPart } from '#platform/crypto/index.ts'
import { emptyForm, typed, withError, type FormState } from '#platform/forms/index.ts'
import { formats } from '#platform/i18n/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, Form, Notice, TextArea } from '#ui/index.ts'
import { recoveryProved } from '../../commands/settings.ts'
import { settingsOf } from '../../queries/settings.ts'
import { frame, t } from './frame.tsx'

const fields = ['one', 'other'] as const
const here = (visit: Visit) => addresses.settings(visit.town, 'wiederherstellung')

/** `/{town}/verwaltung/wiederherstellung` */
export const get = (visit: Visit): Promise<View> => view(visit, emptyForm())

export async function post(visit: Visit): Promise<Response | View> {
  const form = judged(visit, emptyForm(await visit.form()))
  if (form.errors.length > 0) return view(visit, form)
  await visit.tx(recoveryProved)
  return redirect(`${here(visit)}?stimmt`)
}

/** The form with what is wrong with its parts; without faults they gave the secret of this installation. */
function judged(visit: Visit, form: FormState): FormState {
  const parts = fields.map((field) => checkPart(typed(form, field).split('\n')))
  const slips = fields.flatMap((field, i) => {
    const part = parts[i]
    if (!part || part.ok) return []
    const missing = typed(form, field) === ''
    return [[field, missing ? t('error.recovery.missing') : t('error.recovery.group', slipOf(part))] as const]
  })
  if (slips.length > 0) return slips.reduce((state, [field, message]) => withError(state, field, message), form)
  const [one, other] = parts as Extract<CheckedPart, { ok: true }>[]
  if (!one || !other) return form
  if (one.x === other.x) return withError(form, 'other', t('error.recovery.same'))
  return isOurs(visit, one, other) ? form : withError(form, 'other', t('error.recovery.other'))
}

const slipOf = ({ line, group }: Extract<CheckedPart, { ok: false }>) => ({ line, group })

/** Compares what both installations derive, never the secret itself. */
function isOurs(visit: Visit, one: Parameters<typeof joinParts>[0], other: Parameters<typeof joinParts>[1]): boolean {
  try {
    return Installation.fromSecret(joinParts(one, other))
      .derive('recovery-proof')
      .equals(visit.secret('recovery-proof'))
  } catch {
    return false
  }
}

async function view(visit: Visit, form: FormState): Promise<View> {
  const { recovery_on: on } = await visit.tx(settingsOf)
  return frame(
    visit,
    { title: 'recovery.title', lead: t('recovery.lead') },
    { form },
    <>
      {visit.url.searchParams.has('stimmt') && form.errors.length === 0 ? (
        <Notice kind="done">{t('recovery.good')}</Notice>
      ) : (
        on && <p>{t('recovery.done', { day: formats('de').day(on) })}</p>
      )}
      <Form action={here(visit)} token={visit.token}>
        {fields.map((field) => (
          <TextArea name={field} label={t(`recovery.${field}`)} hint={t('recovery.hint')} form={form} rows={8} />
        ))}
        <Button>{t('recovery.button')}</Button>
      </Form>
    </>,
  )
}
