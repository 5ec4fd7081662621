import { emptyForm, typed, type FormState } from '#platform/forms/index.ts'
import { formats } from '#platform/i18n/index.ts'
import { NotAllowed } from '#platform/kernel/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, Card, ErrorSummary, Form, Lead, Radios, TextArea } from '#ui/index.ts'
import {
  askInterpreter,
  inOneText,
  interpreterDays,
  noTranslation,
  translateOneself,
  type OneText,
} from '../../commands/translate.ts'
import { languageName } from '../../languages.ts'
import { openReport } from '../../queries.ts'
import { interpreters } from '../../queries/translations.ts'
import { words } from '../../words.ts'
import { SideBySide } from './parts/sideBySide.tsx'

const t = words('de')
const longest = 20_000

const messageOf = (visit: Visit) => visit.url.searchParams.get('nachricht') ?? undefined
const whichOf = (visit: Visit): OneText => ({ report: visit.params.report ?? '', message: messageOf(visit) })
const here = (visit: Visit) => addresses.translating(visit.town, visit.params.report ?? '', messageOf(visit))
const back = (visit: Visit) => addresses.reportPage(visit.town, visit.params.report ?? '')

const load = (visit: Visit) =>
  visit.tx(async (tx) => {
    const which = whichOf(visit)
    const report = await openReport(tx, which.report)
    const message = report?.messages.find(({ id }) => id === which.message)
    if (!report || (which.message && !message)) throw new NotAllowed('text', { hidden: true })
    return {
      language: (message ?? report).language,
      source: message?.text ?? inOneText(report.observed, report.concluded ?? undefined, report.extras.place),
      translation: report.translations.find((one) => one.message === which.message),
      people: await interpreters(tx, report.id),
    }
  })
type Shown = Awaited<ReturnType<typeof load>>

/** `/{town}/eingang/{report}/uebersetzung`: the report's words, or one message of it, in German. */
export async function get(visit: Visit): Promise<View> {
  const shown = await load(visit)
  return view(visit, shown, emptyForm({ text: shown.translation?.text ?? '' }))
}

export async function post(visit: Visit): Promise<Response | View> {
  const form = emptyForm(await visit.form())
  const which = whichOf(visit)
  const shown = await load(visit)
  const deed = typed(form, 'do')
  const person = typed(form, 'interpreter')
  const text = typed(form, 'text').trim()
  const fault =
    deed === 'ask' && !shown.people.some(({ id }) => id === person)
      ? { field: 'interpreter', message: t('missing.interpreter') }
      : deed !== 'ask' && deed !== 'none' && text === ''
        ? { field: 'text', message: t('missing.translation') }
        : text.length > longest
          ? { field: 'text', message: t('error.tooLong') }
          : undefined
  if (fault) return { ...view(visit, shown, { ...form, errors: [fault] }), status: 422, error: true }
  await visit.tx((tx) => {
    if (deed === 'ask') return askInterpreter(tx, which, person)
    return deed === 'none' ? noTranslation(tx, which.report) : translateOneself(tx, which, text)
  })
  return redirect(back(visit))
}

const view = (visit: Visit, shown: Shown, form: FormState): View => ({
  layout: 'staff',
  at: addresses.inbox(visit.town),
  back: back(visit),
  title: t('translation.title'),
  body: (
    <>
      <ErrorSummary form={form} />
      <Lead>{t('translation.lead', { language: languageName(shown.language) })}</Lead>
      <SideBySide
        language={shown.language}
        source={shown.source}
        text={shown.translation?.text ?? t('translation.not-yet')}
      />
      <Ask visit={visit} shown={shown} form={form} />
      <Card title={t('translation.oneself')}>
        <Form action={here(visit)} token={visit.token}>
          <TextArea name="text" label={t('translation.text')} form={form} rows={8} />
          <Button look="secondary">{t('translation.save')}</Button>
        </Form>
        {!messageOf(visit) && (
          <Form action={here(visit)} token={visit.token}>
            <Button name="do" value="none" look="quiet">
              {t('translation.none')}
            </Button>
          </Form>
        )}
      </Card>
    </>
  ),
})

/** Whom to let near this one text, and who was. */
function Ask({ visit, shown: { translation, people }, form }: { visit: Visit; shown: Shown; form: FormState }) {
  const asked = people.find(({ id }) => id === translation?.interpreter)
  return (
    <Card title={t('translation.ask')} next={!translation?.text}>
      {asked && translation && !translation.ended && (
        <p>{t('translation.asked', { name: asked.name, day: formats('de').day(translation.untilOn) })}</p>
      )}
      {people.length === 0 ? (
        <p>{t('translation.nobody')}</p>
      ) : (
        <Form action={here(visit)} token={visit.token}>
          <Radios
            name="interpreter"
            label={t('translation.who')}
            hint={t('translation.who.hint', { days: interpreterDays })}
            form={form}
            options={people.map(({ id, name }) => ({ value: id, label: name }))}
          />
          <Button name="do" value="ask">
            {t('translation.ask.save')}
          </Button>
        </Form>
      )}
    </Card>
  )
}
