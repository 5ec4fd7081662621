import {
  emptyForm,
  hiddenFields,
  idFromOnce,
  inWords,
  onceKey,
  parseForm,
  typed,
  withError,
  type FormState,
} from '#platform/forms/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import {
  Button,
  ButtonLink,
  Card,
  Checkbox,
  ErrorSummary,
  Form,
  Lead,
  MoreDetails,
  Notice,
  Select,
  TextArea,
  TextField,
} from '#ui/index.ts'
import { isInside, offered, modelInForce, type Compiled } from '#work/model/index.ts'
import { enterReport, NoSuchCard } from '../../commands/enter.ts'
import { entry } from '../../schema.ts'
import { words, type WordKey } from '../../words.ts'

const t = words('de')
const doors = ['phone', 'counter', 'letter', 'mail', 'partner'] as const

/** `/{town}/eingang/neu`: a call, a visit, a letter, written down while it is still fresh. */
export async function get(visit: Visit): Promise<View> {
  return view(visit, await visit.tx(modelInForce), emptyForm({ channel: 'phone', [hiddenFields.once]: onceKey() }))
}

export async function post(visit: Visit): Promise<View | Response> {
  const raw = await visit.form()
  const model = await visit.tx(modelInForce)
  const mend = (form: FormState): View => ({ ...view(visit, model, form), status: 422, error: true })
  const parsed = parseForm(entry, raw, inWords(t, 'de'))
  if (!parsed.ok) return mend(parsed.state)
  const { subject, advice } = parsed.data
  const inside = isInside(model, subject)
  if (advice && inside) return mend(withError(emptyForm(raw), 'advice', t('error.advice.inside')))
  const what = inside ? 'entry.saved.inside' : advice ? 'entry.saved.advised' : 'entry.saved'
  const id = idFromOnce(visit.secret('entry'), visit.person?.id ?? '', String(raw[hiddenFields.once] ?? ''))
  try {
    const { code } = await visit.tx((tx) => enterReport(tx, visit.person?.roles ?? [], parsed.data, id))
    return saved(visit, what, code)
  } catch (error) {
    if (error instanceof NoSuchCard) return mend(withError(emptyForm(raw), 'card', t('error.card')))
    if ((error as { code?: string }).code !== '23505') throw error
    if ((error as { constraint?: string }).constraint === 'received_mail_pkey')
      return redirect(addresses.mailEntry(visit.town))
    return saved(visit, what, undefined)
  }
}

const frame = (visit: Visit) =>
  ({
    layout: 'staff',
    at: addresses.inbox(visit.town),
    back: addresses.inbox(visit.town),
    title: t('inbox.new'),
  }) as const

function saved(visit: Visit, what: WordKey, code: string | undefined): View {
  return {
    ...frame(visit),
    body: (
      <>
        <Notice kind="done">{t(what)}</Notice>
        {code && (
          <Card title={t('entry.code')}>
            <p class="code">{code.replaceAll(/(\d{6})(?=\d)/g, '$1 ')}</p>
            <p>{t('entry.code.hint')}</p>
          </Card>
        )}
        <p>
          <ButtonLink href={addresses.newEntry(visit.town)}>{t('entry.another')}</ButtonLink>
        </p>
      </>
    ),
  }
}

/** The page with these fields filled; a mail brings what it quotes, folded. */
export function view(visit: Visit, model: Compiled, form: FormState): View {
  const { areas, subjects } = offered(model, 'de', 'staff')
  const asOptions = (list: readonly { id: string; name: string }[]) =>
    list
      .map(({ id, name }) => ({ value: id, label: name }))
      .toSorted((a, b) => Number(b.value === 'unknown') - Number(a.value === 'unknown'))
  return {
    ...frame(visit),
    body: (
      <>
        <ErrorSummary form={form} />
        <Lead>{t('entry.lead')}</Lead>
        <p>
          <a href={addresses.mailEntry(visit.town)}>{t('mail.link')}</a> ·{' '}
          <a href={addresses.paper(visit.town)}>{t('entry.paper')}</a>
        </p>
        <Form action={addresses.newEntry(visit.town)} token={visit.token}>
          <input type="hidden" name={hiddenFields.once} value={String(form.values[hiddenFields.once] ?? '')} />
          <TextArea name="observed" label={t('entry.observed')} hint={t('entry.observed.hint')} form={form} rows={6} />
          <Quoted form={form} />
          <Select
            name="channel"
            label={t('entry.channel')}
            form={form}
            options={doors.map((value) => ({ value, label: t(`channel.${value}`) }))}
          />
          <Select name="area" label={t('report.area')} form={form} options={asOptions(areas)} />
          <Select name="subject" label={t('report.subject')} form={form} options={asOptions(subjects)} />
          <TextField name="contact" label={t('entry.contact')} hint={t('entry.contact.hint')} form={form} optional />
          <MoreDetails title={t('entry.more')} open={Boolean(typed(form, 'onBehalf') || typed(form, 'card'))}>
            <TextField
              name="onBehalf"
              label={t('entry.onBehalf')}
              hint={t('entry.onBehalf.hint')}
              form={form}
              optional
            />
            <TextField name="card" label={t('entry.card')} hint={t('entry.card.hint')} form={form} short optional />
          </MoreDetails>
          {visit.may('intake.advise') && (
            <TextArea name="advice" label={t('entry.advice')} hint={t('entry.advice.hint')} form={form} optional />
          )}
          <Button>{t('entry.save')}</Button>
        </Form>
      </>
    ),
  }
}

/** What a mail quotes is kept only when somebody says it is needed. */
function Quoted({ form }: { form: FormState }) {
  if (!typed(form, 'messageId')) return null
  return (
    <>
      <input type="hidden" name="messageId" value={typed(form, 'messageId')} />
      {typed(form, 'quoted') && (
        <MoreDetails title={t('mail.quoted')} open={typed(form, 'withQuoted') === 'yes'}>
          <TextArea name="quoted" label={t('mail.quoted.label')} form={form} rows={8} />
          <Checkbox name="withQuoted" label={t('mail.quoted.keep')} form={form} />
        </MoreDetails>
      )}
    </>
  )
}
