import { emptyForm, hiddenFields, typed, type FormState } from '#platform/forms/index.ts'
import { StaleEdit } from '#platform/kernel/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, ErrorSummary, Form, Lead, Notice, TextArea } from '#ui/index.ts'
import { ownNote, writeNote } from '../commands/note.ts'
import { words } from '../words.ts'
import { caseOf, partOf } from './parts/load.ts'

const t = words('de')
const longest = 20_000
const idOf = (visit: Visit) => visit.params.case ?? ''

const load = (visit: Visit) =>
  visit.tx(async (tx) => {
    const found = await caseOf(tx, visit)
    return { found, note: await ownNote(tx, found.id) }
  })
type Shown = Awaited<ReturnType<typeof load>>

/** `/{town}/faelle/{case}/notiz`: what one keeps for oneself until the case is closed. */
export async function get(visit: Visit): Promise<View> {
  const shown = await load(visit)
  return view(visit, shown, emptyForm({ text: shown.note.text }))
}

export async function post(visit: Visit): Promise<Response | View> {
  const form = emptyForm(await visit.form())
  const text = typed(form, 'text').trim()
  const failed = async (message: string, status: number): Promise<View> => ({
    ...view(visit, await load(visit), { ...form, errors: [{ field: 'text', message }] }),
    status,
    error: true,
  })
  if (text.length > longest) return failed(t('note.too-long'), 422)
  try {
    await visit.tx((tx) => writeNote(tx, idOf(visit), text, Number(typed(form, hiddenFields.version) || 0)))
    return redirect(addresses.casePage(visit.town, idOf(visit)))
  } catch (error) {
    if (!(error instanceof StaleEdit)) throw error
    return failed(t('note.stale', { text: (await load(visit)).note.text }), 409)
  }
}

const view = (visit: Visit, { found, note }: Shown, form: FormState): View =>
  partOf(visit, found, {
    title: t('note.title'),
    body: (
      <>
        <ErrorSummary form={form} />
        <Lead>{t('note.lead')}</Lead>
        {found.closedOn ? (
          <Notice kind="info">{t('note.closed')}</Notice>
        ) : (
          <Form action={addresses.casePage(visit.town, idOf(visit), 'notiz')} token={visit.token}>
            <input type="hidden" name={hiddenFields.version} value={String(note.version)} />
            <TextArea name="text" label={t('note.text')} hint={t('note.hint')} form={form} rows={10} optional />
            <Button>{t('note.save')}</Button>
          </Form>
        )}
      </>
    ),
  })
