import { emptyForm, readStaffDay, withError, type FormState } from '#platform/forms/index.ts'
import { formats } from '#platform/i18n/index.ts'
import { atBerlin, berlinDay, NotAllowed } from '#platform/kernel/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, ButtonLink, Card, ErrorSummary, Form, Lead, Notice, TextField } from '#ui/index.ts'
import { barriers, type Barrier } from '../../check.ts'
import { askRelease, release, sendTest, takeBack, type ReleaseFault } from '../../commands/issue.ts'
import { nameOf, readersFor } from '../../queries/readers.ts'
import { issueById, type Issue } from '../../queries/issues.ts'
import { words } from '../../words.ts'

const t = words('de')

async function load(visit: Visit): Promise<{ issue: Issue; readers: number; askedBy: string }> {
  return visit.tx(async (tx) => {
    const issue = await issueById(tx, visit.params.issue ?? '')
    if (!issue) throw new NotAllowed('issue', { hidden: true })
    const askedBy = issue.asked_by ? await nameOf(tx, issue.asked_by) : ''
    return { issue, readers: await readersFor(tx, issue.topics), askedBy }
  })
}

/** `/{town}/newsletter/entwuerfe/{issue}/pruefen`: how it will look, what keeps somebody out, and the second person. */
export async function get(visit: Visit): Promise<View | Response> {
  const found = await load(visit)
  const { state, id } = found.issue
  if (!['draft', 'asked', 'scheduled'].includes(state))
    return redirect(addresses.newsletterDraft(visit.town, id, 'versand'))
  return view(visit, found, emptyForm())
}

export async function post(visit: Visit): Promise<Response | View> {
  const [found, raw] = [await load(visit), await visit.form()]
  const { id } = found.issue
  const here = addresses.newsletterDraft(visit.town, id, 'pruefen')
  if (raw.act === 'test') {
    await visit.tx((tx) => sendTest(tx, id))
    return redirect(`${here}?probe`)
  }
  if (raw.act === 'back') {
    await visit.tx((tx) => takeBack(tx, id))
    return redirect(addresses.newsletterDraft(visit.town, id))
  }
  const form = emptyForm(raw)
  if (raw.act === 'release') {
    const fault = await visit.tx((tx) => release(tx, id))
    return fault
      ? wrong(visit, found, refused(form, fault))
      : redirect(addresses.newsletterDraft(visit.town, id, 'versand'))
  }
  const at = momentIn(String(raw.day ?? ''), String(raw.time ?? ''), visit.now)
  if (typeof at === 'string') return wrong(visit, found, withError(form, at, t(`error.${at}`)))
  const fault = await visit.tx((tx) => askRelease(tx, id, at))
  return fault ? wrong(visit, found, refused(form, fault)) : redirect(here)
}

/** Day and time as typed; null: at once. Otherwise the field that cannot be read. */
function momentIn(day: string, time: string, now: Date): Date | null | 'day' | 'time' {
  if (day.trim() === '') return null
  const on = readStaffDay(day, berlinDay(now))
  if (!on) return 'day'
  const [, hours, minutes] = /^(\d{1,2})(?:[:.](\d{2}))?(?:\s*Uhr)?$/.exec(time.trim() || '9:00') ?? []
  if (hours === undefined || Number(hours) > 23 || Number(minutes ?? 0) > 59) return 'time'
  return atBerlin(on, `${hours.padStart(2, '0')}:${minutes ?? '00'}`)
}

const refused = (form: FormState, fault: ReleaseFault) =>
  withError(form, fault === 'past' ? 'day' : 'release', t(`error.release.${fault}`))

const wrong = (visit: Visit, found: Awaited<ReturnType<typeof load>>, form: FormState): View => ({
  ...view(visit, found, form),
  status: 422,
  error: true,
})

function view(visit: Visit, { issue, readers, askedBy }: Awaited<ReturnType<typeof load>>, form: FormState): View {
  const found = barriers(issue.subject, issue.blocks)
  const draft = addresses.newsletterDraft(visit.town, issue.id)
  const preview = addresses.newsletterDraft(visit.town, issue.id, 'ansicht')
  return {
    layout: 'staff',
    at: addresses.newsletterDesk(visit.town),
    back: issue.state === 'draft' ? draft : addresses.newsletterDesk(visit.town),
    title: t('check.title'),
    body: (
      <>
        <ErrorSummary form={form} />
        <Lead>
          {issue.subject || t('desk.untitled')}. {t('check.readers', { count: readers })}
        </Lead>
        {visit.url.searchParams.has('probe') && <Notice kind="done">{t('check.tested')}</Notice>}
        {found.length === 0 ? <Notice kind="done">{t('check.fine')}</Notice> : <Barriers found={found} draft={draft} />}
        <Card title={t('check.preview')}>
          <ul class="plain">
            <li>
              <a href={preview}>{t('check.html')}</a>
            </li>
            <li>
              <a href={`${preview}?breite=360`}>{t('check.phone')}</a>
            </li>
            <li>
              <a href={addresses.newsletterDraft(visit.town, issue.id, 'text')}>{t('check.text')}</a>
            </li>
          </ul>
          <Form action={addresses.newsletterDraft(visit.town, issue.id, 'pruefen')} token={visit.token}>
            <Button name="act" value="test" look="secondary">
              {t('check.test')}
            </Button>
          </Form>
        </Card>
        <Release visit={visit} issue={issue} askedBy={askedBy} form={form} draft={draft} />
      </>
    ),
  }
}

const Barriers = ({ found, draft }: { found: readonly Barrier[]; draft: string }) => (
  <Card title={t('check.barriers', { count: found.length })}>
    <ul>
      {found.map(({ at, what, words: about = '' }) => (
        <li>
          {t(`barrier.${what}`, { words: about })}{' '}
          <a href={at === 0 ? `${draft}#subject` : `${draft}#b${at - 1}`}>
            {t('check.mend')}
            <span class="hidden-visually">: {at === 0 ? t('barrier.subject') : t('draft.of', { number: at })}</span>
          </a>
        </li>
      ))}
    </ul>
  </Card>
)

function Release({
  visit,
  issue,
  askedBy,
  form,
  draft,
}: {
  visit: Visit
  issue: Issue
  askedBy: string
  form: FormState
  draft: string
}) {
  const action = addresses.newsletterDraft(visit.town, issue.id, 'pruefen')
  const at = issue.send_at && formats('de').dateTime(issue.send_at)
  const own = issue.asked_by === visit.person?.id
  return (
    <Card title={t('check.release')} next id="release">
      <Form action={action} token={visit.token}>
        {issue.state === 'draft' && (
          <>
            <p>{t('check.release.text')}</p>
            <TextField name="day" label={t('check.when')} hint={t('check.when.hint')} form={form} short optional />
            <TextField name="time" label={t('check.at')} hint={t('check.at.hint')} form={form} short optional />
            <Button name="act" value="ask">
              {t('check.ask')}
            </Button>{' '}
            <ButtonLink href={draft} look="secondary">
              {t('check.edit')}
            </ButtonLink>
          </>
        )}
        {issue.state === 'asked' && (
          <>
            <p>{own ? t('check.asked.own') : t('check.asked', { name: askedBy })}</p>
            <p>{at ? t('check.asked.at', { at }) : t('check.asked.now')}</p>
            {!own && (
              <Button name="act" value="release">
                {t('check.give')}
              </Button>
            )}
          </>
        )}
        {issue.state === 'scheduled' && <p>{t('check.scheduled', { at: at ?? '' })}</p>}
        {issue.state !== 'draft' && (
          <Button name="act" value="back" look="secondary">
            {t('check.back')}
          </Button>
        )}
      </Form>
    </Card>
  )
}
