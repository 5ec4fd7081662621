import {
  emptyForm,
  hiddenFields,
  inWords,
  parseForm,
  renderedVersion,
  typed,
  withError,
  type FormState,
  type RawForm,
} from '#platform/forms/index.ts'
import { languages } from '#platform/i18n/index.ts'
import { NotAllowed, StaleEdit } from '#platform/kernel/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, Card, Checkboxes, ErrorSummary, Form, Lead, Notice, Select, TextField } from '#ui/index.ts'
import { blockKinds } from '../../blocks.ts'
import { saveDraft } from '../../commands/issue.ts'
import { topics, type Topic } from '../../queries.ts'
import { issueById, type Issue } from '../../queries/issues.ts'
import { draft } from '../../schema.ts'
import { words } from '../../words.ts'
import { arrange, formOf, typedIn, type Typed } from './blocksForm.ts'
import { BlockFields } from './parts/blockFields.tsx'

const t = words('de')

async function load(visit: Visit): Promise<{ issue: Issue; all: Topic[] }> {
  const found = await visit.tx(async (tx) => ({
    issue: await issueById(tx, visit.params.issue ?? ''),
    all: await topics(tx),
  }))
  if (!found.issue) throw new NotAllowed('issue', { hidden: true })
  return { ...found, issue: found.issue }
}

/** `/{town}/newsletter/entwuerfe/{issue}`: writing, block by block. */
export async function get(visit: Visit): Promise<View | Response> {
  const found = await load(visit)
  if (found.issue.state !== 'draft') return redirect(addresses.newsletterDraft(visit.town, found.issue.id, 'pruefen'))
  return view(visit, found, emptyForm(formOf(found.issue)))
}

/** Every button saves first; then the order changes, a block comes or goes, or the check begins. */
export async function post(visit: Visit): Promise<Response | View> {
  const [found, raw] = [await load(visit), await visit.form()]
  const { act = 'save' } = raw
  const blocks = typedIn(raw)
  const parsed = parse(raw, blocks)
  if (!parsed.ok) return wrong(visit, found, pointed(raw, parsed.state))
  const arranged = arrange(blocks, String(act))
  const again = parse(raw, arranged)
  if (!again.ok) return wrong(visit, found, pointed(raw, again.state))
  try {
    await visit.tx((tx) => saveDraft(tx, found.issue.id, renderedVersion(raw) ?? 0, again.data))
  } catch (error) {
    if (!(error instanceof StaleEdit)) throw error
    const fresh = { ...raw, [hiddenFields.version]: String(error.present) }
    return wrong(visit, found, withError(emptyForm(fresh), 'subject', t('error.stale')))
  }
  const step = act === 'check' ? 'pruefen' : act === 'add:picture' ? 'bild' : undefined
  if (step === 'bild') return redirect(addresses.newsletterDraft(visit.town, found.issue.id, step))
  return redirect(`${addresses.newsletterDraft(visit.town, found.issue.id, step)}${placeOf(String(act), arranged)}`)
}

const parse = (raw: RawForm, blocks: readonly Typed[]) =>
  parseForm(draft, { ...raw, blocks } as unknown as RawForm, inWords(t, 'de'))

/** Where the eye was: the block that was added or moved. */
function placeOf(act: string, blocks: readonly Typed[]): string {
  const [deed, what] = act.split(':')
  if (deed === 'save') return '?gespeichert'
  const at = deed === 'add' ? blocks.length - 1 : Number(what) + (deed === 'down' ? 1 : deed === 'up' ? -1 : 0)
  return Number.isInteger(at) && at >= 0 && deed !== 'check' ? `#b${Math.min(at, blocks.length - 1)}` : ''
}

/** Faults of the list of blocks as faults of its fields, so that each can be reached. */
function pointed(raw: RawForm, state: FormState): FormState {
  const blocks = typedIn(raw)
  const errors = state.errors.map((error) => {
    if (!error.field.startsWith('blocks.'))
      return { ...error, field: error.field === 'blocks' ? 'subject' : error.field }
    const part = error.field.slice('blocks.'.length)
    const at = blocks.findIndex((block) => faulty(block, part))
    return { ...error, field: `b${Math.max(0, at)}-${part}` }
  })
  return { values: raw, errors }
}

const faulty = (block: Typed, part: string) => {
  const { success, error } = draft.shape.blocks.safeParse([block])
  return !success && error.issues.some((issue) => issue.path.at(-1) === part)
}

const wrong = (visit: Visit, found: { issue: Issue; all: Topic[] }, form: FormState): View => ({
  ...view(visit, found, form),
  status: 422,
  error: true,
})

function view(visit: Visit, { issue, all }: { issue: Issue; all: Topic[] }, form: FormState): View {
  const blocks = typedIn(form.values)
  return {
    layout: 'staff',
    at: addresses.newsletterDesk(visit.town),
    back: addresses.newsletterDesk(visit.town),
    title: t('draft.title'),
    body: (
      <>
        <ErrorSummary form={form} />
        {visit.url.searchParams.has('gespeichert') && <Notice kind="done">{t('draft.saved')}</Notice>}
        <Lead>{t('draft.lead')}</Lead>
        <Form action={addresses.newsletterDraft(visit.town, issue.id)} token={visit.token}>
          <input type="hidden" name={hiddenFields.version} value={typed(form, hiddenFields.version)} />
          <TextField name="subject" label={t('draft.subject')} hint={t('draft.subject.hint')} form={form} />
          <Audience all={all} form={form} />
          <p>
            <Button name="act" value="save" look="secondary">
              {t('draft.save')}
            </Button>
          </p>
          {blocks.map(({ kind }, index) => (
            <BlockFields
              kind={kind}
              index={index}
              last={index === blocks.length - 1}
              form={form}
              pictures={(id) => addresses.newsletterPicture(visit.town, id)}
            />
          ))}
          <Card title={t('draft.add')}>
            <p>
              {blockKinds.map((kind) => (
                <Button name="act" value={`add:${kind}`} look="secondary">
                  {t(`draft.add.${kind}`)}
                </Button>
              ))}
            </p>
          </Card>
          <Button name="act" value="check">
            {t('draft.check')}
          </Button>
        </Form>
      </>
    ),
  }
}

const Audience = ({ all, form }: { all: readonly Topic[]; form: FormState }) => (
  <>
    {all.length === 0 ? (
      <Notice kind="waiting">{t('draft.no-topics')}</Notice>
    ) : (
      <Checkboxes
        name="topics"
        label={t('draft.topics')}
        hint={t('draft.topics.hint')}
        form={form}
        options={all.map(({ id, name }) => ({ value: id, label: name }))}
      />
    )}
    <Select
      name="language"
      label={t('draft.language')}
      form={form}
      options={languages.map(({ id, name }) => ({ value: id, label: name }))}
    />
  </>
)
