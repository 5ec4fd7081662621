import { Attempts, identify, startSession } from '#platform/auth/index.ts'
import { emptyForm, inWords, parseForm, type FormState } from '#platform/forms/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, ErrorSummary, Form, Lead, TextField } from '#ui/index.ts'
import { signIn } from '../schema.ts'
import { words } from '../words.ts'

const t = words('de')
const attempts = new Attempts()

/** `/{town}/anmelden` */
export const get = (visit: Visit): View | Response =>
  visit.person ? redirect(addresses.today(visit.town)) : view(visit, emptyForm())

export async function post(visit: Visit): Promise<Response | View> {
  const parsed = parseForm(signIn, await visit.form(), inWords(t, 'de'))
  if (!parsed.ok) return { ...view(visit, forgetting(parsed.state)), status: 422, error: true }
  const { mail, password, code } = parsed.data
  const keys = [`${visit.town.id}:${mail.toLowerCase()}`, visit.client]
  const wait = attempts.wait(visit.now.getTime(), ...keys)
  if (wait > 0) return refuse(visit, t('error.wait', { seconds: Math.ceil(wait / 1000) }))
  const session = await visit.txAs({ kind: 'program', name: 'sign-in' }, async (tx) => {
    const person = await identify(tx, mail, password, code)
    return person && startSession(tx, person)
  })
  if (!session) {
    attempts.failed(visit.now.getTime(), ...keys)
    return refuse(visit, t('error.sign-in'))
  }
  attempts.succeeded(...keys)
  visit.setCookie(
    `b-${visit.town.slug}`,
    session.token,
    Math.round((session.expires.getTime() - visit.now.getTime()) / 1000),
  )
  return redirect(addresses.today(visit.town))
}

/** Passwords and codes are the two things a form does not hand back. */
const forgetting = (state: FormState): FormState => ({ ...state, values: { mail: state.values.mail ?? '' } })

async function refuse(visit: Visit, message: string): Promise<View> {
  const form = { values: { mail: String((await visit.form()).mail ?? '') }, errors: [{ field: 'mail', message }] }
  return { ...view(visit, form), status: 422, error: true }
}

const view = (visit: Visit, form: FormState): View => ({
  layout: 'public',
  title: t('sign-in.title'),
  body: (
    <>
      <ErrorSummary form={form} />
      <Lead>{t('sign-in.lead', { town: visit.town.name })}</Lead>
      <Form action={addresses.signIn(visit.town)} token={visit.token}>
        <TextField name="mail" type="email" autocomplete="username" label={t('sign-in.mail')} form={form} />
        <TextField
          name="password"
          type="password"
          autocomplete="current-password"
          label={t('sign-in.password')}
          form={form}
        />
        <TextField name="code" autocomplete="one-time-code" short label={t('sign-in.code')} form={form} />
        <Button>{t('sign-in.button')}</Button>
      </Form>
      <p class="quiet">{t('sign-in.help')}</p>
    </>
  ),
})
