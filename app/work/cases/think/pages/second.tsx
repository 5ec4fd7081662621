import { hiddenFields, type FormState } from '#platform/forms/index.ts'
import { NotAllowed, StaleEdit } from '#platform/kernel/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, ErrorSummary, Form, Lead, Notice } from '#ui/index.ts'
import { modelVersion, stepOfKind, type Field } from '#work/model/index.ts'
import { assessBeside } from '../../commands/assess.ts'
import { caseOf, mend, partOf } from '../../pages/parts/load.ts'
import type { OpenedCase } from '../../queries.ts'
import { assessmentList, assessments, newestAssessment, type Assessment } from '../../queries/course.ts'
import { AssessFields } from '../parts/fields.tsx'
import { formOf, readWritten, valuesOf } from '../parts/written.ts'
import { partiesOf, type Parties } from '../queries.ts'
import { words } from '../words.ts'

const t = words('de')

interface Shown {
  readonly found: OpenedCase
  readonly fields: readonly Field[]
  readonly first: Assessment
  /** What she has written beside it already. */
  readonly own: Assessment | undefined
  readonly parties: Parties
}

const load = (visit: Visit): Promise<Shown> =>
  visit.tx(async (tx) => {
    const found = await caseOf(tx, visit)
    const first = await newestAssessment(tx, found.id, found.contentKey)
    if (found.closedOn || !first || first.madeBy === visit.person?.id)
      throw new NotAllowed('second assessment', { hidden: true })
    const before = (await assessmentList(tx, found.id)).find(
      ({ secondOf, madeBy }) => secondOf === first.number && madeBy === visit.person?.id,
    )
    const model = await modelVersion(tx, found.modelVersion)
    return {
      found,
      fields: stepOfKind(model, 'assess').ask,
      first,
      own: (await assessments(tx, found.id, found.contentKey, before ? [before.number] : []))[0],
      parties: await partiesOf(tx, found.id, found.contentKey),
    }
  })

/** `/{town}/faelle/{case}/einschaetzung/zweite`: her own view, begun on an empty page, beside the first one. */
export async function get(visit: Visit): Promise<View> {
  const shown = await load(visit)
  const { first, own, parties, found } = shown
  const begun = own ?? { matter: found.matter, nextStep: '', notes: '', answers: {}, depth: {} }
  return view(visit, shown, formOf(first.number, valuesOf(begun, null, parties)))
}

export async function post(visit: Visit): Promise<Response | View> {
  const shown = await load(visit)
  const raw = await visit.form()
  const read = readWritten(raw, shown.fields, shown.parties)
  if ('state' in read) return { ...view(visit, shown, read.state), ...mend }
  const { id } = shown.found
  try {
    await visit.tx((tx) => assessBeside(tx, id, read.written, Number(raw[hiddenFields.version] ?? -1)))
    return redirect(addresses.casePage(visit.town, id, 'einschaetzung/fassungen'))
  } catch (error) {
    if (!(error instanceof StaleEdit)) throw error
    const now = await load(visit)
    return { ...view(visit, now, formOf(now.first.number, raw), true), status: 409, error: true }
  }
}

const view = (visit: Visit, { found, first, fields, parties }: Shown, form: FormState, newer = false): View => {
  const page = (step: string) => addresses.casePage(visit.town, found.id, step)
  return partOf(visit, found, {
    title: t('second.title'),
    body: (
      <>
        <ErrorSummary form={form} />
        {newer && <Notice kind="waiting">{t('second.newer', { name: first.by })}</Notice>}
        <Lead>{t('second.lead', { name: first.by })}</Lead>
        <Form action={page('einschaetzung/zweite')} token={visit.token}>
          <input type="hidden" name={hiddenFields.version} value={String(form.values[hiddenFields.version] ?? '')} />
          <AssessFields form={form} fields={fields} parties={parties.present} partiesAt={page('beteiligte')} />
          <Button>{t('second.save')}</Button>
        </Form>
      </>
    ),
  })
}
