import { emptyForm, inWords, parseForm, type FormState } from '#platform/forms/index.ts'
import { formats } from '#platform/i18n/index.ts'
import { berlinDay } from '#platform/kernel/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, ErrorSummary, Form, Lead, Notice, Radios } from '#ui/index.ts'
import { choices, modelInForce, modelVersion, say, stepOf } from '#work/model/index.ts'
import { askToTakeOut, takeOut } from '../commands/takeOut.ts'
import { ownRequest } from '../queries/takeOut.ts'
import { purposes, takingOut, type Outcome } from '../schema.ts'
import { words } from '../words.ts'

const t = words('de')
const { dateTime } = formats('de')

/** `/{town}/faelle/register`: one's own register as a table, where the model wants it with a second person's consent. */
export const get = (visit: Visit): Promise<View> => view(visit, emptyForm())

async function view(visit: Visit, form: FormState): Promise<View> {
  const { model, own } = await visit.tx(async (tx) => ({ model: await modelInForce(tx), own: await ownRequest(tx) }))
  const alone = !model.model.register
  return {
    layout: 'staff',
    at: addresses.cases(visit.town),
    back: addresses.cases(visit.town),
    title: t('register.title'),
    body: (
      <>
        <ErrorSummary form={form} />
        <Lead>{t('register.lead')}</Lead>
        <Notice kind="info">{t('register.notice')}</Notice>
        {own?.state === 'waits' && <Notice kind="waiting">{t('register.waits', { at: dateTime(own.askedAt) })}</Notice>}
        {own?.state === 'refused' && <Notice kind="waiting">{t('register.refused')}</Notice>}
        {own?.state === 'agreed' && own.until && (
          <Notice kind="done">{t('register.agreed', { at: dateTime(own.until) })}</Notice>
        )}
        {(alone || own?.state === 'agreed') && (
          <Form action={addresses.register(visit.town)} token={visit.token}>
            <Button>{t('register.save')}</Button>
          </Form>
        )}
        {!alone && own?.state !== 'agreed' && own?.state !== 'waits' && (
          <Form action={addresses.register(visit.town)} token={visit.token}>
            <Radios
              name="purpose"
              label={t('register.purpose')}
              hint={t('register.purpose.hint')}
              form={form}
              options={purposes.map((one) => ({ value: one, label: t(`register.purpose.${one}`) }))}
            />
            <Button name="do" value="ask">
              {t('register.ask')}
            </Button>
          </Form>
        )}
      </>
    ),
  }
}

export async function post(visit: Visit): Promise<Response | View> {
  if ((await visit.form()).do !== 'ask') return sheet(visit)
  const parsed = parseForm(takingOut, await visit.form(), inWords(t, 'de'))
  if (!parsed.ok) return { ...(await view(visit, parsed.state)), status: 422, error: true }
  await visit.tx((tx) => askToTakeOut(tx, parsed.data.purpose))
  return redirect(addresses.register(visit.town))
}

const columns = ['number', 'opened', 'closed', 'matter', 'area', 'subject', 'step', 'due', 'outcome', 'hours'] as const
const day = (text: string | null) =>
  text ? ({ value: new Date(text), type: Date, format: 'dd.mm.yyyy' } as const) : null

/** Written anew each time and kept nowhere; that it was asked for stands in the audit. */
async function sheet(visit: Visit): Promise<Response> {
  const lines = await visit.tx(async (tx) => {
    const { areas, subjects } = choices(await modelInForce(tx), 'de')
    const nameIn = (list: typeof areas, id: string) => list.find((one) => one.id === id)?.name ?? id
    const lines = []
    for (const row of await takeOut(tx)) {
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
