import {
  deviceOf,
  endInvitation,
  invited,
  newSecondFactor,
  setCredential,
  startSession,
  stepOf,
} from '#platform/auth/index.ts'
import { record } from '#platform/audit/index.ts'
import { revealWith, sealWith } from '#platform/crypto/index.ts'
import { emptyForm, inWords, parseForm, type FormState } from '#platform/forms/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, Card, ErrorSummary, Form, Lead, QrCode, TextField } from '#ui/index.ts'
import { firstAccess } from '../schema.ts'
import { words } from '../words.ts'

const t = words('de')
const program = { kind: 'program', name: 'invitation' } as const
const purpose = 'second-factor'

interface Guest {
  readonly name: string
  readonly mail: string | null
}

/** `/{town}/einladung/{token}`: password and second factor of a new person. */
export async function get(visit: Visit): Promise<View> {
  const guest = await visit.txAs(program, (tx) => invited(tx, visit.params.token ?? ''))
  return guest
    ? view(visit, guest, newSecondFactor(guest.mail ?? guest.name, visit.town.name).secret, emptyForm())
    : gone()
}

export async function post(visit: Visit): Promise<Response | View> {
  const token = visit.params.token ?? ''
  const guest = await visit.txAs(program, (tx) => invited(tx, token))
  if (!guest) return gone()
  const parsed = parseForm(firstAccess, await visit.form(), inWords(t, 'de'))
  const secret =
    secretOf(visit, String((await visit.form()).factor ?? '')) ??
    newSecondFactor(guest.mail ?? guest.name, visit.town.name).secret
  if (!parsed.ok) return { ...view(visit, guest, secret, parsed.state), status: 422, error: true }
  const step = stepOf(secret, parsed.data.code, visit.now)
  if (step === undefined) {
    const form = { values: {}, errors: [{ field: 'code', message: t('error.code.wrong') }] }
    return { ...view(visit, guest, secret, form), status: 422, error: true }
  }
  const session = await visit.txAs(program, async (tx) => {
    await setCredential(tx, guest.id, { password: parsed.data.password, secret, step })
    await endInvitation(tx, token)
    await record(tx, 'credential-set', `person:${guest.id}`)
    return startSession(tx, guest.id, deviceOf(visit.request.headers.get('user-agent')))
  })
  visit.setCookie(
    `b-${visit.town.slug}`,
    session.token,
    Math.round((session.expires.getTime() - visit.now.getTime()) / 1000),
  )
  return redirect(addresses.today(visit.town))
}

/** The secret travels sealed in the form, so that an invitation merely looked at leaves nothing behind. */
function secretOf(visit: Visit, factor: string): string | undefined {
  try {
    return revealWith(visit.secret(purpose), visit.params.token ?? '', Buffer.from(factor, 'base64url'))
  } catch {
    return undefined
  }
}

const gone = (): View => ({
  layout: 'plain',
  title: t('invitation.gone.title'),
  status: 404,
  body: <Lead>{t('invitation.gone.text')}</Lead>,
})

function view(visit: Visit, guest: Guest, secret: string, form: FormState): View {
  const factor = sealWith(visit.secret(purpose), visit.params.token ?? '', secret).toString('base64url')
  const label = encodeURIComponent(`${visit.town.name}:${guest.mail ?? guest.name}`)
  const address = `otpauth://totp/${label}?secret=${secret}&issuer=${encodeURIComponent(visit.town.name)}`
  return {
    layout: 'public',
    german: true,
    discreet: true,
    title: t('invitation.title', { name: guest.name }),
    body: (
      <>
        <ErrorSummary form={form} />
        <Lead>{t('invitation.lead')}</Lead>
        <Form action={addresses.invitation(visit.town, visit.params.token ?? '')} token={visit.token}>
          <input type="hidden" name="factor" value={factor} />
          <TextField
            name="password"
            type="password"
            autocomplete="new-password"
            label={t('invitation.password')}
            hint={t('invitation.password.hint')}
            form={form}
          />
          <Card title={t('invitation.app')}>
            <p>{t('invitation.app.text')}</p>
            <QrCode text={address} label={t('invitation.app.picture')} />
            <p class="ltr">{secret.match(/.{1,4}/g)?.join(' ')}</p>
          </Card>
          <TextField name="code" autocomplete="one-time-code" short label={t('invitation.code')} form={form} />
          <Button>{t('invitation.button')}</Button>
        </Form>
      </>
    ),
  }
}
