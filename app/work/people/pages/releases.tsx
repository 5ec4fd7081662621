import { Attempts } from '#platform/auth/index.ts'
import { emptyForm, withError, type FormState } from '#platform/forms/index.ts'
import { formats } from '#platform/i18n/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, Card, EmptyState, ErrorSummary, Form, Lead, TextField } from '#ui/index.ts'
import { modelInForce, type Compiled } from '#work/model/index.ts'
import { confirmProposal, refuseProposal } from '../commands/roles.ts'
import { confirmRecovery, issueRecovery, stopRecovery } from '../commands/recover.ts'
import type { HeldBy } from '../held.ts'
import { proposals, recoveries } from '../queries.ts'
import { nameOfRole, words } from '../words.ts'

const t = words('de')
const { dateTime } = formats('de')
const attempts = new Attempts()

/** `/{town}/verwaltung/freigaben`: what two people decide about persons. */
export const get = (visit: Visit): Promise<View> => view(visit, emptyForm())

/** The second person releases what was proposed, or refuses it; whoever proposed it may take it back. */
export const decide = (heldBy: HeldBy) =>
  async function answerProposal(visit: Visit): Promise<Response | View> {
    const id = visit.params.proposal ?? ''
    const refused = (await visit.form()).answer === 'no'
    const fault = await visit.tx(async (tx) =>
      refused ? void (await refuseProposal(tx, id)) : confirmProposal(tx, id, heldBy),
    )
    if (!fault) return redirect(addresses.releases(visit.town))
    const form = withError(emptyForm(), `proposal-${id}`, t(`error.role.${fault}`))
    return { ...(await view(visit, form)), status: 422, error: true }
  }

/** One of two says that she heard the number from the person herself. */
export async function confirm(visit: Visit): Promise<Response | View> {
  const id = visit.params.recovery ?? ''
  const key = `${visit.person!.id}:${id}`
  const form = await visit.form()
  const wait = attempts.wait(visit.now.getTime(), key)
  const wrong = async (message: string): Promise<View> => ({
    ...(await view(visit, withError(emptyForm(), `number-${id}`, message))),
    status: 422,
    error: true,
  })
  if (wait > 0) return wrong(t('error.wait', { seconds: Math.ceil(wait / 1000) }))
  if (await visit.tx((tx) => confirmRecovery(tx, id, String(form[`number-${id}`] ?? ''))))
    return redirect(addresses.releases(visit.town))
  attempts.failed(visit.now.getTime(), key)
  return wrong(t('error.recovery.number'))
}

export async function stop(visit: Visit): Promise<Response> {
  await visit.tx((tx) => stopRecovery(tx, visit.params.recovery ?? ''))
  return redirect(addresses.releases(visit.town))
}

/** After the waiting time: the link, shown this once. */
export async function issue(visit: Visit): Promise<View> {
  const token = await visit.tx((tx) => issueRecovery(tx, visit.params.recovery ?? ''))
  return {
    layout: 'staff',
    at: addresses.people(visit.town),
    back: addresses.releases(visit.town),
    title: t('recovery.issued'),
    body: (
      <>
        <Lead>{t('recovery.issued.text')}</Lead>
        <p class="ltr">{visit.origin + addresses.invitation(visit.town, token)}</p>
      </>
    ),
  }
}

async function view(visit: Visit, form: FormState): Promise<View> {
  const loaded = await visit.tx(async (tx) => ({
    model: await modelInForce(tx),
    waiting: await proposals(tx),
    lost: await recoveries(tx),
  }))
  const count = loaded.waiting.length + loaded.lost.length
  return {
    layout: 'staff',
    at: addresses.people(visit.town),
    back: addresses.today(visit.town),
    title: t('release.title'),
    body: (
      <>
        <ErrorSummary form={form} />
        <Lead>{t('release.lead', { count })}</Lead>
        <Proposals visit={visit} {...loaded} />
        {loaded.lost.map((one) => (
          <Recovery visit={visit} one={one} form={form} />
        ))}
        {count === 0 && <EmptyState>{t('release.none')}</EmptyState>}
      </>
    ),
  }
}

export function Proposals({
  visit,
  model,
  waiting,
}: {
  visit: Visit
  model: Compiled
  waiting: Awaited<ReturnType<typeof proposals>>
}) {
  if (waiting.length === 0) return null
  return (
    <Card title={t('proposal.title')} next>
      {waiting.map((one) => (
        <Proposal visit={visit} one={one} role={nameOfRole(model, one.role)} />
      ))}
    </Card>
  )
}

function Proposal({
  visit,
  one,
  role,
}: {
  visit: Visit
  one: Awaited<ReturnType<typeof proposals>>[number]
  role: string
}) {
  const { id, name, ends, by, proposed_by, person_id } = one
  const me = visit.person?.id
  const mine = proposed_by === me
  return (
    <>
      <p id={`proposal-${id}`}>
        {t(ends ? 'proposal.line.end' : 'proposal.line', { name, roles: role, by: by ?? t('proposal.command-line') })}
      </p>
      {person_id !== me && (
        <Form action={addresses.people(visit.town, id)} token={visit.token}>
          {!mine && <Button>{t(ends ? 'proposal.confirm.end' : 'proposal.confirm')}</Button>}{' '}
          <Button look="quiet" name="answer" value="no">
            {t(mine ? 'proposal.withdraw' : 'proposal.refuse')}
          </Button>
        </Form>
      )}
    </>
  )
}

type Lost = Awaited<ReturnType<typeof recoveries>>[number]

function Recovery({ visit, one, form }: { visit: Visit; one: Lost; form: FormState }) {
  const { id, name, asked_at, person_id, first_by, ready_at, first } = one
  const me = visit.person!.id
  const mayConfirm = !ready_at && me !== person_id && me !== first_by
  const at = (step?: 'stopp' | 'verweis') => addresses.recovery(visit.town, id, step)
  return (
    <Card title={t('recovery.title', { name })} next={mayConfirm}>
      <p>{t('recovery.asked', { at: dateTime(asked_at) })}</p>
      {first_by && (
        <p>
          {t('recovery.confirmed', {
            first: first ?? t('proposal.command-line'),
            second: one.second ?? t('proposal.command-line'),
            both: ready_at ? 'yes' : 'no',
          })}
        </p>
      )}
      {ready_at && <p>{t('recovery.ready', { at: dateTime(ready_at) })}</p>}
      {mayConfirm && (
        <Form action={at()} token={visit.token}>
          <TextField
            name={`number-${id}`}
            short
            label={t('recovery.number')}
            hint={t('recovery.number.hint')}
            form={form}
          />
          <Button>{t('recovery.confirm')}</Button>
        </Form>
      )}
      {ready_at && ready_at <= visit.now && [first_by, one.second_by].includes(me) && (
        <Form action={at('verweis')} token={visit.token}>
          <Button>{t('recovery.issue')}</Button>
        </Form>
      )}
      <Form action={at('stopp')} token={visit.token}>
        <Button look="quiet">{t('recovery.stop')}</Button>
      </Form>
    </Card>
  )
}
