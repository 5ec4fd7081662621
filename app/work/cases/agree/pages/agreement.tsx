import {
  emptyForm,
  hiddenFields,
  readStaffDay,
  renderedVersion,
  type FormState,
  type RawForm,
} from '#platform/forms/index.ts'
import { formats } from '#platform/i18n/index.ts'
import { berlinDay, NotAllowed, StaleEdit } from '#platform/kernel/index.ts'
import { docxResponse, letterDocx, letterPdf } from '#platform/letter/index.ts'
import { pdfResponse } from '#platform/pdf/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, Card, ErrorSummary, Form, Lead, Notice, TextArea, TextField } from '#ui/index.ts'
import { caseOf, mend, partOf } from '../../pages/parts/load.ts'
import type { OpenedCase } from '../../queries.ts'
import { discardDraft, draftAgreement, noteLook, signAgreement } from '../commands/agreement.ts'
import { agreementLetter } from '../paper.ts'
import { Looks } from '../parts/looks.tsx'
import { agreements, type Agreement } from '../queries.ts'
import { looking, mostClauses, readClauses, signing } from '../schema.ts'
import { words, type AgreeKey } from '../words.ts'

const t = words('de')

interface Shown {
  readonly found: OpenedCase
  readonly all: readonly Agreement[]
}

const load = (visit: Visit): Promise<Shown> =>
  visit.tx(async (tx) => {
    const found = await caseOf(tx, visit)
    return { found, all: await agreements(tx, found.id, found.contentKey) }
  })

const draft = ({ all }: Shown) => all.find(({ state }) => state === 'draft')
const signed = ({ all }: Shown) => all.find(({ state }) => state === 'signed')
const mayWrite = (visit: Visit, { found }: Shown) =>
  !found.closedOn && (visit.may('cases.handle') || visit.may('cases.assess'))

/** The draft in the fields of the form; without one what is signed, to be changed into the next version. */
function stored(shown: Shown): RawForm {
  const fields = (draft(shown) ?? signed(shown))?.clauses.flatMap(({ who, what, tell, dueOn }, index) => [
    [`who-${index + 1}`, who],
    [`what-${index + 1}`, what],
    [`tell-${index + 1}`, tell ?? ''],
    [`due-${index + 1}`, dueOn ? formats('de').dayShort(dueOn) : ''],
  ])
  return { ...Object.fromEntries(fields ?? []), [hiddenFields.version]: String(draft(shown)?.version ?? 0) }
}

/** `/{town}/faelle/{case}/vereinbarung`: who does what by when, and whether it holds. */
export async function get(visit: Visit): Promise<View> {
  const shown = await load(visit)
  return view(visit, shown, emptyForm(stored(shown)))
}

/** The draft, or what is signed, on paper: `?als=docx` to go on writing in. */
export async function paper(visit: Visit): Promise<Response> {
  const shown = await load(visit)
  const agreement = draft(shown) ?? signed(shown)
  if (!agreement) throw new NotAllowed('agreement', { hidden: true })
  const letter = agreementLetter(agreement, shown.found.matter, visit.town.name)
  const name = `${t('title')}-${shown.found.number}`
  return visit.url.searchParams.get('als') === 'docx'
    ? docxResponse(await letterDocx(letter), `${name}.docx`)
    : pdfResponse(await letterPdf(letter), `${name}.pdf`)
}

const faulty = (raw: RawForm, faults: readonly { field: string; message: string }[]): FormState => ({
  values: raw,
  errors: faults.map(({ field, message }) => ({ field, message: t(message as AgreeKey) })),
})

async function save(visit: Visit, shown: Shown, raw: RawForm): Promise<FormState | undefined> {
  const today = berlinDay(visit.now)
  const { clauses, faults } = readClauses(raw, (typed) => readStaffDay(typed, today) ?? undefined)
  if (faults.length > 0) return faulty(raw, faults)
  await visit.tx((tx) => draftAgreement(tx, shown.found.id, clauses, renderedVersion(raw) ?? -1))
  return undefined
}

async function sign(visit: Visit, shown: Shown, raw: RawForm): Promise<FormState | undefined> {
  const today = berlinDay(visit.now)
  const parsed = signing.safeParse(raw)
  const signedOn = readStaffDay(String(raw.signedOn ?? ''), today)
  if (!parsed.success || !signedOn || signedOn > today)
    return faulty({ ...stored(shown), ...raw }, [{ field: 'signedOn', message: 'error.signed' }])
  await visit.tx((tx) => signAgreement(tx, shown.found.id, { signedOn, proof: parsed.data.proof }))
  return undefined
}

async function discard(visit: Visit, shown: Shown): Promise<undefined> {
  await visit.tx((tx) => discardDraft(tx, shown.found.id))
  return undefined
}

async function look(visit: Visit, shown: Shown, raw: RawForm): Promise<FormState | undefined> {
  const parsed = looking.safeParse(raw)
  if (!parsed.success) return faulty({ ...stored(shown), ...raw }, [{ field: 'holding', message: 'error.holding' }])
  await visit.tx((tx) => noteLook(tx, shown.found.id, parsed.data))
  return undefined
}

export async function post(visit: Visit): Promise<Response | View> {
  const shown = await load(visit)
  const raw = await visit.form()
  if (raw.do !== 'look' && !mayWrite(visit, shown)) throw new NotAllowed('agreement', { hidden: false })
  const deed = raw.do === 'look' ? look : raw.do === 'sign' ? sign : raw.do === 'discard' ? discard : save
  try {
    const form = await deed(visit, shown, raw)
    if (form) return { ...view(visit, shown, form), ...mend }
    return redirect(addresses.casePage(visit.town, shown.found.id, 'vereinbarung'))
  } catch (error) {
    if (!(error instanceof StaleEdit)) throw error
    const now = await load(visit)
    const form = emptyForm({ ...raw, [hiddenFields.version]: String(draft(now)?.version ?? 0) })
    return { ...view(visit, now, form, true), status: 409, error: true }
  }
}

function stateOf(shown: Shown): string {
  const { day } = formats('de')
  const [open, valid] = [draft(shown), signed(shown)]
  if (open) return t('state.draft', { day: day(open.madeOn) })
  return valid?.signedOn ? t('state.signed', { day: day(valid.signedOn) }) : t('state.none')
}

const view = (visit: Visit, shown: Shown, form: FormState, stale = false): View => {
  const { found } = shown
  const open = draft(shown)
  const valid = signed(shown)
  const here = addresses.casePage(visit.town, found.id, 'vereinbarung')
  return partOf(visit, found.id, {
    title: t('title'),
    body: (
      <>
        <ErrorSummary form={form} />
        <Lead>{stateOf(shown)}</Lead>
        {stale && <Notice kind="waiting">{t('stale')}</Notice>}
        {(open ?? valid) && (
          <p>
            <a href={`${here}/blatt`}>{t('print')}</a> · <a href={`${here}/blatt?als=docx`}>{t('write')}</a>
          </p>
        )}
        {(stale || !mayWrite(visit, shown)) && open && <Clauses agreement={open} />}
        {valid && <Clauses agreement={valid} />}
        {valid && <Looks visit={visit} caseId={found.id} agreement={valid} form={form} />}
        {open && mayWrite(visit, shown) && <Sign visit={visit} found={found} form={form} />}
        {mayWrite(visit, shown) && <Write visit={visit} shown={shown} form={form} />}
        <Earlier all={shown.all} />
      </>
    ),
  })
}

const Clauses = ({ agreement }: { agreement: Agreement }) => (
  <Card title={agreement.signedOn ? t('state.signed', { day: formats('de').day(agreement.signedOn) }) : t('title')}>
    <ol>
      {agreement.clauses.map(({ who, what, dueOn }) => (
        <li>
          <strong>{who}</strong>: {what}
          {dueOn && ` (${t('paper.until', { day: formats('de').day(dueOn) })})`}
        </li>
      ))}
    </ol>
    {agreement.proof && <p class="quiet">{agreement.proof}</p>}
  </Card>
)

const Sign = ({ visit, found, form }: { visit: Visit; found: OpenedCase; form: FormState }) => (
  <Card title={t('sign')}>
    <p>{t('sign.lead')}</p>
    <Form action={addresses.casePage(visit.town, found.id, 'vereinbarung')} token={visit.token}>
      <TextField name="signedOn" label={t('sign.on')} hint={t('due.hint')} form={form} />
      <TextField name="proof" label={t('sign.proof')} form={form} optional />
      <Button name="do" value="sign">
        {t('sign.save')}
      </Button>{' '}
      <Button name="do" value="discard" look="secondary">
        {t('discard')}
      </Button>
    </Form>
  </Card>
)

/** Lines for what is there and two more; a click on "more" needs no script, it only opens what lies folded. */
function Write({ visit, shown, form }: { visit: Visit; shown: Shown; form: FormState }) {
  const filled = Array.from({ length: mostClauses }, (_, index) => index + 1).filter(
    (n) =>
      form.values[`who-${n}`] || form.values[`what-${n}`] || form.errors.some(({ field }) => field.endsWith(`-${n}`)),
  )
  const open = Math.min(mostClauses, Math.max(2, ...filled.map((n) => n + 1)))
  const lines = (from: number, to: number) => Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index)
  return (
    <Card title={t('card.make')}>
      {signed(shown) && <p>{t('state.change')}</p>}
      <Form action={addresses.casePage(visit.town, shown.found.id, 'vereinbarung')} token={visit.token}>
        <input type="hidden" name={hiddenFields.version} value={String(form.values[hiddenFields.version] ?? '0')} />
        {lines(1, open + 1).map((n) => (
          <Line n={n} form={form} />
        ))}
        {open < mostClauses && (
          <details>
            <summary>{t('more')}</summary>
            {lines(open + 1, mostClauses + 1).map((n) => (
              <Line n={n} form={form} />
            ))}
          </details>
        )}
        <Button name="do" value="save">
          {t('save')}
        </Button>
      </Form>
    </Card>
  )
}

const Line = ({ n, form }: { n: number; form: FormState }) => (
  <fieldset>
    <legend>{t('clause', { n })}</legend>
    <TextField name={`who-${n}`} label={t('who')} hint={n === 1 ? t('who.hint') : undefined} form={form} />
    <TextArea name={`what-${n}`} label={t('what')} form={form} rows={2} />
    <TextField name={`due-${n}`} label={t('due')} hint={n === 1 ? t('due.hint') : undefined} form={form} optional />
    <TextField name={`tell-${n}`} label={t('tell')} hint={n === 1 ? t('tell.hint') : undefined} form={form} optional />
  </fieldset>
)

const Earlier = ({ all }: { all: readonly Agreement[] }) => {
  const old = all.filter(({ state }) => state === 'replaced')
  return old.length === 0 ? null : (
    <Card title={t('earlier')}>
      {old.map((agreement) => (
        <details>
          <summary>
            {t('earlier.one', {
              number: agreement.number,
              day: formats('de').day(agreement.signedOn ?? agreement.madeOn),
            })}
          </summary>
          <Clauses agreement={agreement} />
        </details>
      ))}
    </Card>
  )
}
