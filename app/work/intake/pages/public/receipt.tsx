import { emptyForm, europeanDigits, typed, withError, type FormState } from '#platform/forms/index.ts'
import { formats } from '#platform/i18n/index.ts'
import { parseReceiptCode } from '#platform/crypto/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, Card, ErrorSummary, Form, MoreDetails, Notice, ReceiptCode, TextField } from '#ui/index.ts'
import type { Compiled } from '#work/model/index.ts'
import type { Draft, Receipt } from '../../commands/draft.ts'
import { afterWorkingDays } from '../../reading.ts'
import { publicWords } from '../../words.ts'
import { begun } from './begun.ts'

/** Where to go instead of pages two and three: to the code when it is there, to the beginning when nothing is. */
export function startAgain(visit: Visit, draft: Draft | undefined): Response | undefined {
  if (draft?.receipt) return redirect(addresses.reportReceipt(visit.town))
  return draft ? undefined : redirect(`${addresses.reportForm(visit.town)}?abgelaufen`)
}

const grouped = (code: string) => code.replaceAll(/(\d{6})(?=\d)/g, '$1 ')
/** Nothing lies here (any more): a page that tells nothing, not even that there was a report. */
const nothing = () => redirect(addresses.farewell())

/** `/{town}/melden/code`: the code, made to be written down. */
export async function get(visit: Visit): Promise<Response | View> {
  const { model, draft } = await begun(visit)
  return draft?.receipt ? view(visit, model, draft.receipt, emptyForm(), false) : nothing()
}

/** Typing the code back: compared with the one shown, never looked up. */
export async function post(visit: Visit): Promise<Response | View> {
  const { model, draft } = await begun(visit)
  if (!draft?.receipt) return nothing()
  const form = emptyForm(await visit.form())
  const parsed = parseReceiptCode(europeanDigits(typed(form, 'typed')))
  const right = parsed.ok && parsed.code === draft.receipt.code
  const wrong = publicWords(visit.language)('receipt.try.wrong')
  return view(visit, model, draft.receipt, right ? form : withError(form, 'typed', wrong), right)
}

/** `/{town}/melden/code/text`: the code as a file, for those on a device of their own. */
export async function text(visit: Visit): Promise<Response> {
  const { draft } = await begun(visit)
  if (!draft?.receipt) return nothing()
  const words = publicWords(visit.language)('receipt.text', {
    code: grouped(draft.receipt.code),
    address: `${visit.origin}${addresses.mailbox(visit.town)}`,
  })
  return new Response(`${words}\n`, {
    headers: {
      'content-type': 'text/plain; charset=utf-8',
      'content-disposition': 'attachment; filename="notiz.txt"',
      'cache-control': 'no-store',
    },
  })
}

function view(visit: Visit, model: Compiled, receipt: Receipt, form: FormState, right: boolean): View {
  const t = publicWords(visit.language)
  return {
    layout: 'public',
    title: t('receipt.title'),
    discreet: true,
    error: form.errors.length > 0,
    body: (
      <>
        <ErrorSummary form={form} />
        {receipt.danger && <Notice kind="danger">{t('receipt.danger')}</Notice>}
        {right && <Notice kind="done">{t('receipt.try.good')}</Notice>}
        <ReceiptCode code={receipt.code} label={t('receipt.code.label')} />
        <p>{t('receipt.code.lead')}</p>
        <NextSteps visit={visit} model={model} receivedOn={receipt.receivedOn} />
        <Keeping visit={visit} form={form} />
        <Form action={addresses.leave(visit.town)} token={visit.token}>
          <Button>{t('receipt.done')}</Button>
        </Form>
      </>
    ),
  }
}

function NextSteps({ visit, model, receivedOn }: { visit: Visit; model: Compiled; receivedOn: string }) {
  const t = publicWords(visit.language)
  const { acknowledge, firstAnswer, unopened } = model.model.clocks
  const by = (days: number) => ({
    day: formats(visit.language).dayWithWeekday(afterWorkingDays(model, receivedOn, days)),
  })
  return (
    <Card title={t('receipt.next.title')}>
      <ol>
        <li>{t('receipt.next.read', by(unopened.days))}</li>
        <li>{t('receipt.next.acknowledge', by(acknowledge.days))}</li>
        <li>{t('receipt.next.answer', by(firstAnswer.days))}</li>
      </ol>
    </Card>
  )
}

function Keeping({ visit, form }: { visit: Visit; form: FormState }) {
  const t = publicWords(visit.language)
  return (
    <>
      <p>
        {t('receipt.print')}: {t('receipt.print.hint')}
      </p>
      <p>
        <a href={addresses.reportText(visit.town)}>{t('receipt.save')}</a>
      </p>
      <p>{t('receipt.save.warning')}</p>
      <MoreDetails title={t('receipt.try.label')} open={typed(form, 'typed') !== ''}>
        <Form action={addresses.reportReceipt(visit.town)} token={visit.token}>
          <TextField type="tel" name="typed" label={t('receipt.code.label')} hint={t('code.hint')} form={form} />
          <Button look="secondary">{t('receipt.try.action')}</Button>
        </Form>
      </MoreDetails>
    </>
  )
}
