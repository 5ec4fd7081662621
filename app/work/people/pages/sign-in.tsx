import {
  askToEnter,
  Attempts,
  deviceOf,
  enterByPasskey,
  identify,
  startSession,
  type Question,
} from '#platform/auth/index.ts'
import { emptyForm, inWords, parseForm, type FormState } from '#platform/forms/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, ButtonLink, ErrorSummary, Form, Lead, PasskeyForm, TextField } from '#ui/index.ts'
import { passkeyAnswer, signIn } from '../schema.ts'
import { words } from '../words.ts'

const t = words('de')
const attempts = new Attempts()

const program = { kind: 'program', name: 'sign-in' } as const
type Begun = Awaited<ReturnType<typeof startSession>>

/** `/{town}/anmelden` */
export const get = (visit: Visit): Promise<View> | Response =>
  visit.person ? redirect(addresses.today(visit.town)) : view(visit, emptyForm())

export async function post(visit: Visit): Promise<Response | View> {
  const parsed = parseForm(signIn, await visit.form(), inWords(t, 'de'))
  if (!parsed.ok) return { ...(await view(visit, forgetting(parsed.state))), status: 422, error: true }
  const { mail, password, code } = parsed.data
  const keys = [`${visit.town.id}:${mail.toLowerCase()}`, visit.client]
  const wait = attempts.wait(visit.now.getTime(), ...keys)
  if (wait > 0) return refuse(visit, t('error.wait', { seconds: Math.ceil(wait / 1000) }))
  const session = await visit.txAs(program, async (tx) => {
    const person = await identify(tx, mail, password, code)
    return person && startSession(tx, person, deviceOf(visit.request.headers.get('user-agent')))
  })
  if (!session) {
    attempts.failed(visit.now.getTime(), ...keys)
    return refuse(visit, t('error.sign-in'))
  }
  attempts.succeeded(...keys)
  return letIn(visit, session)
}

/** `/{town}/anmelden/passkey`: a device answered in place of password and code. */
export async function passkey(visit: Visit): Promise<Response | View> {
  const parsed = parseForm(passkeyAnswer, await visit.form(), inWords(t, 'de'))
  const given = parsed.ok && { key: visit.secret('passkey'), origin: visit.origin, ...parsed.data }
  const session =
    given &&
    (await visit.txAs(program, async (tx) => {
      const person = await enterByPasskey(tx, given)
      return person && startSession(tx, person, deviceOf(visit.request.headers.get('user-agent')))
    }))
  return session ? letIn(visit, session) : refuse(visit, t('error.passkey'))
}

function letIn(visit: Visit, { token, expires }: Begun): Response {
  visit.setCookie(`b-${visit.town.slug}`, token, Math.round((expires.getTime() - visit.now.getTime()) / 1000))
  return redirect(addresses.today(visit.town))
}

/** Passwords and codes are the two things a form does not hand back. */
const forgetting = (state: FormState): FormState => ({ ...state, values: { mail: state.values.mail ?? '' } })

async function refuse(visit: Visit, message: string): Promise<View> {
  const form = { values: { mail: String((await visit.form()).mail ?? '') }, errors: [{ field: 'mail', message }] }
  return { ...(await view(visit, form)), status: 422, error: true }
}

async function view(visit: Visit, form: FormState): Promise<View> {
  const question = await askToEnter(visit.secret('passkey'), visit.origin, visit.now)
  return {
    layout: 'public',
    german: true,
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
          <TextField
            name="code"
            autocomplete="one-time-code"
            short
            label={t('sign-in.code')}
            hint={t('sign-in.code.hint')}
            form={form}
          />
          <Button>{t('sign-in.button')}</Button>
        </Form>
        {visit.signInService && (
          <>
            <p>{t('service.text')}</p>
            <ButtonLink look="secondary" href={addresses.signInService(visit.town)}>
              {t('service.button')}
            </ButtonLink>
          </>
        )}
        <ByPasskey visit={visit} question={question} />
        <p>
          <a href={addresses.lostAccess(visit.town)}>{t('sign-in.help')}</a>
        </p>
      </>
    ),
  }
}

const ByPasskey = ({ visit, question }: { visit: Visit; question: Question }) => (
  <PasskeyForm
    deed="enter"
    question={question}
    failed={t('error.passkey.unused')}
    action={addresses.signIn(visit.town, 'passkey')}
    token={visit.token}
  >
    <p>{t('sign-in.passkey.text')}</p>
    <Button look="secondary">{t('sign-in.passkey')}</Button>
  </PasskeyForm>
)
