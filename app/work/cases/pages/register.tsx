import { berlinDay } from '#platform/kernel/index.ts'
import type { View, Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, Form, Lead, Notice } from '#ui/index.ts'
import { choices, modelInForce, modelVersion, say, stepOf } from '#work/model/index.ts'
import { registerRows } from '../queries/register.ts'
import type { Outcome } from '../schema.ts'
import { words } from '../words.ts'

const t = words('de')

/** `/{town}/faelle/register`: one's own register as a table. */
export const get = (visit: Visit): View => ({
  layout: 'staff',
  at: addresses.cases(visit.town),
  back: addresses.cases(visit.town),
  title: t('register.title'),
  body: (
    <>
      <Lead>{t('register.lead')}</Lead>
      <Notice kind="info">{t('register.notice')}</Notice>
      <Form action={addresses.register(visit.town)} token={visit.token}>
        <Button>{t('register.save')}</Button>
      </Form>
    </>
  ),
})

const columns = ['number', 'opened', 'closed', 'matter', 'area', 'subject', 'step', 'due', 'outcome', 'hours'] as const
const day = (text: string | null) =>
  text ? ({ value: new Date(text), type: Date, format: 'dd.mm.yyyy' } as const) : null

/** Written anew each time and kept nowhere; that it was asked for stands in the audit. */
export async function post(visit: Visit): Promise<Response> {
  const lines = await visit.tx(async (tx) => {
    const { areas, subjects } = choices(await modelInForce(tx), 'de')
    const nameIn = (list: typeof areas, id: string) => list.find((one) => one.id === id)?.name ?? id
    const lines = []
    for (const row of await registerRows(tx)) {
      const step = stepOf(await modelVersion(tx, row.model_version), row.step)
      lines.push([
        row.number,
        day(row.opened_on),
        day(row.closed_on),
        row.matter,
        nameIn(areas, row.area),
        nameIn(subjects, row.subject),
        say(step.label, 'de'),
        day(row.due_at && berlinDay(row.due_at)),
        row.outcome && t(`outcome.${row.outcome as Outcome}`),
        row.hours_quarters === null ? null : row.hours_quarters / 4,
      ])
    }
    return lines
  })
  const { default: writeXlsxFile } = await import('write-excel-file/node')
  const heading = columns.map((column) => ({ value: t(`register.column.${column}`), fontWeight: 'bold' as const }))
  const bytes = await writeXlsxFile([heading, ...lines]).toBuffer()
  return new Response(new Uint8Array(bytes), {
    headers: {
      'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      'content-disposition': `attachment; filename="register-${berlinDay(visit.now)}.xlsx"`,
      'cache-control': 'no-store',
    },
  })
}
