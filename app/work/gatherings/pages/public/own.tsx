import { emptyForm, inWords, parseForm, withError, type FormState } from '#platform/forms/index.ts'
import { formats } from '#platform/i18n/index.ts'
import { NotAllowed } from '#platform/kernel/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import {
  Button,
  ButtonLink,
  Card,
  ErrorSummary,
  Form,
  Lead,
  MoreDetails,
  Notice,
  SummaryList,
  TextField,
} from '#ui/index.ts'
import { acceptOffer, changeOwn, confirmMail, own, withdraw, type Own } from '../../commands/own.ts'
import { queueOf, whenOf } from '../../commands/store.ts'
import { endsAt, positionOf } from '../../rules.ts'
import { isPersonal, registrationForm } from '../../schema.ts'
import { titleIn, whenText, whereText } from '../../sentences.ts'
import { publicWords } from '../../words.ts'
import { answersOf, Questions } from './register.tsx'

export interface Shown extends Own {
  readonly token: string
  readonly position: number | undefined
}

const asProgram = <T,>(visit: Visit, work: (tx: TenantTx) => Promise<T>) =>
  visit.txAs({ kind: 'program', name: 'gatherings' }, work)

/** The registration a link names. A forged link and one whose data are deleted look the same. */
export async function shownOwn(visit: Visit): Promise<Shown> {
  const token = visit.params.token ?? ''
  const found = await asProgram(visit, async (tx) => {
    const one = await own(tx, token)
    return one && { ...one, token, position: positionOf(await queueOf(tx, one.gathering.id), one.row.id) }
  })
  if (!found) throw new NotAllowed('registration', { hidden: true })
  return found
}

/** `/{town}/veranstaltungen/anmeldung/{token}`: how things stand, and every change by a button. */
export const get = async (visit: Visit): Promise<View> => {
  const shown = await shownOwn(visit)
  return view(visit, shown, asTyped(shown))
}

const asTyped = ({ name, answers }: Own) =>
  emptyForm({ name, ...Object.fromEntries(answers.map((answer, n) => [`q${n}`, answer])) })

export async function post(visit: Visit): Promise<Response | View> {
  const shown = await shownOwn(visit)
  const t = publicWords(visit.language)
  const raw = await visit.form()
  const here = addresses.ownRegistration(visit.town, shown.token)
  if (raw.do === 'withdraw') await asProgram(visit, (tx) => withdraw(tx, shown.token))
  if (raw.do === 'confirm') await asProgram(visit, (tx) => confirmMail(tx, shown.token))
  if (raw.do === 'accept') await asProgram(visit, (tx) => acceptOffer(tx, shown.token))
  if (raw.do !== 'change') return redirect(here)
  const parsed = parseForm(registrationForm.pick({ name: true }), raw, inWords(t, visit.language))
  const { answers, errors } = answersOf(shown.gathering.questions, raw, t('register.error.answer'))
  let form: FormState = parsed.ok ? emptyForm(raw) : parsed.state
  for (const { field, message } of errors) form = withError(form, field, message)
  if (!parsed.ok || form.errors.length > 0) return { ...view(visit, shown, form), status: 422, error: true }
  await asProgram(visit, (tx) => changeOwn(tx, shown.token, parsed.data.name, answers))
  return redirect(`${here}?geaendert`)
}

function view(visit: Visit, shown: Shown, form: FormState): View {
  const t = publicWords(visit.language)
  const { gathering, row } = shown
  const open = row.ended_on === null && gathering.state === 'announced' && visit.now < endsAt(whenOf(gathering))
  return {
    layout: 'public',
    title: t('own.title'),
    discreet: true,
    body: (
      <>
        <ErrorSummary form={form} />
        <Lead>{standing(visit, shown)}</Lead>
        {visit.url.searchParams.has('geaendert') && form.errors.length === 0 && (
          <Notice kind="done">{t('own.saved')}</Notice>
        )}
        <SummaryList
          rows={[
            { label: t('fact.what'), value: titleIn(gathering, visit.language) },
            { label: t('fact.when'), value: whenText(gathering, visit.language) },
            { label: t('fact.where'), value: whereText(gathering, visit.language) },
          ]}
        />
        {open && <Deeds visit={visit} shown={shown} form={form} />}
        <p class="quiet">{t('own.data', { day: formats(visit.language).day(gathering.delete_on) })}</p>
      </>
    ),
  }
}

/** How things stand, in one sentence. */
function standing(visit: Visit, { row, gathering, position }: Shown): string {
  const t = publicWords(visit.language)
  if (gathering.state === 'cancelled') return t('cancelled')
  if (row.confirm_until && row.state === 'lapsed') return t('own.unconfirmed.over')
  if (row.confirm_until && row.ended_on === null)
    return t('own.unconfirmed', { until: formats(visit.language).dateTime(row.confirm_until) })
  if (row.state === 'waiting' && row.late) return t('own.late')
  if (row.state === 'waiting') return t('own.waiting', { position: position ?? 1 })
  if (row.state === 'offered')
    return t('own.offered', { until: formats(visit.language).dateTime(row.offered_until ?? visit.now) })
  return t(`own.${row.state}`)
}

function Deeds({ visit, shown, form }: { visit: Visit; shown: Shown; form: FormState }) {
  const t = publicWords(visit.language)
  const { row, gathering, token } = shown
  const here = addresses.ownRegistration(visit.town, token)
  return (
    <>
      {row.confirm_until && (
        <Card title={t('own.confirm.title')} next>
          <Form action={here} token={visit.token}>
            <Button name="do" value="confirm">
              {t('own.confirm.button')}
            </Button>
          </Form>
        </Card>
      )}
      {row.state === 'offered' && (
        <Card title={t('own.offer.title')} next>
          <Form action={here} token={visit.token}>
            <Button name="do" value="accept">
              {t('own.offer.accept')}
            </Button>
          </Form>
        </Card>
      )}
      {row.state === 'confirmed' && isPersonal(gathering.online) && (
        <p>
          <ButtonLink href={addresses.ownRegistration(visit.town, token, 'teilnehmen')}>{t('join.title')}</ButtonLink>
        </p>
      )}
      <MoreDetails title={t('own.change')} open={form.errors.length > 0}>
        <Form action={here} token={visit.token}>
          <TextField name="name" label={t('register.name')} autocomplete="name" form={form} />
          <Questions visit={visit} questions={gathering.questions} form={form} />
          <Button name="do" value="change" look="secondary">
            {t('own.save')}
          </Button>
        </Form>
      </MoreDetails>
      <Card title={t(row.state === 'confirmed' ? 'own.withdraw.title' : 'own.leave.title')} id="absagen">
        <p>{t(row.state === 'confirmed' ? 'own.withdraw.text' : 'own.leave.text')}</p>
        <Form action={here} token={visit.token}>
          <Button name="do" value="withdraw" look="secondary">
            {t(row.state === 'confirmed' ? 'own.withdraw.button' : 'own.leave.button')}
          </Button>
        </Form>
      </Card>
    </>
  )
}
