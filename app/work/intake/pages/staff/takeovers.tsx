import { emptyForm, typed, withError, type FormState } from '#platform/forms/index.ts'
import { formats } from '#platform/i18n/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, Card, DataTable, ErrorSummary, FileField, Form, Lead, Radios } from '#ui/index.ts'
import { modelInForce, stepOfKind } from '#work/model/index.ts'
import { layDown, mostLines } from '../../commands/takeOver.ts'
import { imports, type ImportRow } from '../../queries/takeover.ts'
import { headingAt, monthFirst, proposeMapping } from '../../takeover/columns.ts'
import { readCsv } from '../../takeover/csv.ts'
import type { Table } from '../../takeover/table.ts'
import { isWorkbook, NoTable, readWorkbook } from '../../takeover/workbook.ts'
import { words } from '../../words.ts'

const t = words('de')
/** Ten megabytes and the fields around them. */
export const largest = 10 * 1024 * 1024 + 64 * 1024

/** `/{town}/eingang/uebernahme`: take over one's own register or another system's list. */
export const get = (visit: Visit): Promise<View> => view(visit, emptyForm({ kind: 'register' }))

export async function post(visit: Visit): Promise<View | Response> {
  const values = await visit.form()
  const mend = async (message: string): Promise<View> => ({
    ...(await view(visit, withError(emptyForm(values), 'source', message))),
    status: 422,
    error: true,
  })
  const { source } = await visit.files()
  if (!source) return mend(t('takeover.missing.source'))
  const table = await tableOf(Buffer.from(await source.arrayBuffer()))
  if (!table || table.lines.length < 2) return mend(t('takeover.unreadable'))
  if (table.lines.length > mostLines) return mend(t('takeover.too-long', { most: mostLines }))
  const at = headingAt(table)
  const headings = table.lines[at]!.cells
  const id = await visit.tx(async (tx) => {
    const model = await modelInForce(tx)
    const settings = {
      kind: typed(emptyForm(values), 'kind') === 'list' ? ('list' as const) : ('register' as const),
      mapping: proposeMapping(headings),
      monthFirst: monthFirst(table),
      fill: [],
      headings,
      step: stepOfKind(model, 'assess').id,
      modelVersion: model.versionId,
      goal: 'watch' as const,
    }
    return layDown(tx, settings, table.lines.slice(at + 1))
  })
  return redirect(addresses.takeover(visit.town, id))
}

async function tableOf(bytes: Buffer): Promise<Table | undefined> {
  // The workbooks of before 2007, and whatever else is no text.
  if (bytes.subarray(0, 2000).includes(0) && !isWorkbook(bytes)) return undefined
  try {
    return isWorkbook(bytes) ? await readWorkbook(bytes) : readCsv(bytes)
  } catch (error) {
    if (error instanceof NoTable || error instanceof RangeError) return undefined
    throw error
  }
}

async function view(visit: Visit, form: FormState): Promise<View> {
  const rows = await visit.tx(imports)
  return {
    layout: 'staff',
    at: addresses.inbox(visit.town),
    back: addresses.inbox(visit.town),
    title: t('takeover.title'),
    body: (
      <>
        <ErrorSummary form={form} />
        <Lead>{t('takeover.lead')}</Lead>
        <Form action={addresses.takeovers(visit.town)} token={visit.token} files>
          <Radios
            name="kind"
            label={t('takeover.kind')}
            form={form}
            options={(['register', 'list'] as const).map((value) => ({
              value,
              label: t(`takeover.kind.${value}`),
              hint: t(`takeover.kind.${value}.hint`),
            }))}
          />
          <FileField
            name="source"
            label={t('takeover.source')}
            hint={t('takeover.source.hint')}
            accept=".xlsx,.csv,.txt"
            form={form}
          />
          <Button>{t('takeover.look')}</Button>
        </Form>
        {rows.length > 0 && (
          <Card title={t('takeover.before')}>
            <Before visit={visit} rows={rows} />
          </Card>
        )}
      </>
    ),
  }
}

function Before({ visit, rows }: { visit: Visit; rows: readonly ImportRow[] }) {
  const { dayShort } = formats('de')
  return (
    <DataTable
      caption={t('takeover.before')}
      columns={[t('takeover.column.what'), t('takeover.column.state'), t('takeover.column.made')]}
      rows={rows.map((row) => [
        <a href={addresses.takeover(visit.town, row.id)}>
          {t(`takeover.kind.${row.kind}`)}, {dayShort(row.made_on)}
        </a>,
        t(`takeover.state.${row.state}`),
        t('takeover.made', { cases: row.cases, figures: row.figures, reports: row.reports }),
      ])}
    />
  )
}
