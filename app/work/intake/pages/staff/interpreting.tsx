import { emptyForm, hiddenFields, typed, type FormState } from '#platform/forms/index.ts'
import { formats } from '#platform/i18n/index.ts'
import { NotAllowed, StaleEdit } from '#platform/kernel/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Badge, Button, DataTable, EmptyState, ErrorSummary, Form, Lead, TextArea } from '#ui/index.ts'
import { writeTranslation } from '../../commands/translate.ts'
import { languageName } from '../../languages.ts'
import { openText, ownTexts, type TextToTranslate } from '../../queries/translations.ts'
import { words } from '../../words.ts'
import { Veiled } from './parts/veil.tsx'

const t = words('de')
const longest = 20_000

interface Way {
  readonly direction: 'in' | 'out'
  readonly language: string
}
const out = ({ direction }: Way) => direction === 'out'
const titleOf = (one: Way) =>
  t(out(one) ? 'interpreting.one.out' : 'interpreting.one', { language: languageName(one.language) })

/** `/{town}/uebersetzungen`: the texts this interpreter was asked for. */
export async function list(visit: Visit): Promise<View> {
  const rows = await visit.tx(ownTexts)
  const { dayShort } = formats('de')
  const open = rows.filter((row) => !row.done_on).length
  return {
    layout: 'staff',
    at: addresses.translations(visit.town),
    title: t('interpreting.title'),
    body: (
      <>
        <Lead>{t('interpreting.lead', { count: open })}</Lead>
        {rows.length === 0 ? (
          <EmptyState>{t('interpreting.none')}</EmptyState>
        ) : (
          <DataTable
            caption={t('interpreting.title')}
            columns={[t('interpreting.text'), t('interpreting.asked'), t('interpreting.until')]}
            rows={rows.map((row) => [
              <>
                <a href={addresses.translations(visit.town, row.id)}>{titleOf(row)}</a>{' '}
                {row.done_on && <Badge kind="done">{t('interpreting.done')}</Badge>}
              </>,
              dayShort(row.asked_on),
              dayShort(row.until_on),
            ])}
          />
        )}
      </>
    ),
  }
}

async function load(visit: Visit): Promise<TextToTranslate> {
  const text = await visit.tx((tx) => openText(tx, visit.params.translation ?? ''))
  if (!text) throw new NotAllowed('translation', { hidden: true })
  return text
}
const formOf = ({ text, version }: TextToTranslate) => emptyForm({ text, [hiddenFields.version]: String(version) })

/** `/{town}/uebersetzungen/{text}`: the original, and what it says in German. */
export async function get(visit: Visit): Promise<View> {
  const one = await load(visit)
  return view(visit, one, formOf(one))
}

export async function post(visit: Visit): Promise<Response | View> {
  const form = emptyForm(await visit.form())
  const one = await load(visit)
  const text = typed(form, 'text').trim()
  const fault = text === '' ? t('missing.translation') : text.length > longest ? t('error.tooLong') : undefined
  if (fault)
    return { ...view(visit, one, { ...form, errors: [{ field: 'text', message: fault }] }), status: 422, error: true }
  try {
    await visit.tx((tx) => writeTranslation(tx, one.id, text, Number(typed(form, hiddenFields.version) || -1)))
    return redirect(addresses.translations(visit.town))
  } catch (error) {
    if (!(error instanceof StaleEdit)) throw error
    const now = await load(visit)
    const values = { text, [hiddenFields.version]: String(now.version) }
    const errors = [{ field: 'text', message: t('interpreting.stale', { text: now.text }) }]
    return { ...view(visit, now, { values, errors }), status: 409, error: true }
  }
}

const view = (visit: Visit, one: TextToTranslate, form: FormState): View => ({
  layout: 'staff',
  at: addresses.translations(visit.town),
  back: addresses.translations(visit.town),
  title: titleOf(one),
  body: (
    <>
      <ErrorSummary form={form} />
      <Lead>{t('interpreting.about', { day: formats('de').day(one.untilOn) })}</Lead>
      <div class="side-by-side">
        <section>
          <h2>
            {t(out(one) ? 'interpreting.german' : 'translation.source', { language: languageName(one.language) })}
          </h2>
          <Veiled veil={one.veil}>
            <p class="as-typed" dir="auto" lang={out(one) ? 'de' : one.language}>
              {one.source}
            </p>
          </Veiled>
        </section>
        <section>
          <Form action={addresses.translations(visit.town, one.id)} token={visit.token}>
            <input type="hidden" name={hiddenFields.version} value={typed(form, hiddenFields.version)} />
            <TextArea
              name="text"
              label={t(out(one) ? 'interpreting.into' : 'translation.text', { language: languageName(one.language) })}
              hint={t(out(one) ? 'interpreting.hint.out' : 'interpreting.hint')}
              form={form}
              rows={12}
            />
            <Button>{t('translation.save')}</Button>
          </Form>
        </section>
      </div>
    </>
  ),
})
