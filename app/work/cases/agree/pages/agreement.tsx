import {
  emptyForm,
  hiddenFields,
  readStaffDay,
  renderedVersion,
  type FormState,
  type RawForm,
} from '#platform/forms/index.ts'
import { formats, isLanguage, languages } from '#platform/i18n/index.ts'
import { berlinDay, NotAllowed, StaleEdit } from '#platform/kernel/index.ts'
import { docxResponse, letterDocx, letterPdf } from '#platform/letter/index.ts'
import { pdfResponse } from '#platform/pdf/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, ErrorSummary, Lead, Notice, Select } from '#ui/index.ts'
import { modelVersion, type Model } from '#work/model/index.ts'
import { tellsIn } from '../../choosing.ts'
import { letterOf } from '../../letters/letters.ts'
import { caseOf, mend, partOf } from '../../pages/parts/load.ts'
import type { OpenedCase } from '../../queries.ts'
import { discardDraft, draftAgreement, noteLook, signAgreement } from '../commands/agreement.ts'
import { Clauses, Earlier, Sign, Write } from '../parts/forms.tsx'
import { Translated } from '../parts/translated.tsx'
import { Looks } from '../parts/looks.tsx'
import { agreements, askedOf, type Agreement, type Asked } from '../queries.ts'
import { looking, readClauses, signing } from '../schema.ts'
import { inAnother } from '../translated.ts'
import { words, type AgreeKey } from '../words.ts'

const t = words('de')

interface Shown {
  readonly found: OpenedCase
  /** The model the case is worked on by. */
  readonly model: Model
  readonly all: readonly Agreement[]
  /** Which parties were asked over a link, and what they said. */
  readonly asked: readonly Asked[]
}

const load = (visit: Visit): Promise<Shown> =>
  visit.tx(async (tx) => {
    const found = await caseOf(tx, visit)
    const [{ model }, all, asked] = await Promise.all([
      modelVersion(tx, found.modelVersion),
      agreements(tx, found.id, found.contentKey),
      askedOf(tx, found.id, found.contentKey),
    ])
    return { found, model, all, asked }
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
  const asked = visit.url.searchParams.get('in')
  const language = isLanguage(asked) ? asked : 'de'
  const { clauses, translated } = agreement
  const about = { matter: shown.found.matter, office: visit.town.name, day: agreement.madeOn }
  const other = inAnother(clauses, translated, language)
  const letter = letterOf(shown.model, 'agreement', language, about, clauses, other)
  const name = `${t('title')}-${shown.found.number}`
  return visit.url.searchParams.get('als') === 'docx'
    ? docxResponse(await letterDocx(letter), `${name}.docx`)
    : pdfResponse(await letterPdf(letter), `${name}.pdf`)
}

const faulty = (raw: RawForm, faults: readonly { field: string; message: string }[]): FormState => ({
  values: raw,
  errors: faults.map(({ field, message }) => ({ field, message: t(message as AgreeKey) })),
})

/** The day and the place of the signed paper; a fault for a day that is none or has not come. */
function readSigning(raw: RawForm, today: string): { signedOn: string; proof?: string } | undefined {
  const parsed = signing.safeParse(raw)
  const signedOn = readStaffDay(String(raw.signedOn ?? ''), today)
  return parsed.success && signedOn && signedOn <= today ? { signedOn, proof: parsed.data.proof } : undefined
}
const unsigned = { field: 'signedOn', message: 'error.signed' }

/** Writes the draft; where the paper has been signed already, that is said on the same page. */
async function save(visit: Visit, shown: Shown, raw: RawForm): Promise<FormState | undefined> {
  const today = berlinDay(visit.now)
  const { clauses, faults } = readClauses(
    raw,
    (typed) => readStaffDay(typed, today, 'ahead'),
    (text) => tellsIn({ model: shown.model }, text),
  )
  const paper = raw.signedOn ? (readSigning(raw, today) ?? 'fault') : undefined
  if (paper === 'fault') faults.push(unsigned)
  if (faults.length > 0 || paper === 'fault') return faulty(raw, faults)
  await visit.tx(async (tx) => {
    await draftAgreement(tx, shown.found.id, clauses, renderedVersion(raw) ?? -1)
    if (paper) await signAgreement(tx, shown.found.id, paper)
  })
  return undefined
}

async function sign(visit: Visit, shown: Shown, raw: RawForm): Promise<FormState | undefined> {
  const paper = readSigning(raw, berlinDay(visit.now))
  if (!paper) return faulty({ ...stored(shown), ...raw }, [unsigned])
  await visit.tx((tx) => signAgreement(tx, shown.found.id, paper))
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
  return partOf(visit, found, {
    title: t('title'),
    body: (
      <>
        <ErrorSummary form={form} />
        <Lead>{stateOf(shown)}</Lead>
        {stale && <Notice kind="waiting">{t('stale')}</Notice>}
        {(open ?? valid) && (
          <form action={`${here}/blatt`} method="get">
            <Select
              name="in"
              label={t('paper.language')}
              hint={t('paper.language.hint')}
              form={emptyForm({ in: 'de' })}
              options={languages.map(({ id, name }) => ({ value: id, label: name }))}
            />
            <Button look="secondary">{t('print')}</Button>{' '}
            <Button name="als" value="docx" look="secondary">
              {t('write')}
            </Button>
          </form>
        )}
        {open && <Translated visit={visit} caseId={found.id} agreement={open} />}
        {valid && <Translated visit={visit} caseId={found.id} agreement={valid} />}
        {(stale || !mayWrite(visit, shown)) && open && <Clauses agreement={open} />}
        {valid && <Clauses agreement={valid} />}
        {valid && <Looks visit={visit} caseId={found.id} agreement={valid} asked={shown.asked} form={form} />}
        {valid && <Outside visit={visit} found={found} />}
        {open && mayWrite(visit, shown) && <Sign visit={visit} caseId={found.id} form={form} />}
        {mayWrite(visit, shown) && <Write visit={visit} caseId={found.id} all={shown.all} form={form} />}
        <Earlier all={shown.all} />
      </>
    ),
  })
}

/** What leads out of the office: asking the parties, and the public page. */
const Outside = ({ visit, found }: { visit: Visit; found: OpenedCase }) => {
  const here = (step: string) => addresses.casePage(visit.town, found.id, `vereinbarung/${step}`)
  return (
    <ul>
      {(visit.may('cases.handle') || visit.may('cases.follow')) && (
        <li>
          <a href={here('nachfrage')}>{t('ask.link')}</a>
        </li>
      )}
      {visit.may('cases.assign') && (
        <li>
          <a href={here('oeffentlich')}>{t('public.link')}</a>
        </li>
      )}
    </ul>
  )
}
