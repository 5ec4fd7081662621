import { hiddenFields, staleEdit, type FormState, type Stale } from '#platform/forms/index.ts'
import { NotAllowed, StaleEdit } from '#platform/kernel/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, CompareTexts, ErrorSummary, Form, Lead, Notice, Radios } from '#ui/index.ts'
import { modelVersion, say, stepOf, stepOfKind, type Field, type Move } from '#work/model/index.ts'
import { asksOnTheWay } from '../asking.ts'
import { assess } from '../commands/assess.ts'
import { goOn } from '../commands/goOn.ts'
import { movesOf } from '../commands/store.ts'
import type { OpenedCase } from '../queries.ts'
import { assessmentList, newestAssessment, type Assessment, type AssessmentLine } from '../queries/course.ts'
import { AssessFields } from '../think/parts/fields.tsx'
import { formOf, nameOf, readWritten, sayValue, valuesOf } from '../think/parts/written.ts'
import { partiesOf, type Parties } from '../think/queries.ts'
import { words } from '../words.ts'
import { caseOf, mend, partOf } from './parts/load.ts'

const t = words('de')

interface Shown {
  readonly found: OpenedCase
  readonly fields: readonly Field[]
  readonly newest: Assessment | undefined
  readonly versions: readonly AssessmentLine[]
  readonly parties: Parties
  /** Where the case may go in the same breath: moves that ask for nothing else. */
  readonly onward: readonly Move[]
}

const load = (visit: Visit): Promise<Shown> =>
  visit.tx(async (tx) => {
    const found = await caseOf(tx, visit)
    if (found.closedOn) throw new NotAllowed('closed case', { hidden: true })
    const model = await modelVersion(tx, found.modelVersion)
    return {
      found,
      fields: stepOfKind(model, 'assess').ask,
      newest: await newestAssessment(tx, found.id, found.contentKey),
      versions: await assessmentList(tx, found.id),
      parties: await partiesOf(tx, found.id, found.contentKey),
      onward: (await movesOf(tx, model, found, visit.person?.roles ?? [])).filter(
        ({ to, kind, second }) => !second && kind !== 'close' && asksOnTheWay(stepOf(model, to)).length === 0,
      ),
    }
  })

/** The newest version as the form would send it. */
function stored({ found, newest, parties }: Shown) {
  const { number = 0, nextStep = '', notes = '', answers = {}, depth = {} } = newest ?? {}
  const version = { matter: found.matter, nextStep, notes, answers, depth }
  return { version: number, values: valuesOf(version, found.level, parties) }
}

/** `/{town}/faelle/{case}/einschaetzung`: matter and next step; all the rest is opened on purpose. */
export async function get(visit: Visit): Promise<View> {
  const shown = await load(visit)
  const { version, values } = stored(shown)
  return view(visit, shown, formOf(version, { ...values, onward: '' }))
}

export async function post(visit: Visit): Promise<Response | View> {
  const shown = await load(visit)
  const raw = await visit.form()
  const read = readWritten(raw, shown.fields, shown.parties)
  if ('state' in read) return { ...view(visit, shown, read.state), ...mend }
  const { said, answers, depth } = read.written
  try {
    const onto = Number(raw[hiddenFields.version] ?? -1)
    const { id, version } = shown.found
    const move = shown.onward.find(({ to }) => to === raw.onward)
    const missing = await visit.tx(async (tx) => {
      await assess(tx, id, said, answers, onto, depth)
      return move ? goOn(tx, visit.person?.roles ?? [], id, { to: move.to, version }) : []
    })
    if (move && missing.length > 0) return redirect(`${addresses.casePage(visit.town, id, 'schritt')}?nach=${move.to}`)
    const choosing = move?.kind === 'choose-format' && visit.may('cases.choose')
    return redirect(addresses.casePage(visit.town, id, choosing ? 'verfahren' : undefined))
  } catch (error) {
    if (!(error instanceof StaleEdit)) throw error
    const now = await load(visit)
    // Where the case goes is chosen anew, in the light of both texts.
    const { onward: _, ...typed } = raw
    const stale = staleEdit(typed, stored(now))
    return { ...view(visit, now, formOf(stored(now).version, typed), stale), status: 409, error: true }
  }
}

/** Both texts, field by field, so that nobody's work is lost. */
function Both({ stale, fields, parties }: { stale: Stale; fields: readonly Field[]; parties: Parties }) {
  const differences = stale.differences.map(({ field, typed, stored: theirs }) => ({
    field,
    typed: sayValue(field, typed, fields),
    stored: sayValue(field, theirs, fields),
  }))
  const labels = Object.fromEntries(differences.map(({ field }) => [field, nameOf(field, fields, parties)]))
  return (
    <>
      <Notice kind="waiting">{t('stale.title')}</Notice>
      <CompareTexts differences={differences} labels={labels} />
    </>
  )
}

const view = (visit: Visit, shown: Shown, form: FormState, stale?: Stale): View => {
  const { found, fields, versions, newest, parties, onward } = shown
  const page = (step: string) => addresses.casePage(visit.town, found.id, step)
  return partOf(visit, found, {
    title: t('assess.title'),
    body: (
      <>
        <ErrorSummary form={form} />
        {stale && <Both stale={stale} fields={fields} parties={parties} />}
        <Lead>{t('assess.lead')}</Lead>
        {newest && newest.madeBy !== visit.person?.id && (
          <p>
            <a href={page('einschaetzung/zweite')}>{t('assess.second', { name: newest.by })}</a>
          </p>
        )}
        <Form action={page('einschaetzung')} token={visit.token}>
          <input type="hidden" name={hiddenFields.version} value={String(form.values[hiddenFields.version] ?? '')} />
          <AssessFields form={form} fields={fields} parties={parties.present} partiesAt={page('beteiligte')} />
          {onward.length > 0 && (
            <Radios
              name="onward"
              label={t('assess.then')}
              form={form}
              options={[
                ...onward.map(({ to, button }) => ({ value: to, label: say(button, 'de') })),
                { value: '', label: t('assess.then.stay') },
              ]}
              optional
            />
          )}
          <Button>{t('assess.save')}</Button>
        </Form>
        {versions.length > 0 && (
          <p>
            <a href={page('einschaetzung/fassungen')}>{t('assess.versions', { count: versions.length })}</a>
          </p>
        )}
      </>
    ),
  })
}
