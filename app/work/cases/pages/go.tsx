import { emptyForm, inWords, parseForm, type FormState } from '#platform/forms/index.ts'
import { NotAllowed, StaleEdit } from '#platform/kernel/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, ErrorSummary, Form, Lead, Notice, TextArea } from '#ui/index.ts'
import { modelVersion, say, stepOf, type Compiled, type Move } from '#work/model/index.ts'
import { asksOnTheWay } from '../asking.ts'
import { goOn } from '../commands/goOn.ts'
import { movesOf } from '../commands/store.ts'
import type { OpenedCase } from '../queries.ts'
import { readAnswers, type Missing } from '../rules.ts'
import { going } from '../schema.ts'
import { words } from '../words.ts'
import { Asks } from './parts/ask.tsx'
import { caseOf, mend, partOf } from './parts/load.ts'
import { MissingElsewhere, missingState } from './parts/missing.tsx'

const t = words('de')

interface Shown {
  readonly found: OpenedCase
  readonly model: Compiled
  readonly move: Move
}

async function load(visit: Visit, to: string): Promise<Shown> {
  return visit.tx(async (tx) => {
    const found = await caseOf(tx, visit)
    const model = await modelVersion(tx, found.modelVersion)
    const move = (await movesOf(tx, model, found, visit.person?.roles ?? [])).find((one) => one.to === to)
    if (!move) throw new NotAllowed('move', { hidden: true })
    return { found, model, move }
  })
}

/** `/{town}/faelle/{case}/schritt?nach=…`: the case goes on, with a word why where it is needed. */
export async function get(visit: Visit): Promise<View> {
  const shown = await load(visit, visit.url.searchParams.get('nach') ?? '')
  return view(visit, shown, emptyForm({ version: String(shown.found.version) }), [])
}

export async function post(visit: Visit): Promise<Response | View> {
  const raw = await visit.form()
  const id = visit.params.case ?? ''
  await visit.tx((tx) => caseOf(tx, visit))
  const parsed = parseForm(going, raw, inWords(t, 'de'))
  if (!parsed.ok) throw new NotAllowed('move', { hidden: false })
  try {
    const shown = await load(visit, parsed.data.to)
    const asked = readAnswers(asksOnTheWay(stepOf(shown.model, shown.move.to)), raw)
    if (asked.missing.length > 0) return { ...view(visit, shown, missingState(raw, asked.missing), []), ...mend }
    const missing = await visit.tx((tx) => goOn(tx, visit.person?.roles ?? [], id, parsed.data, asked.answers))
    if (missing.length === 0) return redirect(addresses.casePage(visit.town, id))
    return { ...view(visit, await load(visit, parsed.data.to), missingState(raw, missing), missing), ...mend }
  } catch (error) {
    if (!(error instanceof StaleEdit)) throw error
    return partOf(visit, id, {
      title: t('case.next'),
      body: <Notice kind="waiting">{t('stale.move')}</Notice>,
      status: 409,
    })
  }
}

const view = (visit: Visit, { found, model, move }: Shown, form: FormState, missing: readonly Missing[]): View =>
  partOf(visit, found, {
    title: t('go.title', { button: say(move.button, 'de') }),
    body: (
      <>
        <ErrorSummary form={form} />
        <MissingElsewhere visit={visit} id={found.id} missing={missing} />
        <Lead>{t('go.leads', { step: say(stepOf(model, move.lands).label, 'de') })}</Lead>
        {move.second && <Notice kind="waiting">{t(`go.second.${move.second.effect}`)}</Notice>}
        <Form action={addresses.casePage(visit.town, found.id, 'schritt')} token={visit.token}>
          <input type="hidden" name="to" value={move.to} />
          <input type="hidden" name="version" value={String(form.values.version ?? found.version)} />
          <TextArea
            name="reason"
            label={t('go.reason')}
            hint={t(move.second ? 'go.reason.second' : 'go.reason.plain')}
            form={form}
            rows={3}
            optional={!move.second && move.kind !== 'reopen'}
          />
          <Asks fields={asksOnTheWay(stepOf(model, move.to))} form={form} />
          <Button>{say(move.button, 'de')}</Button>
        </Form>
      </>
    ),
  })
