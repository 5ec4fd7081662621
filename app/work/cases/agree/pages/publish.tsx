import { emptyForm, inWords, parseForm, readStaffDay, withError, type FormState } from '#platform/forms/index.ts'
import { formats } from '#platform/i18n/index.ts'
import { berlinDay } from '#platform/kernel/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, Card, EmptyState, ErrorSummary, Form, Lead, Radios, TextArea, TextField } from '#ui/index.ts'
import { caseOf, mend, partOf } from '../../pages/parts/load.ts'
import type { OpenedCase } from '../../queries.ts'
import { publishClause, settleCommitment } from '../commands/commitment.ts'
import { agreements, commitmentsOf, type ShownClause } from '../queries.ts'
import { publishing, settling } from '../schema.ts'
import { publicWords, words } from '../words.ts'

const t = words('de')

interface Shown {
  readonly found: OpenedCase
  readonly clauses: readonly ShownClause[]
  readonly published: Awaited<ReturnType<typeof commitmentsOf>>
}

const load = (visit: Visit): Promise<Shown> =>
  visit.tx(async (tx) => {
    const found = await caseOf(tx, visit)
    const all = await agreements(tx, found.id, found.contentKey)
    const clauses = all.find(({ state }) => state === 'signed')?.clauses ?? []
    return { found, clauses, published: await commitmentsOf(tx, found.id) }
  })

const page = (visit: Visit, { found }: Shown) => addresses.casePage(visit.town, found.id, 'vereinbarung/oeffentlich')

/** `/{town}/faelle/{case}/vereinbarung/oeffentlich`: which promises everybody may read. */
export const get = async (visit: Visit): Promise<View> => view(visit, await load(visit), emptyForm())

export async function post(visit: Visit): Promise<Response | View> {
  const shown = await load(visit)
  const raw = await visit.form()
  const settled = settling.safeParse(raw)
  if (settled.success) {
    await visit.tx((tx) => settleCommitment(tx, shown.found.id, settled.data))
    return redirect(page(visit, shown))
  }
  const parsed = parseForm(publishing, raw, inWords(t, 'de'))
  if (!parsed.ok) return { ...view(visit, shown, parsed.state), ...mend }
  const today = berlinDay(visit.now)
  const agreedOn = readStaffDay(String(raw.agreedOn ?? ''), today)
  const due = readStaffDay(String(raw.due ?? ''), today, 'ahead')
  const fault = (field: string, message: string) => ({
    ...view(visit, shown, withError(emptyForm(raw), field, message)),
    ...mend,
  })
  if (!agreedOn || agreedOn > today) return fault('agreedOn', t('error.agreed'))
  if (raw.due && !due) return fault('due', t('error.due'))
  await visit.tx((tx) => publishClause(tx, shown.found.id, { ...parsed.data, agreedOn, dueOn: due }))
  return redirect(page(visit, shown))
}

const view = (visit: Visit, shown: Shown, form: FormState): View =>
  partOf(visit, shown.found, {
    title: t('public'),
    back: addresses.casePage(visit.town, shown.found.id, 'vereinbarung'),
    body: (
      <>
        <ErrorSummary form={form} />
        <Lead>{t('public.lead', { title: publicWords('de')('promised.title') })}</Lead>
        <Card title={t('public.now')}>
          {shown.published.length === 0 && <EmptyState>{t('public.none')}</EmptyState>}
          {shown.published.map((one) => (
            <Published visit={visit} shown={shown} one={one} />
          ))}
        </Card>
        <Add visit={visit} shown={shown} form={form} />
      </>
    ),
  })

/** What can become of a promise from where it stands. */
const ways = { open: ['kept', 'dropped'], kept: ['open'], dropped: ['open'] } as const

const Published = ({ visit, shown, one }: { visit: Visit; shown: Shown; one: Shown['published'][number] }) => (
  <Form action={page(visit, shown)} token={visit.token}>
    <input type="hidden" name="commitment" value={one.id} />
    <p>
      <strong>{one.who}</strong>: {one.what} <span class="quiet">{t(`public.state.${one.state}`)}</span>
    </p>
    {[...ways[one.state], 'withdrawn' as const].map((state) => (
      <>
        <Button name="state" value={state} look={state === 'withdrawn' ? 'quiet' : 'secondary'}>
          {t(`public.do.${state}`)}
          <span class="hidden-visually">: {one.what}</span>
        </Button>{' '}
      </>
    ))}
  </Form>
)

/** The clauses that are not public yet; the words are written anew, never taken over. */
function Add({ visit, shown, form }: { visit: Visit; shown: Shown; form: FormState }) {
  const left = shown.clauses.filter(({ id }) => !shown.published.some(({ clause }) => clause === id))
  if (left.length === 0) return null
  const { dayShort } = formats('de')
  return (
    <Card title={t('public.add')}>
      <Form action={page(visit, shown)} token={visit.token}>
        <Radios
          name="clause"
          label={t('public.clause')}
          form={form}
          options={left.map(({ id, who, what, tell, dueOn }) => ({
            value: id,
            label: `${who}: ${what}${dueOn ? ` (${t('until', { day: dayShort(dueOn) })})` : ''}`,
            hint: tell && t('public.tell', { tell }),
          }))}
        />
        <TextField name="who" label={t('public.who')} hint={t('public.who.hint')} form={form} />
        <TextArea name="what" label={t('public.what')} form={form} rows={2} />
        <TextField name="due" label={t('due')} hint={t('due.hint')} form={form} short optional />
        <TextField name="agreedOn" label={t('public.agreed')} form={form} short />
        <Button>{t('public.save')}</Button>
      </Form>
    </Card>
  )
}
