import { emptyForm, readStaffDay, withError, type FormState, type RawForm } from '#platform/forms/index.ts'
import { formats } from '#platform/i18n/index.ts'
import { berlinDay, NotAllowed, StaleEdit } from '#platform/kernel/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import {
  Button,
  Card,
  Checkbox,
  ErrorSummary,
  Form,
  Lead,
  MoreDetails,
  Notice,
  Radios,
  Select,
  TextArea,
  TextField,
} from '#ui/index.ts'
import { modelVersion, say, type Compiled } from '#work/model/index.ts'
import {
  approvalOf,
  gateAnswers,
  isDialogue,
  isSecret,
  openGates,
  proposals,
  unwritten,
  type Choosing,
} from '../choosing.ts'
import { choose } from '../commands/choose.ts'
import type { OpenedCase } from '../queries.ts'
import { choiceOf, knowsWay, witnesses, type Choice } from '../queries/choice.ts'
import { newestAssessment } from '../queries/course.ts'
import { levels } from '../schema.ts'
import type { Missing } from '../rules.ts'
import { furthest } from '../think/schema.ts'
import { words } from '../words.ts'
import { caseOf, mend, partOf } from './parts/load.ts'
import { MissingElsewhere, missingState } from './parts/missing.tsx'
import { StageField } from './parts/stage.tsx'

const t = words('de')

interface Shown {
  readonly found: OpenedCase
  readonly model: Compiled
  readonly choice: Choice | undefined
  /** Who may have seen the parties' release: whoever asks, and who works on the case. */
  readonly people: readonly { readonly id: string; readonly name: string }[]
  /** The stage of the party furthest on, as the last assessment has it. */
  readonly stage: number | undefined
}

const load = (visit: Visit): Promise<Shown> =>
  visit.tx(async (tx) => {
    const found = await caseOf(tx, visit)
    if (!(await knowsWay(tx, found.id))) throw new NotAllowed('choice', { hidden: true })
    const last = await newestAssessment(tx, found.id, found.contentKey)
    return {
      found,
      model: await modelVersion(tx, found.modelVersion),
      choice: await choiceOf(tx, found.id),
      people: await witnesses(tx, found.id),
      stage: last && furthest(last.depth),
    }
  })

/** `/{town}/faelle/{case}/verfahren`: how the case is worked on. The table proposes, protection comes first. */
export async function get(visit: Visit): Promise<View> {
  const shown = await load(visit)
  return view(visit, shown, emptyForm({ version: String(shown.found.version) }))
}

const one = (raw: RawForm, name: string): string | undefined => [raw[name]].flat()[0]?.trim() || undefined

function read(raw: RawForm, model: Compiled, today: string): Choosing & { readonly version: number } {
  const releasedOn = one(raw, 'releasedOn')
  const on = releasedOn && (readStaffDay(releasedOn, today) ?? undefined)
  return {
    version: Number(raw.version),
    format: one(raw, 'format'),
    reason: one(raw, 'reason'),
    overrule: one(raw, 'overrule'),
    release: { on, onPaper: raw.onPaper === 'yes', seenBy: one(raw, 'seenBy') },
    gates: Object.fromEntries(model.model.gates.map(({ id }) => [id, one(raw, `gate-${id}`)])),
  }
}

export async function post(visit: Visit): Promise<Response | View> {
  const shown = await load(visit)
  const raw = await visit.form()
  const said = read(raw, shown.model, berlinDay(visit.now))
  // The questions of protection come only now that it is known to be a talk.
  if (said.format && isDialogue(shown.model, said.format) && raw.asked !== 'gates')
    return view(visit, shown, emptyForm({ ...raw, asked: 'gates' }))
  try {
    const missing = await visit.tx((tx) => choose(tx, visit.person?.roles ?? [], shown.found.id, said))
    if (missing.length === 0) return redirect(addresses.casePage(visit.town, shown.found.id))
    return { ...view(visit, shown, missingState(raw, missing), missing), ...mend }
  } catch (error) {
    if (error instanceof NotAllowed) throw error
    if (!(error instanceof StaleEdit)) throw error
    const form = withError(emptyForm({ ...raw, version: String(shown.found.version) }), 'format', t('choose.stale'))
    return { ...view(visit, shown, form), status: 409, error: true }
  }
}

const view = (visit: Visit, shown: Shown, form: FormState, missing: readonly Missing[] = []): View =>
  partOf(visit, shown.found, {
    title: t('choose.title'),
    body: (
      <>
        <ErrorSummary form={form} />
        <MissingElsewhere visit={visit} id={shown.found.id} missing={missing} />
        <Lead>{t('choose.lead')}</Lead>
        {form.values.asked === 'gates' && form.errors.length === 0 && (
          <Notice kind="waiting">{t('choose.now-gates')}</Notice>
        )}
        {shown.choice && <Present visit={visit} {...shown} choice={shown.choice} />}
        {form.values.asked !== 'gates' && <Table visit={visit} {...shown} />}
        <Choose visit={visit} {...shown} form={form} />
      </>
    ),
  })

const nameOf = (model: Compiled, id: string) => {
  const format = model.model.formats.find((one) => one.id === id)
  return format ? say(format.name, 'de') : t('choose.unwritten')
}

const Present = ({ visit, found, model, choice }: Shown & { visit: Visit; choice: Choice }) => (
  <Notice kind={choice.state === 'waits' ? 'waiting' : 'info'}>
    {t(`choose.present.${choice.state as 'waits' | 'standing'}`, {
      format: choice.said ? nameOf(model, choice.said.format) : t('choose.unwritten'),
      day: formats('de').day(choice.chosenOn),
    })}{' '}
    {choice.said?.release && <a href={addresses.casePage(visit.town, found.id, 'freigabe')}>{t('release.link')}</a>}
  </Notice>
)

/** What the model's table proposes for a stage and a reach; asking it changes nothing. */
function Table({ visit, found, model, stage: assessed }: Shown & { visit: Visit }) {
  const asked = visit.url.searchParams
  const stage = asked.has('stufe') ? Number(asked.get('stufe')) || undefined : assessed
  const scope = asked.get('kreis') ?? found.level ?? undefined
  const found_ = proposals(model, { stage, scope })
  const form = emptyForm({ stufe: String(stage ?? ''), kreis: scope ?? '' })
  return (
    <Card title={t('choose.table')}>
      <form action={addresses.casePage(visit.town, found.id, 'verfahren')} method="get">
        <StageField name="stufe" label={t('choose.stage')} form={form} unsaid={t('choose.open')} />
        <Select
          name="kreis"
          label={t('assess.level')}
          form={form}
          options={[
            { value: '', label: t('choose.open') },
            ...levels.map((value) => ({ value, label: t(`level.${value}`) })),
          ]}
        />
        <Button look="secondary">{t('choose.show')}</Button>
      </form>
      {found_.length === 0 && <p>{t(stage && scope ? 'choose.nothing' : 'choose.both')}</p>}
      {found_.map(({ formats: proposed, why }) => (
        <p>
          <strong>{formats('de').list(proposed.map(({ name }) => say(name, 'de')))}</strong>
          <br />
          {say(why, 'de')}
        </p>
      ))}
    </Card>
  )
}

const approval = (model: Compiled, id: string) => approvalOf(model, id) && t('choose.approval')

const Choose = ({ visit, found, model, people, form }: Shown & { visit: Visit; form: FormState }) => {
  const gates = form.values.asked === 'gates'
  const format = one(form.values, 'format') ?? ''
  return (
    <Form action={addresses.casePage(visit.town, found.id, 'verfahren')} token={visit.token}>
      <input type="hidden" name="version" value={String(form.values.version ?? found.version)} />
      {gates ? (
        <MoreDetails
          title={t('choose.chosen', { format: nameOf(model, format) })}
          open={form.errors.some(({ field }) => field === 'format' || field === 'reason')}
        >
          <Which model={model} form={form} />
        </MoreDetails>
      ) : (
        <Which model={model} form={form} />
      )}
      {gates && <Gates visit={visit} model={model} form={form} />}
      {gates && isSecret(model, format) && <ReleaseFields people={people} form={form} />}
      <Button>{t('choose.save')}</Button>
    </Form>
  )
}

/** How it is worked on, and why; folded once the questions of protection have come. */
const Which = ({ model, form }: { model: Compiled; form: FormState }) => (
  <>
    <Radios
      name="format"
      label={t('choose.format')}
      form={form}
      options={[
        ...model.model.formats.map(({ id, name }) => ({
          value: id,
          label: say(name, 'de'),
          hint: [isSecret(model, id) && t('choose.secret'), approval(model, id)].filter(Boolean).join(' '),
        })),
        {
          value: unwritten,
          label: t('choose.unwritten'),
          hint: [t('choose.unwritten.hint'), approval(model, unwritten)].filter(Boolean).join(' '),
        },
      ]}
    />
    <TextArea name="reason" label={t('choose.reason')} hint={t('choose.reason.hint')} form={form} rows={3} />
  </>
)

/** Asked only once a format is chosen that may not be written down without it. */
const ReleaseFields = ({ people, form }: { people: Shown['people']; form: FormState }) => (
  <>
    <h2>{t('choose.release')}</h2>
    <p>{t('choose.release.lead')}</p>
    <TextField name="releasedOn" label={t('choose.released')} hint={t('choose.released.hint')} form={form} short />
    <Checkbox name="onPaper" label={t('choose.on-paper')} form={form} />
    <Select
      name="seenBy"
      label={t('choose.seen-by')}
      form={form}
      options={[
        { value: '', label: t('choose.seen-by.none') },
        ...people.map(({ id, name }) => ({ value: id, label: name })),
      ]}
    />
  </>
)

/** A reason for going on all the same is asked for only once a question stands open. */
const Gates = ({ visit, model, form }: { visit: Visit; model: Compiled; form: FormState }) => {
  const { gates } = read(form.values, model, berlinDay(visit.now))
  const blocked = openGates(model, { gates }).length > 0
  return (
    <>
      <input type="hidden" name="asked" value="gates" />
      <h2 id="schutz">{t('choose.gates')}</h2>
      <p>{t('choose.gates.lead')}</p>
      {model.model.gates.map(({ id, text }) => (
        <Radios
          name={`gate-${id}`}
          label={say(text, 'de')}
          form={form}
          options={gateAnswers.map((value) => ({ value, label: t(`gate.${value}`) }))}
        />
      ))}
      {blocked && <Notice kind="waiting">{t('choose.blocked')}</Notice>}
      {blocked && (
        <TextArea
          name="overrule"
          label={t('choose.overrule')}
          hint={t('choose.overrule.hint')}
          form={form}
          rows={3}
          optional
        />
      )}
    </>
  )
}
