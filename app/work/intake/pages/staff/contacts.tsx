import { emptyForm, hiddenFields, inWords, parseForm, typed, type FormState } from '#platform/forms/index.ts'
import { formats } from '#platform/i18n/index.ts'
import { NotAllowed, StaleEdit } from '#platform/kernel/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import {
  Button,
  ButtonLink,
  Card,
  EmptyState,
  ErrorSummary,
  Form,
  Lead,
  Notice,
  SummaryList,
  TextArea,
  TextField,
} from '#ui/index.ts'
import { addContact, changeContact, noteInformed, removeContact } from '../../commands/contacts.ts'
import { demandSheet, openContacts, type Contact, type SheetOf } from '../../queries/contacts.ts'
import { contactData } from '../../schema.ts'
import { words } from '../../words.ts'

const t = words('de')

const sheetOf = ({ params }: Visit): SheetOf =>
  params.case === undefined ? { report: params.report ?? '' } : { case: params.case }
const back = (visit: Visit) =>
  visit.params.case === undefined
    ? addresses.reportPage(visit.town, visit.params.report ?? '')
    : addresses.casePage(visit.town, visit.params.case)
const here = (visit: Visit, entry?: string) => addresses.contactSheet(visit.town, sheetOf(visit), entry)

const load = (visit: Visit): Promise<Contact[]> =>
  visit.tx(async (tx) => {
    await demandSheet(tx, sheetOf(visit))
    return openContacts(tx, sheetOf(visit))
  })

const valuesOf = ({ role = '', name = '', ways = '', note = '', version }: Contact) => ({
  role,
  name,
  ways,
  note,
  [hiddenFields.version]: String(version),
})

/** `/{town}/eingang/{report}/kontaktblatt` and `/{town}/faelle/{case}/kontaktblatt`; `?eintrag=` opens one person. */
export async function get(visit: Visit): Promise<View> {
  const contacts = await load(visit)
  const open = contacts.find(({ id }) => id === visit.url.searchParams.get('eintrag'))
  return view(visit, contacts, emptyForm(open ? valuesOf(open) : {}), open)
}

export async function post(visit: Visit): Promise<Response | View> {
  const raw = await visit.form()
  const contacts = await load(visit)
  const open = contacts.find(({ id }) => id === raw.entry)
  if ((raw.entry && !open) || (!open && visit.params.case !== undefined))
    throw new NotAllowed('contact entry', { hidden: true })
  if (open && (raw.do === 'remove' || raw.do === 'informed' || raw.do === 'not-informed'))
    return settle(visit, contacts, open, emptyForm(raw))
  const parsed = parseForm(contactData, raw, inWords(t, 'de'))
  if (!parsed.ok) return { ...view(visit, contacts, parsed.state, open), status: 422, error: true }
  try {
    await visit.tx((tx) =>
      open
        ? changeContact(tx, open.id, parsed.data, Number(raw[hiddenFields.version] ?? -1))
        : addContact(tx, visit.params.report ?? '', parsed.data).then(() => undefined),
    )
  } catch (error) {
    if (!(error instanceof StaleEdit)) throw error
    const now = await load(visit)
    const form = { values: raw, errors: [{ field: 'name', message: t('contacts.stale') }] }
    return {
      ...view(
        visit,
        now,
        form,
        now.find(({ id }) => id === open?.id),
      ),
      status: 409,
      error: true,
    }
  }
  return redirect(here(visit))
}

async function settle(visit: Visit, contacts: Contact[], open: Contact, form: FormState): Promise<Response | View> {
  const what = typed(form, 'do')
  const why = typed(form, 'why').trim()
  if (what === 'not-informed' && !why) {
    const state = { values: valuesOf(open), errors: [{ field: 'why', message: t('missing.why') }] }
    return { ...view(visit, contacts, state, open), status: 422, error: true }
  }
  await visit.tx((tx) =>
    what === 'remove' ? removeContact(tx, open.id) : noteInformed(tx, open.id, what === 'informed' ? undefined : why),
  )
  return redirect(here(visit))
}

function view(visit: Visit, contacts: Contact[], form: FormState, open?: Contact): View {
  const onCase = visit.params.case !== undefined
  return {
    layout: 'staff',
    at: onCase ? addresses.cases(visit.town) : addresses.inbox(visit.town),
    back: open ? here(visit) : back(visit),
    title: t('contacts.title'),
    body: (
      <>
        <ErrorSummary form={form} />
        <Lead>{t(onCase ? 'contacts.lead.case' : 'contacts.lead')}</Lead>
        {open && <Change visit={visit} contact={open} form={form} />}
        {!open && contacts.length === 0 && <EmptyState>{t('contacts.none')}</EmptyState>}
        {!open && contacts.map((contact) => <Somebody visit={visit} contact={contact} />)}
        {!open && !onCase && (
          <Card title={t('contacts.add')}>
            <Data visit={visit} form={form} />
          </Card>
        )}
      </>
    ),
  }
}

const Data = ({ visit, form, contact }: { visit: Visit; form: FormState; contact?: Contact }) => (
  <Form action={here(visit)} token={visit.token}>
    {contact && <input type="hidden" name="entry" value={contact.id} />}
    {contact && <input type="hidden" name={hiddenFields.version} value={typed(form, hiddenFields.version)} />}
    <TextField name="role" label={t('contacts.role')} hint={t('contacts.role.hint')} form={form} optional />
    <TextField name="name" label={t('contacts.name')} form={form} optional />
    <TextArea name="ways" label={t('contacts.ways')} hint={t('contacts.ways.hint')} form={form} rows={2} optional />
    <TextArea name="note" label={t('contacts.note')} form={form} rows={3} optional />
    <Button>{t(contact ? 'contacts.change' : 'contacts.save')}</Button>
  </Form>
)

function Somebody({ visit, contact }: { visit: Visit; contact: Contact }) {
  const { role, name, ways, note } = contact
  const rows = [
    [t('contacts.name'), name],
    [t('contacts.ways'), ways],
    [t('contacts.note'), note],
  ] as const
  return (
    <Card title={role ?? name ?? t('contacts.unnamed')}>
      <SummaryList
        rows={rows.flatMap(([label, value]) =>
          value ? [{ label, value: <span class="as-typed">{value}</span> }] : [],
        )}
      />
      <Informing contact={contact} />
      <p>
        <ButtonLink href={here(visit, contact.id)} look="secondary">
          {t('contacts.open')}
        </ButtonLink>
      </p>
    </Card>
  )
}

/** Art. 14 DSGVO: whoever stands here must be told within a month, or there is a reason not to. */
function Informing({ contact }: { contact: Contact }) {
  const { day, dayWithWeekday } = formats('de')
  const { informedOn, uninformed: why } = contact
  if (informedOn)
    return (
      <p class="quiet">
        {why
          ? t('contacts.not-informed', { day: day(informedOn), why })
          : t('contacts.informed', { day: day(informedOn) })}
      </p>
    )
  return <Notice kind="waiting">{t('contacts.inform', { day: dayWithWeekday(contact.informBy) })}</Notice>
}

/** One person by herself: her data, whether she was told, and the way off the sheet. */
const Change = ({ visit, contact, form }: { visit: Visit; contact: Contact; form: FormState }) => (
  <>
    <Card title={contact.role ?? contact.name ?? t('contacts.unnamed')}>
      <Data visit={visit} contact={contact} form={form} />
    </Card>
    <Card title={t('contacts.inform.title')}>
      <p>{t('contacts.inform.about')}</p>
      <Informing contact={contact} />
      <Form action={here(visit)} token={visit.token}>
        <input type="hidden" name="entry" value={contact.id} />
        <Button name="do" value="informed">
          {t('contacts.inform.done')}
        </Button>
      </Form>
      <Form action={here(visit)} token={visit.token}>
        <input type="hidden" name="entry" value={contact.id} />
        <TextArea name="why" label={t('contacts.why')} hint={t('contacts.why.hint')} form={form} rows={2} />
        <Button name="do" value="not-informed" look="secondary">
          {t('contacts.inform.not')}
        </Button>
      </Form>
    </Card>
    <Form action={here(visit)} token={visit.token}>
      <input type="hidden" name="entry" value={contact.id} />
      <Button name="do" value="remove" look="quiet">
        {t('contacts.remove')}
      </Button>
    </Form>
  </>
)
