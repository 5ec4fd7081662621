import { emptyForm, type FormState, type RawForm } from '#platform/forms/index.ts'
import { formats } from '#platform/i18n/index.ts'
import { NotAllowed, berlinDay } from '#platform/kernel/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Badge, Button, Card, Checkbox, EmptyState, ErrorSummary, Form, Lead, Radios, TextField } from '#ui/index.ts'
import { caseOf, mend, partOf } from '../../pages/parts/load.ts'
import { openCases, type OpenedCase } from '../../queries.ts'
import type { Missing } from '../../rules.ts'
import { linkCases, partCases } from '../commands/link.ts'
import { linksOf, type Link } from '../queries.ts'
import { nearestFirst, ways } from '../rules.ts'
import { words, type NearKey } from '../words.ts'

const t = words('de')

interface Shown {
  readonly found: OpenedCase
  readonly links: readonly Link[]
  /** Open cases this person may open as well, those of the same area and subject first. */
  readonly others: Awaited<ReturnType<typeof openCases>>
}

const load = (visit: Visit): Promise<Shown> =>
  visit.tx(async (tx) => {
    const found = await caseOf(tx, visit)
    const links = await linksOf(tx, found.id)
    const linked = links.filter(({ endedAt }) => endedAt === null).map(({ other }) => other)
    const others = (await openCases(tx)).filter(({ id }) => id !== found.id && !linked.includes(id))
    return { found, links, others: nearestFirst(found, others) }
  })

/** `/{town}/faelle/{case}/verbunden`: which other cases it hangs together with, and how. */
export const get = async (visit: Visit): Promise<View> => view(visit, await load(visit), emptyForm())

export async function post(visit: Visit): Promise<Response | View> {
  const shown = await load(visit)
  const { id } = shown.found
  const raw = await visit.form()
  const text = (name: string) => String(raw[name] ?? '')
  const way = ways.find((one) => one === raw.way)
  // What a form names beside the links of this case cannot be parted here.
  if (raw.part && !shown.links.some((one) => one.id === raw.part)) throw new NotAllowed('case', { hidden: true })
  const missing = await visit.tx((tx) => {
    if (raw.part) return partCases(tx, id, text('part'), text(`reason-${text('part')}`))
    return way
      ? linkCases(tx, id, { number: text('number'), way, agreed: raw.agreed === 'yes' }, visit.may('cases.assign'))
      : Promise.resolve<Missing[]>([{ message: 'missing.way', field: 'way' }])
  })
  if (missing.length === 0) return redirect(addresses.casePage(visit.town, id, 'verbunden'))
  return { ...view(visit, shown, withMissing(raw, missing)), ...mend }
}

/** The reason is asked beside the link it belongs to. */
const withMissing = (values: RawForm, missing: readonly Missing[]): FormState => ({
  values,
  errors: missing.map(({ field, message }) => ({
    field: field === 'reason' ? `reason-${String(values.part)}` : (field ?? 'number'),
    message: t(message as NearKey),
  })),
})

function view(visit: Visit, { found, links, others }: Shown, form: FormState): View {
  const standing = links.filter(({ endedAt }) => endedAt === null)
  return partOf(visit, found.id, {
    title: t('title'),
    body: (
      <>
        <ErrorSummary form={form} />
        <Lead>{t('lead', { matter: found.matter })}</Lead>
        {standing.length === 0 && <EmptyState>{t('none')}</EmptyState>}
        {standing.map((link) => (
          <Standing visit={visit} id={found.id} link={link} form={form} />
        ))}
        <Card title={t('add')}>
          <Form action={addresses.casePage(visit.town, found.id, 'verbunden')} token={visit.token}>
            <TextField
              name="number"
              label={t('number')}
              hint={t('number.hint')}
              form={form}
              short
              proposed={others.map(({ number, matter }) => ({ value: number, label: matter }))}
            />
            <Radios
              name="way"
              label={t('way')}
              form={form}
              options={ways.map((value) => ({ value, label: t(`way.${value}`) }))}
            />
            <p class="quiet">{t('add.hint')}</p>
            {(form.values.agreed !== undefined || form.errors.some(({ field }) => field === 'agreed')) && (
              <Checkbox name="agreed" label={t('agreed')} form={form} />
            )}
            <Button>{t('link')}</Button>
          </Form>
        </Card>
      </>
    ),
  })
}

const Standing = ({ visit, id, link, form }: { visit: Visit; id: string; link: Link; form: FormState }) => (
  <Card title={t(`entry.${link.way}`, { number: link.number })}>
    <p>
      <a href={addresses.casePage(visit.town, link.other)}>{link.matter}</a>
    </p>
    <p class="quiet">{t('since', { day: formats('de').day(berlinDay(link.madeAt)), name: link.madeBy ?? '–' })}</p>
    <Form action={addresses.casePage(visit.town, id, 'verbunden')} token={visit.token}>
      <TextField name={`reason-${link.id}`} label={t('reason')} hint={t('reason.hint')} form={form} />
      <Button name="part" value={link.id} look="secondary">
        {t('part')}
      </Button>
    </Form>
  </Card>
)

export const LinkedBadge = () => <Badge kind="neutral">{t('badge')}</Badge>

/** Above the list: the way to cases of other municipalities, where there are any. */
export const VisitsLink = ({ visit, count }: { visit: Visit; count: number }) =>
  count === 0 ? null : (
    <p>
      <a href={addresses.visits(visit.town)}>{t('visits.title')}</a> ({count})
    </p>
  )

/** On the page of a case: the others it hangs together with; nothing where there are none she may see. */
export const Linked = ({ visit, links }: { visit: Visit; links: readonly Link[] }) => {
  const standing = links.filter(({ endedAt }) => endedAt === null)
  if (standing.length === 0) return null
  return (
    <Card title={t('title')}>
      <ul>
        {standing.map(({ way, number, other, matter, closedOn }) => (
          <li>
            {t(`entry.${way}`, { number })}: <a href={addresses.casePage(visit.town, other)}>{matter}</a>
            {closedOn && ` (${t('closed')})`}
          </li>
        ))}
      </ul>
    </Card>
  )
}
