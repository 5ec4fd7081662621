import { emptyForm, withError, type FormState } from '#platform/forms/index.ts'
import { formats } from '#platform/i18n/index.ts'
import { NotAllowed } from '#platform/kernel/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, Card, ErrorSummary, Form, Lead, SummaryList, TextArea, Timeline } from '#ui/index.ts'
import { choices, modelVersion, say, stepOf } from '#work/model/index.ts'
import { line } from '../../pages/parts/line.tsx'
import { mend } from '../../pages/parts/load.ts'
import { openedCase } from '../../queries.ts'
import { entries, measures, newestAssessment } from '../../queries/course.ts'
import { tells } from '../../tells.ts'
import { Sides } from '../../think/parts/known.tsx'
import { partiesOf } from '../../think/queries.ts'
import { sayAsGuest, visitedCase } from '../commands/owner.ts'
import { visitOf } from '../commands/visitor.ts'
import { words } from '../words.ts'

const t = words('de')

/** Enters the municipality whose case it is, as the guest this person is there. Both write down that she came. */
async function asGuest<T>(visit: Visit, work: (tx: TenantTx, id: string) => Promise<T>): Promise<T> {
  const id = visit.params.guest ?? ''
  const { owner, guest } = await visit.tx((tx) => visitOf(tx, id))
  return visit.txIn(owner, { kind: 'person', id: guest, reach: ['guest'] }, (tx) => work(tx, id))
}

/** What a guest is shown: the case, or with an extract only how it stands and what was arranged. */
async function shown(tx: TenantTx, id: string) {
  const { case: caseId, extent } = await visitedCase(tx, id)
  const found = await openedCase(tx, caseId)
  if (!found) throw new NotAllowed('guest', { hidden: true })
  const [model, arranged] = await Promise.all([
    modelVersion(tx, found.modelVersion),
    measures(tx, caseId, found.contentKey),
  ])
  if (extent === 'extract') return { found, model, arranged, whole: undefined }
  const [assessment, parties, told] = await Promise.all([
    newestAssessment(tx, caseId, found.contentKey),
    partiesOf(tx, caseId, found.contentKey),
    entries(tx, caseId, found.contentKey, 20),
  ])
  return { found, model, arranged, whole: { assessment, parties, told } }
}
type Shown = Awaited<ReturnType<typeof shown>>

/** `/{town}/gastfaelle/{guest}`: a case of another municipality, read inside that municipality. */
export const get = async (visit: Visit): Promise<View> => view(visit, await asGuest(visit, shown), emptyForm())

export async function post(visit: Visit): Promise<Response | View> {
  const raw = await visit.form()
  const text = String(raw.text ?? '').trim()
  const fault = text === '' ? 'missing.text' : text.length > 5000 || tells(text) ? 'missing.tells' : undefined
  if (fault)
    return { ...view(visit, await asGuest(visit, shown), withError(emptyForm(raw), 'text', t(fault))), ...mend }
  try {
    await asGuest(visit, (tx, id) => sayAsGuest(tx, id, text))
  } catch (error) {
    if (!(error instanceof NotAllowed)) throw error
    return gone(visit, text)
  }
  return redirect(addresses.visits(visit.town, visit.params.guest))
}

/** It ended while she was writing: her words are given back to her. */
const gone = (visit: Visit, text: string): View => ({
  layout: 'staff',
  at: addresses.cases(visit.town),
  back: addresses.visits(visit.town),
  title: t('visit.gone'),
  status: 403,
  body: (
    <>
      <Lead>{t('visit.gone.lead')}</Lead>
      <p>{text}</p>
    </>
  ),
})

function view(visit: Visit, { found, model, arranged, whole }: Shown, form: FormState): View {
  const { areas, subjects } = choices(model, 'de')
  const { day } = formats('de')
  const name = (list: readonly { id: string; name: string }[], id: string) =>
    list.find((one) => one.id === id)?.name ?? id
  const nextStep = whole?.assessment?.nextStep
  return {
    layout: 'staff',
    at: addresses.cases(visit.town),
    back: addresses.visits(visit.town),
    title: t('visit.title'),
    body: (
      <>
        <ErrorSummary form={form} />
        <Lead>{t(whole ? 'visit.lead.case' : 'visit.lead.extract')}</Lead>
        <SummaryList
          rows={[
            { label: t('visit.matter'), value: found.matter },
            { label: t('visit.area'), value: name(areas, found.area) },
            { label: t('visit.subject'), value: name(subjects, found.subject) },
            { label: t('visit.opened'), value: day(found.openedOn) },
            {
              label: t('visit.step'),
              value: found.closedOn ? t('closed') : say(stepOf(model, found.step).label, 'de'),
            },
            ...(nextStep ? [{ label: t('visit.next'), value: nextStep }] : []),
          ]}
        />
        {whole && <Sides parties={whole.parties} depth={whole.assessment?.depth} />}
        {arranged.length > 0 && (
          <Card title={t('visit.measures')}>
            <SummaryList
              rows={arranged.map(({ what, owner, dueOn }) => ({
                label: what,
                value: t('visit.measure', { owner, day: day(dueOn) }),
              }))}
            />
          </Card>
        )}
        {whole && (
          <Card title={t('visit.course')}>
            <Timeline entries={whole.told.map((entry) => line(entry, model))} />
          </Card>
        )}
        {whole && !found.closedOn && (
          <Form action={addresses.visits(visit.town, visit.params.guest)} token={visit.token}>
            <TextArea name="text" label={t('visit.say')} hint={t('visit.say.hint')} form={form} />
            <Button>{t('visit.say.button')}</Button>
          </Form>
        )}
      </>
    ),
  }
}
