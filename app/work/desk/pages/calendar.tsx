import { berlinDay, NotAllowed } from '#platform/kernel/index.ts'
import { emptyForm } from '#platform/forms/index.ts'
import { formats } from '#platform/i18n/index.ts'
import { setGathered, wantsGathered } from '#platform/mail/index.ts'
import { redirect, type Deadline, type Handler, type Slice, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, Card, Form, Lead, Notice, Radios } from '#ui/index.ts'
import { calendarOwner, calendarSince, endCalendar, renewCalendar } from '../commands.ts'
import { calendarText } from '../icalendar.ts'
import { words } from '../words.ts'

const t = words('de')
/** Carries the new address to the next page, so that reloading makes no other one. */
const shownOnce = 'kalender'

async function view(visit: Visit, secret?: string): Promise<View> {
  const person = visit.person!.id
  const { since, gathered } = await visit.tx(async (tx) => ({
    since: await calendarSince(tx, person),
    gathered: await wantsGathered(tx, person),
  }))
  return {
    layout: 'staff',
    at: addresses.today(visit.town),
    back: addresses.today(visit.town),
    title: t('told.title'),
    discreet: true,
    body: (
      <>
        <Lead>{t('told.lead')}</Lead>
        <Told visit={visit} gathered={gathered} />
        <Feed visit={visit} since={since} secret={secret} />
      </>
    ),
  }
}

const Told = ({ visit, gathered }: { visit: Visit; gathered: boolean }) => (
  <Card title={t('told.mails')}>
    <Form action={addresses.ownNotices(visit.town)} token={visit.token}>
      <Radios
        form={emptyForm({ mails: gathered ? 'gathered' : 'single' })}
        name="mails"
        label={t('told.question')}
        hint={t('told.hint')}
        options={[
          { value: 'single', label: t('told.single') },
          { value: 'gathered', label: t('told.gathered') },
        ]}
      />
      <Button name="do" value="mails">
        {t('told.button')}
      </Button>
    </Form>
  </Card>
)

const Feed = ({ visit, since, secret }: { visit: Visit; since: string | undefined; secret: string | undefined }) => (
  <Card title={t('today.calendar')}>
    <p>{t('today.calendar.hint')}</p>
    {secret && (
      <Notice kind="done">
        <p>{t('calendar.once')}</p>
        <p class="code">{`${visit.origin}${addresses.calendarFeed(visit.town, secret)}`}</p>
      </Notice>
    )}
    {since && <p>{t('calendar.since', { day: formats('de').day(since) })}</p>}
    <Form action={addresses.ownCalendar(visit.town)} token={visit.token}>
      <Button name="do" value="renew">
        {t(since ? 'calendar.renew' : 'calendar.make')}
      </Button>
      {since && (
        <Button name="do" value="end" look="secondary">
          {t('calendar.end')}
        </Button>
      )}
    </Form>
  </Card>
)

/** `/{town}/heute/kalender`: how one is told, and one's own deadlines elsewhere. */
export const get: Handler = (visit) => {
  const secret = visit.cookie(shownOnce)
  if (secret) visit.setCookie(shownOnce, undefined)
  return view(visit, secret)
}

export async function post(visit: Visit): Promise<Response> {
  const person = visit.person!.id
  const renew = (await visit.form()).do === 'renew'
  const secret = await visit.tx((tx) => (renew ? renewCalendar(tx, person) : endCalendar(tx, person)))
  if (secret) visit.setCookie(shownOnce, secret, 60)
  return redirect(addresses.ownCalendar(visit.town))
}

/** `/{town}/heute/mitteilungen` */
export async function postNotices(visit: Visit): Promise<Response> {
  const gathered = (await visit.form()).mails === 'gathered'
  await visit.tx((tx) => setGathered(tx, visit.person!.id, gathered))
  return redirect(addresses.ownCalendar(visit.town))
}

/**
 * `/{town}/kalender/{secret}.ics`: fetched by calendar programs without signing in. Day and kind of task, nothing
 * else: whoever finds the address learns no more than that somebody has work to do. Fetching is not recorded, because
 * nothing of any record is shown.
 */
export const feed =
  (slices: readonly Slice[]): Handler =>
  async (visit): Promise<Response> => {
    const secret = /^([\w-]{32})\.ics$/.exec(visit.params.file ?? '')?.[1]
    const owner = secret && (await visit.txAs({ kind: 'public' }, (tx) => calendarOwner(tx, secret)))
    const due = owner && (await visit.asPerson(owner, (tx, person) => deadlinesOf(tx, person, slices)))
    if (!due) throw new NotAllowed('calendar', { hidden: true })
    return new Response(calendarText(t('calendar.name', { town: visit.town.name }), due, visit.now), {
      headers: { 'content-type': 'text/calendar; charset=utf-8', 'cache-control': 'private, no-store' },
    })
  }

async function deadlinesOf(
  ...[tx, person, slices]: [...Parameters<NonNullable<Slice['deadlines']>>, readonly Slice[]]
) {
  const found: Deadline[] = []
  for (const slice of slices) found.push(...((await slice.deadlines?.(tx, person)) ?? []))
  return found.map(({ thing, at, what }) => ({
    uid: `${tx.keys.token('calendar', `${person.id}\0${thing}`).toString('hex', 0, 16)}@besonnen`,
    day: berlinDay(at),
    summary: what,
  }))
}
