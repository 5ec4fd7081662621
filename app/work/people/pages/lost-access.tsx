import { setTimeout as sleep } from 'node:timers/promises'
import { Attempts } from '#platform/auth/index.ts'
import { emptyForm, inWords, parseForm, type FormState } from '#platform/forms/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, ErrorSummary, Form, Lead, Notice, TextField } from '#ui/index.ts'
import { askRecovery, newRecoveryNumber, recoveryOf, stopRecovery } from '../commands/recover.ts'
import { lostAccess } from '../schema.ts'
import { words } from '../words.ts'

const t = words('de')
const program = { kind: 'program', name: 'recovery' } as const
const attempts = new Attempts()
/** Longer than what is done for an address that exists, so that the time tells nothing. */
const alike = 300

/** `/{town}/anmelden/kein-zugang` */
export const get = (visit: Visit): View => view(visit, emptyForm())

/** Answers the same for every address: a number to tell two colleagues. */
export async function post(visit: Visit): Promise<View> {
  const parsed = parseForm(lostAccess, await visit.form(), inWords(t, 'de'))
  if (!parsed.ok) return { ...view(visit, parsed.state), status: 422, error: true }
  const { mail } = parsed.data
  const keys = [`${visit.town.id}:${mail.toLowerCase()}`, visit.client]
  const wait = attempts.wait(visit.now.getTime(), ...keys)
  if (wait > 0) {
    const message = t('error.wait', { seconds: Math.ceil(wait / 1000) })
    return { ...view(visit, { values: { mail }, errors: [{ field: 'mail', message }] }), status: 422, error: true }
  }
  // Each request counts like a failure: nobody shall be buried in mails.
  attempts.failed(visit.now.getTime(), ...keys)
  const number = newRecoveryNumber()
  await Promise.all([visit.txAs(program, (tx) => askRecovery(tx, mail, number)), sleep(alike)])
  return {
    layout: 'public',
    german: true,
    discreet: true,
    title: t('lost.asked'),
    body: (
      <>
        <Lead>{t('lost.number')}</Lead>
        <p class="lead ltr">
          <strong>{`${number.slice(0, 3)} ${number.slice(3)}`}</strong>
        </p>
        <p>{t('lost.next')}</p>
        <Notice kind="info">{t('lost.wait')}</Notice>
      </>
    ),
  }
}

/** `/{town}/anmelden/kein-zugang/{token}`: from the mail to the person concerned. */
export async function stopPage(visit: Visit): Promise<View> {
  const token = visit.params.token ?? ''
  const found = await visit.txAs(program, (tx) => recoveryOf(tx, token))
  if (!found)
    return {
      layout: 'public',
      german: true,
      title: t('lost.over'),
      body: <Lead>{t('lost.over.text')}</Lead>,
      status: 404,
    }
  return {
    layout: 'public',
    german: true,
    discreet: true,
    title: t('lost.stop.title'),
    body: (
      <>
        <Lead>{t('lost.stop.text')}</Lead>
        <Form action={addresses.lostAccess(visit.town, token)} token={visit.token}>
          <Button>{t('lost.stop')}</Button>
        </Form>
      </>
    ),
  }
}

export async function stop(visit: Visit): Promise<Response | View> {
  const token = visit.params.token ?? ''
  const stopped = await visit.txAs(program, async (tx) => {
    const id = await recoveryOf(tx, token)
    if (id) await stopRecovery(tx, id)
    return id !== undefined
  })
  return stopped ? redirect(addresses.lostAccess(visit.town, token)) : stopPage(visit)
}

const view = (visit: Visit, form: FormState): View => ({
  layout: 'public',
  german: true,
  back: addresses.signIn(visit.town),
  title: t('lost.title'),
  body: (
    <>
      <ErrorSummary form={form} />
      <Lead>{t('lost.lead')}</Lead>
      <Form action={addresses.lostAccess(visit.town)} token={visit.token}>
        <TextField name="mail" type="email" autocomplete="username" label={t('sign-in.mail')} form={form} />
        <Button>{t('lost.button')}</Button>
      </Form>
    </>
  ),
})
