import { z } from 'zod'
import { emptyForm, hiddenFields, inWords, parseForm, renderedVersion, type FormState } from '#platform/forms/index.ts'
import { StaleEdit } from '#platform/kernel/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, Card, ErrorSummary, Form, Lead, Notice, TextArea, TextField } from '#ui/index.ts'
import { choices, modelVersion } from '#work/model/index.ts'
import { caseOf, mend, partOf } from '../../pages/parts/load.ts'
import { draftLesson } from '../commands.ts'
import { draftOf } from '../queries.ts'
import { suspects, type Suspect } from '../suspects.ts'
import { words } from '../words.ts'

const t = words('de')
const lesson = z.object({
  title: z.string().trim().min(1, 'error.title').max(200, 'error.long'),
  text: z.string().trim().min(1, 'error.text').max(10_000, 'error.long'),
})

const load = (visit: Visit) =>
  visit.tx(async (tx) => {
    const found = await caseOf(tx, visit)
    const { areas } = choices(await modelVersion(tx, found.modelVersion), 'de')
    const places = areas.filter(({ id }) => id !== 'unknown').map(({ name }) => name)
    return { found, draft: await draftOf(tx, found.id), places }
  })
type Shown = Awaited<ReturnType<typeof load>>

/** `/{town}/faelle/{case}/lehre`: what the case taught, written so that nobody is recognised. */
export async function get(visit: Visit): Promise<View> {
  const shown = await load(visit)
  const { title = '', text = '', version = 0 } = shown.draft ?? {}
  return view(visit, shown, emptyForm({ title, text, [hiddenFields.version]: String(version) }))
}

export async function post(visit: Visit): Promise<Response | View> {
  const shown = await load(visit)
  const raw = await visit.form()
  const parsed = parseForm(lesson, raw, inWords(t, 'de'))
  if (!parsed.ok) return { ...view(visit, shown, { ...parsed.state, values: raw }), ...mend }
  try {
    const ask = raw.do === 'ask'
    await visit.tx((tx) => draftLesson(tx, shown.found.id, parsed.data, renderedVersion(raw) ?? -1, ask))
    return redirect(addresses.casePage(visit.town, shown.found.id, 'lehre'))
  } catch (error) {
    if (!(error instanceof StaleEdit)) throw error
    const now = await load(visit)
    const form = emptyForm({ ...raw, [hiddenFields.version]: String(now.draft?.version ?? 0) })
    return { ...view(visit, now, form, now.draft?.text), status: 409, error: true }
  }
}

const view = (visit: Visit, { found, draft, places }: Shown, form: FormState, theirs?: string): View =>
  partOf(visit, found, {
    title: t('draft.title'),
    body: (
      <>
        <ErrorSummary form={form} />
        <Lead>{t('draft.lead')}</Lead>
        {theirs !== undefined && (
          <Card title={t('draft.stale')}>
            <p class="as-typed">{theirs}</p>
          </Card>
        )}
        {draft && draft.state !== 'draft' && <Notice kind="waiting">{t(`draft.${draft.state}`)}</Notice>}
        {draft && <Suspects found={suspects(`${draft.title}\n${draft.text}`, places)} />}
        {found.closedOn ? (
          <Form action={addresses.casePage(visit.town, found.id, 'lehre')} token={visit.token}>
            <input type="hidden" name={hiddenFields.version} value={String(form.values[hiddenFields.version] ?? '0')} />
            <TextField name="title" label={t('draft.name')} form={form} />
            <TextArea name="text" label={t('draft.text')} hint={t('draft.text.hint')} form={form} rows={10} />
            <Button name="do" value="save">
              {t('draft.save')}
            </Button>{' '}
            <Button name="do" value="ask" look="secondary">
              {t('draft.ask')}
            </Button>
          </Form>
        ) : (
          <Notice kind="info">{t('draft.open-case')}</Notice>
        )}
      </>
    ),
  })

const Suspects = ({ found }: { found: readonly Suspect[] }) =>
  found.length === 0 ? (
    <p class="quiet">{t('suspects.none')}</p>
  ) : (
    <Card title={t('suspects.title')}>
      <ul>
        {found.map(({ text, why }) => (
          <li>
            <strong>{text}</strong>: {t(`suspects.${why}`)}
          </li>
        ))}
      </ul>
    </Card>
  )
