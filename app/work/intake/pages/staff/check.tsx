import { emptyForm, hiddenFields, staleEdit, type FormState, type Stale } from '#platform/forms/index.ts'
import { formats } from '#platform/i18n/index.ts'
import { StaleEdit } from '#platform/kernel/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { assetUrl, Button, Card, CompareTexts, ErrorSummary, Form, Lead, Notice, SummaryList } from '#ui/index.ts'
import { modelInForce } from '#work/model/index.ts'
import { formOfMarks, readMarks } from '../../checkForm.ts'
import { acceptCheck, checkText, undoCheck } from '../../commands/check.ts'
import type { OneText } from '../../commands/translate.ts'
import { applyToAll, checkedParts, type Signs, type Texts } from '../../passages.ts'
import { openForChecking, type Checking } from '../../queries/checking.ts'
import { words, type WordKey } from '../../words.ts'
import { Passages, Quotations } from './parts/passages.tsx'

const t = words('de')
const signs: Signs = { black: t('check.sign.black'), contact: t('check.sign.contact') }

interface Shown extends Checking {
  /** False in a Register ohne Personen: nothing can be moved to a contact sheet. */
  readonly persons: boolean
}
interface More {
  readonly preview?: Texts
  readonly stale?: Stale
}

const whichOf = (visit: Visit): OneText => ({
  report: visit.params.report ?? '',
  message: visit.url.searchParams.get('nachricht') ?? undefined,
})
const here = (visit: Visit) => {
  const { report, message } = whichOf(visit)
  return addresses.checking(visit.town, report, message)
}
const load = (visit: Visit): Promise<Shown> =>
  visit.tx(async (tx) => ({
    ...(await openForChecking(tx, whichOf(visit))),
    persons: (await modelInForce(tx)).model.persons,
  }))
const withVersion = ({ version }: Shown) => ({ [hiddenFields.version]: String(version) })

/** `/{town}/eingang/{report}/pruefen`, with `?nachricht=` for a later message: what of the text stays, and what is taken out. */
export async function get(visit: Visit): Promise<View> {
  const shown = await load(visit)
  return view(visit, shown, emptyForm({ ...formOfMarks(shown.original, shown.marks), ...withVersion(shown) }))
}

export async function post(visit: Visit): Promise<Response | View> {
  const which = whichOf(visit)
  const raw = await visit.form()
  if (raw.do === 'accept' || raw.do === 'undo') {
    await visit.tx((tx) => (raw.do === 'accept' ? acceptCheck(tx, which) : undoCheck(tx, which)))
    return redirect(raw.do === 'accept' ? addresses.reportPage(visit.town, which.report) : here(visit))
  }
  const shown = await load(visit)
  const { marks, missing } = readMarks(shown.original, raw, shown.persons)
  if (missing.length > 0) {
    const errors = missing.map(({ field, message }) => ({ field, message: t(message as WordKey) }))
    return { ...view(visit, shown, { values: raw, errors }), status: 422, error: true }
  }
  const { texts } = applyToAll(shown.original, marks, signs)
  if (raw.do === 'preview') return view(visit, shown, emptyForm(raw), { preview: texts })
  try {
    const version = Number(raw[hiddenFields.version] ?? -1)
    await visit.tx((tx) => checkText(tx, which, { version, marks, signs }))
    return redirect(here(visit))
  } catch (error) {
    if (!(error instanceof StaleEdit)) throw error
    const now = await load(visit)
    const stale = staleEdit(
      { ...texts, [hiddenFields.version]: String(raw[hiddenFields.version] ?? '') },
      {
        version: now.version,
        values: { ...now.texts },
      },
    )
    const form = emptyForm({ ...raw, ...withVersion(now) })
    return { ...view(visit, now, form, { stale }), status: 409, error: true }
  }
}

const view = (visit: Visit, shown: Shown, form: FormState, more: More = {}): View => ({
  layout: 'staff',
  at: addresses.inbox(visit.town),
  back: addresses.reportPage(visit.town, visit.params.report ?? ''),
  title: t(whichOf(visit).message ? 'check.title.message' : 'check.title'),
  body: (
    <>
      <ErrorSummary form={form} />
      <Lead>{t('check.lead')}</Lead>
      <Standing visit={visit} shown={shown} />
      {more.stale && <Both stale={more.stale} />}
      {shown.checked !== 'accepted' && <Marks visit={visit} shown={shown} form={form} preview={more.preview} />}
    </>
  ),
})

const partLabel = (part: string) => t(`check.part.${part}` as WordKey)

const TextRows = ({ texts }: { texts: Texts }) => (
  <SummaryList
    rows={checkedParts.flatMap((part) => {
      const text = texts[part]
      return text ? [{ label: partLabel(part), value: <span class="as-typed">{text}</span> }] : []
    })}
  />
)

const Both = ({ stale }: { stale: Stale }) => (
  <>
    <Notice kind="waiting">{t('check.stale')}</Notice>
    <CompareTexts
      differences={stale.differences}
      labels={Object.fromEntries(checkedParts.map((part) => [part, partLabel(part)]))}
    />
  </>
)

/** How the text stands, and what ends the checking or takes it back. */
function Standing({ visit, shown: { checked, texts, destroyOn } }: { visit: Visit; shown: Shown }) {
  if (checked === 'accepted')
    return (
      <>
        <Notice kind="done">{t('check.accepted')}</Notice>
        <TextRows texts={texts} />
      </>
    )
  return (
    <Card title={t(checked ? 'check.result' : 'check.nothing')} next={checked === 'done'}>
      {checked && <TextRows texts={texts} />}
      <p>
        {checked && destroyOn
          ? t('check.until', { day: formats('de').dayWithWeekday(destroyOn) })
          : t('check.nothing.about')}
      </p>
      <Form action={here(visit)} token={visit.token}>
        <div class="deeds">
          <Button name="do" value="accept" look={checked ? 'primary' : 'secondary'}>
            {t(checked ? 'check.accept' : 'check.accept.unchanged')}
          </Button>{' '}
          {checked && (
            <Button name="do" value="undo" look="secondary">
              {t('check.undo')}
            </Button>
          )}
        </div>
      </Form>
    </Card>
  )
}

interface MarksProps {
  readonly visit: Visit
  readonly shown: Shown
  readonly form: FormState
  readonly preview: Texts | undefined
}

const Marks = ({ visit, shown: { original, persons, checked }, form, preview }: MarksProps) => (
  <Card title={t(checked ? 'check.again' : 'check.passages')}>
    <script src={assetUrl('mark-text.js')} defer />
    <mark-text>
      <Form action={here(visit)} token={visit.token}>
        <input type="hidden" name={hiddenFields.version} value={String(form.values[hiddenFields.version] ?? '')} />
        <Passages texts={original} form={form} persons={persons} />
        <Quotations form={form} persons={persons} />
        {preview && (
          <section class="preview">
            <h3>{t('check.preview.title')}</h3>
            <TextRows texts={preview} />
          </section>
        )}
        <div class="deeds">
          <Button name="do" value="save">
            {t('check.save')}
          </Button>{' '}
          <Button name="do" value="preview" look="secondary">
            {t('check.preview')}
          </Button>
        </div>
      </Form>
    </mark-text>
  </Card>
)
