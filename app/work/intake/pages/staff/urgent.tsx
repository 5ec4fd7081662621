import { emptyForm, inWords, parseForm, typed, type FormState } from '#platform/forms/index.ts'
import { formats } from '#platform/i18n/index.ts'
import { NotAllowed } from '#platform/kernel/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import {
  Button,
  ButtonLink,
  Card,
  ErrorSummary,
  Form,
  Lead,
  Notice,
  Radios,
  Select,
  TextArea,
  TextField,
  Timeline,
} from '#ui/index.ts'
import { choices, modelInForce, numbersFor, say, type EmergencyNumber, type Published } from '#work/model/index.ts'
import { noteUrgent } from '../../commands/urgent.ts'
import { openReport, type OpenedReport } from '../../queries.ts'
import { urgentEntries, type UrgentEntry } from '../../queries/urgent.ts'
import { urgentBases, urgentData } from '../../schema.ts'
import { timeOfDay } from '../../timeOfDay.ts'
import { words } from '../../words.ts'
import { Veiled } from './parts/veil.tsx'

const t = words('de')
const here = (visit: Visit) => addresses.urgent(visit.town, visit.params.report ?? '')

interface Shown {
  readonly report: OpenedReport
  readonly model: Published
  readonly entries: readonly UrgentEntry[]
}

const load = (visit: Visit): Promise<Shown> =>
  visit.tx(async (tx) => {
    const report = await openReport(tx, visit.params.report ?? '')
    if (!report) throw new NotAllowed('report', { hidden: true })
    return { report, model: await modelInForce(tx), entries: await urgentEntries(tx, report.id) }
  })

/** `/{town}/eingang/{report}/sofort`: somebody may be in danger now; made for a phone at night. */
export async function get(visit: Visit): Promise<View> {
  return view(visit, await load(visit), emptyForm())
}

export async function post(visit: Visit): Promise<Response | View> {
  const form = emptyForm(await visit.form())
  const parsed = parseForm(urgentData, form.values, inWords(t, 'de'))
  if (!parsed.ok) return { ...view(visit, await load(visit), parsed.state), status: 422, error: true }
  const at = timeOfDay(parsed.data.at, visit.now)
  if (!at) {
    const errors = [{ field: 'at', message: t('error.time') }]
    return { ...view(visit, await load(visit), { ...form, errors }), status: 422, error: true }
  }
  await visit.tx((tx) => noteUrgent(tx, visit.params.report ?? '', parsed.data, at))
  return redirect(here(visit))
}

const view = (visit: Visit, shown: Shown, form: FormState): View => ({
  layout: 'staff',
  at: addresses.inbox(visit.town),
  back: addresses.reportPage(visit.town, shown.report.id),
  title: t('urgent.title'),
  body: (
    <div class="urgent">
      <ErrorSummary form={form} />
      <Lead>{state(shown)}</Lead>
      <About {...shown} />
      <Calls visit={visit} numbers={numbersFor(shown.model, shown.report.area)} />
      <HandedOver visit={visit} numbers={numbersFor(shown.model, shown.report.area)} form={form} />
      <Course visit={visit} entries={shown.entries} />
      <p>
        <ButtonLink href={addresses.reportPage(visit.town, shown.report.id)} look="secondary">
          {t('urgent.next')}
        </ButtonLink>
      </p>
    </div>
  ),
})

function state({ entries }: Shown): string {
  const second = entries.find(({ kind }) => kind === 'second-told')
  const done = entries.filter(({ kind }) => kind !== 'second-told').length
  if (done === 0) return t('urgent.state.nothing')
  return second
    ? t('urgent.state.second', { time: formats('de').time(second.at), count: done })
    : t('urgent.state', { count: done })
}

function About({ report, model }: Shown) {
  const area = choices(model, 'de').areas.find(({ id }) => id === report.area)?.name ?? report.area
  const german = report.translations.find(({ message }) => message === undefined)?.text
  return (
    <Notice kind="danger">
      <strong>{area}</strong>
      {report.extras.place && `, ${report.extras.place}`}:{' '}
      <Veiled veil={report.veil}>
        <span dir="auto">{german ?? report.observed}</span>
      </Veiled>
      {report.contact && (
        <>
          <br />
          {t('urgent.contact', { contact: report.contact })}
        </>
      )}
    </Notice>
  )
}

/** One tap calls, the next says whether somebody answered. */
const Calls = ({ visit, numbers }: { visit: Visit; numbers: readonly EmergencyNumber[] }) => (
  <Card title={t('urgent.calls')} next>
    <ul class="calls">
      {numbers.map(({ label, number, hours }) => (
        <li>
          <a class="button" href={`tel:${number.replaceAll(' ', '')}`}>
            {say(label, 'de')} <bdi>{number}</bdi>
          </a>
          {hours && <p class="hint">{say(hours, 'de')}</p>}
          <Form action={here(visit)} token={visit.token}>
            <input type="hidden" name="whom" value={say(label, 'de')} />
            <Button name="kind" value="reached" look="secondary">
              {t('urgent.reached')}
              <span class="hidden-visually">: {say(label, 'de')}</span>
            </Button>{' '}
            <Button name="kind" value="not-reached" look="secondary">
              {t('urgent.not-reached')}
              <span class="hidden-visually">: {say(label, 'de')}</span>
            </Button>
          </Form>
        </li>
      ))}
    </ul>
  </Card>
)

/** What left the house, to whom and on which ground; also what somebody wants to keep in mind. */
function HandedOver({ visit, numbers, form }: { visit: Visit; numbers: readonly EmergencyNumber[]; form: FormState }) {
  const names = [...new Set(numbers.map(({ label }) => say(label, 'de')))]
  return (
    <Card title={t('urgent.handed')}>
      <Form action={here(visit)} token={visit.token}>
        <Select
          name="whom"
          label={t('urgent.whom')}
          form={form}
          options={[...names, t('urgent.whom.other')].map((value) => ({ value, label: value }))}
        />
        <TextArea name="what" label={t('urgent.what')} hint={t('urgent.what.hint')} form={form} rows={3} />
        <Radios
          name="basis"
          label={t('urgent.basis')}
          form={form}
          options={urgentBases.map((value) => ({ value, label: t(`urgent.basis.${value}`) }))}
        />
        <TextField name="at" label={t('urgent.at')} hint={t('urgent.at.hint')} form={form} short optional />
        <Button name="kind" value="handed">
          {t('urgent.handed.save')}
        </Button>
        <Button name="kind" value="note" look="secondary">
          {t('urgent.note.save')}
        </Button>
      </Form>
      {typed(form, 'kind') === 'handed' && form.errors.length > 0 && (
        <Notice kind="info">{t('urgent.never-wait')}</Notice>
      )}
    </Card>
  )
}

const Course = ({ visit, entries }: { visit: Visit; entries: readonly UrgentEntry[] }) => {
  const { dateTime, relative } = formats('de')
  return (
    <Card title={t('urgent.course')}>
      {entries.length === 0 ? (
        <p>{t('urgent.course.none')}</p>
      ) : (
        <Timeline
          entries={entries.map(({ at, kind, whom, what, basis, by }) => ({
            when: [dateTime(at), relative(at, visit.now), by].filter(Boolean).join(', '),
            text: (
              <p class="as-typed">
                <strong>{t(`urgent.entry.${kind}`, { whom: whom ?? '' })}</strong>
                {what && `\n${what}`}
                {basis && `\n${t(`urgent.basis.${basis}`)}`}
              </p>
            ),
          }))}
        />
      )}
    </Card>
  )
}
