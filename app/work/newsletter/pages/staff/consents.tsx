import { emptyForm, inWords, parseForm, withError, type FormState } from '#platform/forms/index.ts'
import { formats } from '#platform/i18n/index.ts'
import { NotAllowed } from '#platform/kernel/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, Card, ErrorSummary, Form, Lead, Notice, SummaryList, TextField } from '#ui/index.ts'
import { withdraw } from '../../commands/consent.ts'
import { readProof } from '../../commands/readProof.ts'
import { brokenProof, subscriberByAddress, type ProofEntry } from '../../queries.ts'
import { lookUp } from '../../schema.ts'
import { words } from '../../words.ts'

const t = words('de')
type DetailName = 'address' | 'topics' | 'channel'
const frame = (visit: Visit) => ({
  layout: 'staff' as const,
  at: addresses.newsletterDesk(visit.town),
  back: addresses.newsletterDesk(visit.town),
})

/** `/{town}/newsletter/verwalten/einwilligungen`: somebody is found by the whole address only. */
export async function get(visit: Visit): Promise<View> {
  return view(visit, emptyForm(), await visit.tx(brokenProof))
}

export async function post(visit: Visit): Promise<Response | View> {
  const parsed = parseForm(lookUp, await visit.form(), inWords(t, 'de'))
  if (!parsed.ok) return { ...view(visit, parsed.state, undefined), status: 422, error: true }
  const row = await visit.tx((tx) => subscriberByAddress(tx, parsed.data.address))
  if (row) return redirect(addresses.newsletterProof(visit.town, row.id))
  const form = withError(emptyForm(await visit.form()), 'address', t('consents.none'))
  return { ...view(visit, form, undefined), status: 422, error: true }
}

function view(visit: Visit, form: FormState, broken: number | undefined): View {
  return {
    ...frame(visit),
    title: t('consents.title'),
    body: (
      <>
        <ErrorSummary form={form} />
        <Lead>{t('consents.lead')}</Lead>
        <Form action={addresses.newsletterDesk(visit.town, 'einwilligungen')} token={visit.token}>
          <TextField name="address" type="email" label={t('consents.address')} form={form} />
          <Button>{t('consents.find')}</Button>
        </Form>
        {broken === undefined ? (
          <p class="quiet">{t('proof.chain')}</p>
        ) : (
          <Notice kind="danger">{t('proof.broken', { number: broken })}</Notice>
        )}
      </>
    ),
  }
}

/** `…/einwilligungen/{subscriber}`: one person's whole proof, made to be printed. Reading it is recorded. */
export async function proof(visit: Visit): Promise<View> {
  const found = await visit.tx((tx) => readProof(tx, visit.params.subscriber ?? ''))
  if (!found) throw new NotAllowed('proof', { hidden: true })
  const { row, address, entries } = found
  const facts = [
    { label: t('proof.address'), value: address ?? t('proof.erased') },
    { label: t('proof.state'), value: t(`proof.state.${row.state}`) },
    ...(row.erase_on ? [{ label: t('proof.erase'), value: formats('de').day(row.erase_on) }] : []),
  ]
  return {
    ...frame(visit),
    back: addresses.newsletterDesk(visit.town, 'einwilligungen'),
    title: t('proof.title'),
    body: (
      <>
        <Lead>{t('proof.print')}</Lead>
        <SummaryList rows={facts} />
        {entries.map((entry) => (
          <Entry entry={entry} />
        ))}
        {row.state === 'confirmed' && (
          <Form action={addresses.newsletterProof(visit.town, row.id)} token={visit.token}>
            <Button look="secondary">{t('proof.end')}</Button>
          </Form>
        )}
      </>
    ),
  }
}

const Entry = ({ entry: { number, at, step, detail, wording, hash } }: { entry: ProofEntry }) => (
  <Card title={t(`proof.step.${step}`)}>
    <p>{t('proof.when', { at: at.toISOString(), number })}</p>
    {detail ? (
      <SummaryList
        rows={Object.entries(detail).map(([name, value]) => ({
          label: t(`proof.detail.${name as DetailName}`),
          value: [value ?? '–'].flat().join(', '),
        }))}
      />
    ) : (
      <p class="quiet">{t('proof.erased')}</p>
    )}
    {wording && (
      <>
        <h3>{t('proof.wording')}</h3>
        <p class="as-typed">{wording}</p>
      </>
    )}
    <p class="quiet">{t('proof.hash', { hash })}</p>
  </Card>
)

/** Somebody asked on the phone or by letter: ends it here. */
export async function end(visit: Visit): Promise<Response> {
  const id = visit.params.subscriber ?? ''
  await visit.tx((tx) => withdraw(tx, id, 'staff'))
  return redirect(addresses.newsletterProof(visit.town, id))
}
