import { emptyForm, typed, withError, type FormState } from '#platform/forms/index.ts'
import { NotAllowed } from '#platform/kernel/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import {
  Button,
  Card,
  EmptyState,
  ErrorSummary,
  Form,
  Lead,
  MoreDetails,
  Notice,
  Select,
  TextField,
} from '#ui/index.ts'
import { proposeExtract, saveChoices } from '../commands/prepare.ts'
import { proposalOf } from '../queries/proposal.ts'
import { secondsFor } from '../queries/seconds.ts'
import { chosenIn, treatments, type Choices, type Passage, type ProposedPart } from '../redaction.ts'
import { words } from '../words.ts'
import { Folded, mend, pageOf, prepares, requestOf } from './parts.tsx'
import { Second } from './second.tsx'

const t = words('de')

const load = (visit: Visit) =>
  visit.tx(async (tx) => {
    const found = await requestOf(tx, visit)
    if (!prepares(visit, found)) throw new NotAllowed('request', { hidden: false })
    const seconds = found.quiet ? await secondsFor(tx, found.reports) : undefined
    return { found, seconds, parts: found.state === 'open' ? chosenIn(await proposalOf(tx, found), found.choices) : [] }
  })

/** `/{town}/einsicht/{request}/auszug`: each passage is kept, blackened or replaced. */
export async function get(visit: Visit): Promise<Response | View> {
  const loaded = await load(visit)
  const { found } = loaded
  return found.state === 'open' ? view(visit, loaded) : redirect(addresses.inspections(visit.town, found.id))
}

export async function post(visit: Visit): Promise<Response | View> {
  const raw = await visit.form()
  const id = visit.params.request ?? ''
  const choices = choicesIn(raw)
  const second = typed(emptyForm(raw), 'second')
  const laid = await visit.tx(async (tx) => {
    const done = raw.do === 'propose' && (await proposeExtract(tx, id, choices, second))
    if (!done) await saveChoices(tx, id, choices)
    return done
  })
  const loaded = raw.do === 'propose' && !laid ? await load(visit) : undefined
  if (loaded?.seconds)
    return { ...view(visit, loaded, withError(emptyForm(raw), 'second', t('error.second'))), ...mend }
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

function view(visit: Visit, { found, parts, seconds }: Awaited<ReturnType<typeof load>>, wrong?: FormState): View {
  const form = formOf(parts)
  return pageOf(visit, {
    back: addresses.inspections(visit.town, found.id),
    title: t('extract.title', { number: found.number }),
    body: (
      <>
        {wrong && <ErrorSummary form={wrong} />}
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
            {seconds && seconds.length > 0 && <Second seconds={seconds} form={wrong ?? emptyForm()} />}
            {seconds?.length === 0 && <Notice kind="info">{t('paper.text')}</Notice>}
            <p>
              {seconds?.length !== 0 && (
                <Button name="do" value="propose">
                  {t('extract.propose')}
                </Button>
              )}{' '}
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
    {part.lines.map(({ label, folded, passages }) => (
      <>
        <h3>{label}</h3>
        <Folded what={folded}>
          {passages.map((passage) => (
            <One passage={passage} form={form} />
          ))}
        </Folded>
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
