import { emptyForm, type FormState } from '#platform/forms/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, Card, EmptyState, Form, Lead, MoreDetails, Notice, Select, TextField } from '#ui/index.ts'
import { proposeExtract, saveChoices } from '../commands/prepare.ts'
import { proposalOf } from '../queries/proposal.ts'
import type { OpenedRequest } from '../queries/requests.ts'
import { chosenIn, treatments, type Choices, type Passage, type ProposedPart } from '../redaction.ts'
import { words } from '../words.ts'
import { pageOf, requestOf } from './parts.tsx'

const t = words('de')

const load = (visit: Visit) =>
  visit.tx(async (tx) => {
    const found = await requestOf(tx, visit)
    return { found, parts: found.state === 'open' ? chosenIn(await proposalOf(tx, found), found.choices) : [] }
  })

/** `/{town}/einsicht/{request}/auszug`: each passage is kept, blackened or replaced. */
export async function get(visit: Visit): Promise<Response | View> {
  const { found, parts } = await load(visit)
  return found.state === 'open' ? view(visit, found, parts) : redirect(addresses.inspections(visit.town, found.id))
}

export async function post(visit: Visit): Promise<Response> {
  const raw = await visit.form()
  const id = visit.params.request ?? ''
  const choices = choicesIn(raw)
  const laid = await visit.tx(async (tx) => {
    const done = raw.do === 'propose' && (await proposeExtract(tx, id, choices))
    if (!done) await saveChoices(tx, id, choices)
    return done
  })
  if (raw.do !== 'propose' || laid) return redirect(addresses.inspections(visit.town, id, laid ? undefined : 'auszug'))
  return redirect(`${addresses.inspections(visit.town, id)}#gesucht`)
}

/** Fields `was-<key>` and `statt-<key>`. */
function choicesIn(raw: Record<string, string | string[]>): Choices {
  const entries = Object.entries(raw).flatMap(([name, value]) => {
    const [, key] = /^was-([0-9a-f]{20})$/.exec(name) ?? []
    const what = treatments.find((one) => one === value)
    const instead = key ? raw[`statt-${key}`] : undefined
    if (!key || !what) return []
    return [[key, { what, ...(typeof instead === 'string' && { instead: instead.slice(0, 2_000) }) }] as const]
  })
  return Object.fromEntries(entries)
}

const formOf = (parts: readonly ProposedPart[]): FormState =>
  emptyForm(
    Object.fromEntries(
      parts.flatMap(({ lines }) =>
        lines.flatMap(({ passages }) =>
          passages.flatMap(({ key, what, instead }) => [
            [`was-${key}`, what],
            [`statt-${key}`, instead],
          ]),
        ),
      ),
    ),
  )

function view(visit: Visit, found: OpenedRequest, parts: readonly ProposedPart[]): View {
  const form = formOf(parts)
  return pageOf(visit, {
    back: addresses.inspections(visit.town, found.id),
    title: t('extract.title', { number: found.number }),
    body: (
      <>
        <Lead>{t('extract.lead')}</Lead>
        {found.remark && <Notice kind="waiting">{t('extract.remark', { remark: found.remark })}</Notice>}
        <p>{t('extract.never')}</p>
        {parts.length === 0 ? (
          <EmptyState>{t('extract.none')}</EmptyState>
        ) : (
          <Form action={addresses.inspections(visit.town, found.id, 'auszug')} token={visit.token}>
            {parts.map((part) => (
              <Part part={part} form={form} />
            ))}
            <p>
              <Button name="do" value="propose">
                {t('extract.propose')}
              </Button>{' '}
              <Button name="do" value="save" look="secondary">
                {t('extract.save')}
              </Button>
            </p>
          </Form>
        )}
      </>
    ),
  })
}

const Part = ({ part, form }: { part: ProposedPart; form: FormState }) => (
  <Card title={part.title}>
    {part.lines.map(({ label, passages }) => (
      <>
        <h3>{label}</h3>
        {passages.map((passage) => (
          <One passage={passage} form={form} />
        ))}
      </>
    ))}
  </Card>
)

const One = ({ passage, form }: { passage: Passage; form: FormState }) => (
  <div class="passage">
    <p>{passage.text}</p>
    {passage.fixed ? (
      <p class="quiet">{t(`why.${passage.why}`)}</p>
    ) : (
      <MoreDetails title={t('extract.now', { what: t(`treat.${passage.what}`), why: t(`why.${passage.why}`) })}>
        <Select
          name={`was-${passage.key}`}
          label={t('extract.what')}
          form={form}
          options={treatments.map((value) => ({ value, label: t(`treat.${value}`) }))}
        />
        <TextField name={`statt-${passage.key}`} label={t('extract.instead')} form={form} optional />
      </MoreDetails>
    )}
  </div>
)
