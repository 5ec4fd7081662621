import { z } from 'zod'
import { emptyForm, parseForm, type FormState } from '#platform/forms/index.ts'
import type { View, Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, ErrorSummary, Form, Lead, Radios, TextArea } from '#ui/index.ts'
import { feedbackFor, giveFeedback } from '../../commands/attendance.ts'
import { publicWords } from '../../words.ts'

const mark = z.coerce.number().int().min(1).max(5).nullable().catch(null)
const feedback = z.object({
  worth: mark,
  understood: mark,
  heard: mark,
  remark: z.string().trim().max(4_000).default(''),
})
const questions = ['worth', 'understood', 'heard'] as const

const asProgram = { kind: 'program', name: 'feedback' } as const

/** `/{town}/veranstaltungen/rueckmeldung/{token}`: how it was, without a name. */
export async function get(visit: Visit): Promise<View> {
  const open = await visit.txAs(asProgram, (tx) => feedbackFor(tx, visit.params.token ?? ''))
  return open ? view(visit, emptyForm()) : said(visit, 'feedback.closed')
}

export async function post(visit: Visit): Promise<View> {
  const raw = await visit.form()
  const parsed = parseForm(feedback, raw, () => publicWords(visit.language)('register.error.long'))
  if (!parsed.ok) return { ...view(visit, parsed.state), status: 422, error: true }
  const { worth, understood, heard, remark } = parsed.data
  if (worth === null && understood === null && heard === null && remark === '') return view(visit, emptyForm(raw))
  const taken = await visit.txAs(asProgram, (tx) => giveFeedback(tx, visit.params.token ?? '', parsed.data))
  return said(visit, taken ? 'feedback.thanks' : 'feedback.closed')
}

const said = (visit: Visit, key: 'feedback.thanks' | 'feedback.closed'): View => ({
  layout: 'public',
  title: publicWords(visit.language)('feedback.title'),
  discreet: true,
  body: <Lead>{publicWords(visit.language)(key)}</Lead>,
})

function view(visit: Visit, form: FormState): View {
  const t = publicWords(visit.language)
  return {
    layout: 'public',
    title: t('feedback.title'),
    discreet: true,
    body: (
      <>
        <ErrorSummary form={form} />
        <Lead>{t('feedback.lead')}</Lead>
        <Form action={addresses.gatheringFeedback(visit.town, visit.params.token ?? '')} token={visit.token}>
          {questions.map((name) => (
            <Radios
              name={name}
              label={t(`feedback.${name}`)}
              form={form}
              optional
              options={(['5', '4', '3', '2', '1'] as const).map((value) => ({
                value,
                label: t(`feedback.mark.${value}`),
              }))}
            />
          ))}
          <TextArea name="remark" label={t('feedback.remark')} hint={t('feedback.remark.hint')} optional form={form} />
          <Button>{t('feedback.button')}</Button>
        </Form>
      </>
    ),
  }
}
