import { formats, isLanguage, languageInfo } from '#platform/i18n/index.ts'
import { SummaryList } from '#ui/index.ts'
import { answeredTo } from '#work/cases/index.ts'
import { choices, say, type Compiled } from '#work/model/index.ts'
import type { OpenedReport } from '../../../queries.ts'
import { words } from '../../../words.ts'
import { Veiled } from './veil.tsx'

const t = words('de')

/** What was told, and how it came. */
export function Facts({ report, model }: { report: OpenedReport; model: Compiled }) {
  const { areas, subjects } = choices(model, 'de')
  const rows = [
    ...translated(report),
    {
      label: t('report.observed'),
      value: (
        <Veiled veil={report.veil}>
          <span dir="auto">{report.observed}</span>
        </Veiled>
      ),
    },
    ...(report.concluded
      ? [{ label: t('report.concluded'), value: <Veiled veil={report.veil}>{report.concluded}</Veiled> }]
      : []),
    { label: t('report.area'), value: areas.find(({ id }) => id === report.area)?.name ?? report.area },
    { label: t('report.subject'), value: subjects.find(({ id }) => id === report.subject)?.name ?? report.subject },
    ...extraRows(report, model),
    ...answeredTo(
      model.model.steps.flatMap(({ kind, ask }) => (kind === 'check' ? ask : [])),
      report.asked,
    ),
    { label: t('report.channel'), value: t(`channel.${report.channel}`) },
    { label: t('report.anonymity'), value: t(`report.anonymity.${report.anonymity}`) },
    ...(report.wish ? [{ label: t('report.wish'), value: t(`report.wish.${report.wish}`) }] : []),
    ...(report.contact ? [{ label: t('report.contact'), value: report.contact }] : []),
  ]
  return <SummaryList rows={rows} />
}

/** What it says in German stands first, the original below it. */
const translated = ({ translations, veil }: OpenedReport) => {
  const text = translations.find(({ message }) => message === undefined)?.text
  return text
    ? [
        {
          label: t('translation.text'),
          value: (
            <Veiled veil={veil}>
              <span class="as-typed">{text}</span>
            </Veiled>
          ),
        },
      ]
    : []
}

/** What was said behind "Mehr sagen". */
function extraRows({ extras, occurredOn, office }: OpenedReport, model: Compiled) {
  const name = office ? model.offices.get(office)?.name : undefined
  const language = isLanguage(extras.answerLanguage) ? languageInfo(extras.answerLanguage).name : undefined
  const rows: [string, string | undefined][] = [
    [t('report.place'), extras.place],
    [t('report.since'), occurredOn ? formats('de').day(occurredOn) : undefined],
    [t('report.often'), extras.often && t(`report.often.${extras.often}`)],
    [t('report.answerLanguage'), language],
    [t('report.safe'), extras.safe],
    [t('report.onBehalf'), extras.onBehalf],
    [t('report.office'), name && say(name, 'de')],
  ]
  return rows.flatMap(([label, value]) => (value ? [{ label, value }] : []))
}
