import type { FormState } from '#platform/forms/index.ts'
import { formats } from '#platform/i18n/index.ts'
import { Card, Checkboxes, DataTable, MoreDetails, Notice, Radios, Select, SummaryList, TextField } from '#ui/index.ts'
import { choices, say, type Compiled } from '#work/model/index.ts'
import type { Preview } from '../../../queries/takeover.ts'
import { fields, type Field } from '../../../takeover/columns.ts'
import type { Settings } from '../../../takeover/settings.ts'
import { stepsFor } from '../../../takeover/steps.ts'
import { words } from '../../../words.ts'

const t = words('de')
/** Of a list of complaints only these are taken. */
const ofList: readonly Field[] = ['number', 'opened', 'closed', 'matter', 'details', 'area', 'subject', 'status']

/** Spreadsheet name of a column: A … Z, AA … */
const letterOf = (column: number): string =>
  (column >= 26 ? letterOf(Math.floor(column / 26) - 1) : '') + String.fromCharCode(65 + (column % 26))

/** Which column holds what, and where running rows go. */
export function Chosen({ settings, model, form }: { settings: Settings; model: Compiled; form: FormState }) {
  const columns = [
    { value: '', label: t('takeover.column.none') },
    ...settings.headings.map((heading, at) => ({ value: String(at), label: `${letterOf(at)}: ${heading || '–'}` })),
  ]
  const asked = fields.filter((field) => settings.kind === 'register' || ofList.includes(field))
  return (
    <>
      <Card title={t('takeover.columns')}>
        <p>{t('takeover.columns.lead')}</p>
        {asked.map((field) => (
          <Select name={`column-${field}`} label={t(`takeover.field.${field}`)} form={form} options={columns} />
        ))}
        <MoreDetails title={t('takeover.fill.more')} open={settings.fill.length > 0}>
          <Checkboxes
            name="fill"
            label={t('takeover.fill')}
            hint={t('takeover.fill.hint')}
            form={form}
            options={(['area', 'subject', 'opened'] as const).map((value) => ({
              value,
              label: t(`takeover.field.${value}`),
            }))}
          />
        </MoreDetails>
      </Card>
      <Card title={t('takeover.where')}>
        {settings.kind === 'register' ? (
          <Select
            name="step"
            label={t('takeover.step')}
            hint={t('takeover.step.hint')}
            form={form}
            options={stepsFor(model).map(({ id, label }) => ({ value: id, label: say(label, 'de') }))}
          />
        ) : (
          <>
            <Radios
              name="goal"
              label={t('takeover.goal')}
              form={form}
              options={(['watch', 'inbox'] as const).map((value) => ({ value, label: t(`takeover.goal.${value}`) }))}
            />
            <TextField
              name="watchUntil"
              label={t('decide.watchUntil')}
              hint={t('takeover.until')}
              form={form}
              short
              optional
            />
          </>
        )}
      </Card>
    </>
  )
}

/** What comes of it, line by line where something is wrong. */
export function Seen({ preview, settings, model }: { preview: Preview; settings: Settings; model: Compiled }) {
  const { running, closed, faultCount, withoutOutcome, twice, strange } = preview
  return (
    <Card title={t('takeover.preview')}>
      <SummaryList
        rows={[
          { label: t(`takeover.preview.running.${settings.kind}`), value: String(running) },
          { label: t(`takeover.preview.closed.${settings.kind}`), value: String(closed) },
          { label: t('takeover.preview.faults'), value: String(faultCount) },
        ]}
      />
      {settings.kind === 'register' && withoutOutcome > 0 && (
        <Notice kind="info">{t('takeover.preview.outcome', { count: withoutOutcome })}</Notice>
      )}
      {twice > 0 && <Notice kind="waiting">{t('takeover.preview.twice', { count: twice })}</Notice>}
      <Sample preview={preview} model={model} />
      {preview.faults.length > 0 && <Faults preview={preview} />}
      {strange.length > 0 && (
        <>
          <h3>{t('takeover.strange')}</h3>
          <p>{t('takeover.strange.lead')}</p>
          <ul>
            {strange.map(({ field, name, count }) => (
              <li>{t('takeover.strange.line', { field: t(`takeover.field.${field}`), name, count })}</li>
            ))}
          </ul>
        </>
      )}
    </Card>
  )
}

function Sample({ preview, model }: { preview: Preview; model: Compiled }) {
  const { dayShort } = formats('de')
  const { areas, subjects } = choices(model, 'de')
  const nameIn = (list: typeof areas, id: string) => list.find((one) => one.id === id)?.name ?? id
  const shown = ['matter', 'area', 'subject', 'opened', 'closed'] as const
  if (preview.sample.length === 0) return null
  return (
    <>
      <h3>{t('takeover.sample')}</h3>
      <DataTable
        caption={t('takeover.sample')}
        columns={[t('takeover.line'), ...shown.map((field) => t(`takeover.field.${field}`))]}
        rows={preview.sample.map((row) => [
          String(row.line),
          row.matter,
          nameIn(areas, row.area),
          nameIn(subjects, row.subject),
          dayShort(row.openedOn),
          row.closedOn ? dayShort(row.closedOn) : '–',
        ])}
      />
    </>
  )
}

const Faults = ({ preview: { faults, faultCount } }: { preview: Preview }) => (
  <>
    <h3>{t('takeover.faults')}</h3>
    <p>{t('takeover.faults.lead', { shown: faults.length, count: faultCount })}</p>
    <DataTable
      caption={t('takeover.faults')}
      columns={[t('takeover.line'), t('takeover.value'), t('takeover.mend')]}
      rows={faults.map(({ line, value, message }) => [String(line), value || '–', t(message)])}
    />
  </>
)
