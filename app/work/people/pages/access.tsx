import { record } from '#platform/audit/index.ts'
import {
  addPasskey,
  askToAdd,
  endSessionsOf,
  invite,
  isLinked,
  newRecoveryCodes,
  passkeysOf,
  recoveryCodesLeft,
  removePasskey,
  sessionsOf,
  type Question,
  type Session,
} from '#platform/auth/index.ts'
import { emptyForm, inWords, parseForm, withError, type FormState } from '#platform/forms/index.ts'
import { formats } from '#platform/i18n/index.ts'
import { NotAllowed } from '#platform/kernel/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Badge, Button, Card, ErrorSummary, Form, Lead, Notice, PasskeyForm, TextField } from '#ui/index.ts'
import { modelInForce, type Compiled } from '#work/model/index.ts'
import { stopRecovery } from '../commands/recover.ts'
import { recoveries } from '../queries.ts'
import { newPasskey } from '../schema.ts'
import { nameOfRole, words } from '../words.ts'

const t = words('de')
const { dayShort, dateTime } = formats('de')

/** New ways in are made only soon after signing in: an unwatched screen shall not become somebody's lasting access. */
const fresh = 15 * 60_000
const resetLength = 30 * 60_000
const tokenOf = (visit: Visit) => visit.cookie(`b-${visit.town.slug}`) ?? ''
const thing = (visit: Visit) => `person:${visit.person!.id}`
const isFresh = (visit: Visit, sessions: readonly Session[]) =>
  sessions.some(({ current, since }) => current && visit.now.getTime() - since.getTime() < fresh)

async function requireFresh(visit: Visit): Promise<void> {
  const { sessions, linked } = await visit.tx(async (tx) => ({
    sessions: await sessionsOf(tx, visit.person!.id, tokenOf(visit)),
    linked: await isLinked(tx, visit.person!.id),
  }))
  if (linked || !isFresh(visit, sessions)) throw new NotAllowed('fresh session', { hidden: false })
}

/** `/{town}/heute/zugang`: everything that opens one's own access. */
export const get = (visit: Visit): Promise<View> => view(visit, emptyForm())

/** Ends one of one's own sessions, or, without one in the address, all the others. */
export async function endSessions(visit: Visit): Promise<Response> {
  const { session } = visit.params
  await visit.tx(async (tx) => {
    await endSessionsOf(tx, visit.person!.id, session ? { id: session } : { allBut: tokenOf(visit) })
    await record(tx, 'sessions-ended', thing(visit))
  })
  return redirect(addresses.ownAccess(visit.town))
}

export async function add(visit: Visit): Promise<Response | View> {
  await requireFresh(visit)
  const parsed = parseForm(newPasskey, await visit.form(), inWords(t, 'de'))
  if (!parsed.ok) return { ...(await view(visit, parsed.state)), status: 422, error: true }
  const { name, sealed, answer } = parsed.data
  const given = { key: visit.secret('passkey'), origin: visit.origin, sealed, answer }
  const kept = await visit.tx(async (tx) => {
    const done = await addPasskey(tx, visit.person!.id, name, given)
    if (done) await record(tx, 'passkey-added', thing(visit))
    return done
  })
  if (kept) return redirect(addresses.ownAccess(visit.town))
  const form = withError(emptyForm({ name }), 'name', t('error.passkey.add'))
  return { ...(await view(visit, form)), status: 422, error: true }
}

export async function remove(visit: Visit): Promise<Response> {
  await visit.tx(async (tx) => {
    if (!(await removePasskey(tx, visit.person!.id, visit.params.passkey ?? '')))
      throw new NotAllowed('passkey', { hidden: true })
    await record(tx, 'passkey-removed', thing(visit))
  })
  return redirect(addresses.ownAccess(visit.town))
}

/** New codes, shown this once. */
export async function codes(visit: Visit): Promise<View> {
  await requireFresh(visit)
  const made = await visit.tx(async (tx) => {
    await record(tx, 'codes-made', thing(visit))
    return newRecoveryCodes(tx, visit.person!.id)
  })
  return {
    layout: 'staff',
    at: addresses.ownAccess(visit.town),
    back: addresses.ownAccess(visit.town),
    title: t('access.codes.title'),
    body: (
      <>
        <Lead>{t('access.codes.once')}</Lead>
        <ul class="plain">
          {made.map((code) => (
            <li>
              <code>{code}</code>
            </li>
          ))}
        </ul>
        <p>{t('access.codes.how')}</p>
      </>
    ),
  }
}

/** Password and second factor anew: the same page as for an invitation, for half an hour. */
export async function anew(visit: Visit): Promise<Response> {
  await requireFresh(visit)
  const token = await visit.tx((tx) => invite(tx, visit.person!.id, { length: resetLength }))
  return redirect(addresses.invitation(visit.town, token))
}

/** Somebody asked for a new access in one's name: one stops it oneself. */
export async function stopRecoveries(visit: Visit): Promise<Response> {
  await visit.tx(async (tx) => {
    const own = (await recoveries(tx)).filter(({ person_id }) => person_id === visit.person!.id)
    for (const { id } of own) await stopRecovery(tx, id)
  })
  return redirect(addresses.ownAccess(visit.town))
}

const rolesSentence = (model: Compiled, roles: readonly string[]): string =>
  t('access.roles', { count: roles.length, roles: roles.map((role) => nameOfRole(model, role)).join(', ') })

async function view(visit: Visit, form: FormState): Promise<View> {
  const person = visit.person!
  const asking = { key: visit.secret('passkey'), origin: visit.origin, town: visit.town.name, person }
  const loaded = await visit.tx(async (tx) => ({
    sessions: await sessionsOf(tx, person.id, tokenOf(visit)),
    passkeys: await passkeysOf(tx, person.id),
    question: await askToAdd(tx, asking),
    left: await recoveryCodesLeft(tx, person.id),
    linked: await isLinked(tx, person.id),
    model: await modelInForce(tx),
    lost: (await recoveries(tx)).filter(({ person_id }) => person_id === person.id).length,
  }))
  const mayAdd = !loaded.linked && isFresh(visit, loaded.sessions)
  return {
    layout: 'staff',
    at: addresses.ownAccess(visit.town),
    back: addresses.today(visit.town),
    title: t('access.title'),
    body: (
      <>
        <ErrorSummary form={form} />
        <Lead>{t('access.lead', { count: loaded.sessions.length })}</Lead>
        {loaded.lost > 0 && (
          <Card title={t('access.lost.title')} next>
            <p>{t('access.lost.text')}</p>
            <Form action={addresses.ownAccess(visit.town, 'stopp')} token={visit.token}>
              <Button>{t('lost.stop')}</Button>
            </Form>
          </Card>
        )}
        <p>{rolesSentence(loaded.model, person.roles)}</p>
        {!mayAdd && <Notice kind="info">{t(loaded.linked ? 'access.linked' : 'access.not-fresh')}</Notice>}
        <Sessions visit={visit} sessions={loaded.sessions} />
        <Passkeys
          visit={visit}
          passkeys={loaded.passkeys}
          question={mayAdd ? loaded.question : undefined}
          form={form}
        />
        <Card title={t('access.codes.title')}>
          <p>{t('access.codes.left', { count: loaded.left })}</p>
          {mayAdd && (
            <Form action={addresses.ownAccess(visit.town, 'codes')} token={visit.token}>
              <Button look="secondary">{t('access.codes.button')}</Button>
            </Form>
          )}
        </Card>
        <Card title={t('access.anew.title')}>
          <p>{t('access.anew.text')}</p>
          {mayAdd && (
            <Form action={addresses.ownAccess(visit.town, 'neu')} token={visit.token}>
              <Button look="secondary">{t('access.anew.button')}</Button>
            </Form>
          )}
        </Card>
      </>
    ),
  }
}

function Sessions({ visit, sessions }: { visit: Visit; sessions: readonly Session[] }) {
  return (
    <Card title={t('access.sessions')}>
      {sessions.map(({ id, device, since, current }) => (
        <>
          <p>
            {t('access.session', { device: device || t('access.device.unknown'), since: dateTime(since) })}{' '}
            {current && <Badge kind="done">{t('access.session.current')}</Badge>}
          </p>
          {!current && (
            <Form action={addresses.ownAccess(visit.town, 'sitzungen', id)} token={visit.token}>
              <Button look="quiet">{t('access.session.end')}</Button>
            </Form>
          )}
        </>
      ))}
      {sessions.length > 1 && (
        <Form action={addresses.ownAccess(visit.town, 'sitzungen')} token={visit.token}>
          <Button look="secondary">{t('access.sessions.end')}</Button>
        </Form>
      )}
    </Card>
  )
}

interface PasskeysProps {
  readonly visit: Visit
  readonly passkeys: Awaited<ReturnType<typeof passkeysOf>>
  /** Undefined when none may be added now. */
  readonly question: Question | undefined
  readonly form: FormState
}

function Passkeys({ visit, passkeys, question, form }: PasskeysProps) {
  return (
    <Card title={t('access.passkeys')}>
      <p>{t('access.passkeys.text')}</p>
      {passkeys.map(({ id, name, added_on, used_on }) => (
        <>
          <p>
            <strong>{name}</strong>: {t('access.passkey.since', { day: dayShort(added_on) })}{' '}
            {used_on ? t('access.passkey.used', { day: dayShort(used_on) }) : t('access.passkey.unused')}
          </p>
          <Form action={addresses.ownAccess(visit.town, 'passkeys', id)} token={visit.token}>
            <Button look="quiet">{t('access.passkey.remove', { name })}</Button>
          </Form>
        </>
      ))}
      {question && (
        <>
          <PasskeyForm
            deed="add"
            question={question}
            failed={t('error.passkey.unused')}
            action={addresses.ownAccess(visit.town, 'passkeys')}
            token={visit.token}
          >
            <TextField name="name" label={t('access.passkey.name')} hint={t('access.passkey.name.hint')} form={form} />
            <Button look="secondary">{t('access.passkey.add')}</Button>
          </PasskeyForm>
          <noscript>
            <p class="quiet">{t('access.passkeys.script')}</p>
          </noscript>
        </>
      )}
    </Card>
  )
}
