import { z } from 'zod'
import {
  emptyForm,
  europeanDigits,
  hiddenFields,
  idFromOnce,
  inWords,
  onceKey,
  parseForm,
  type FormState,
} from '#platform/forms/index.ts'
import { formats, languageInfo, languages } from '#platform/i18n/index.ts'
import { NotAllowed } from '#platform/kernel/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, ErrorSummary, Form, Lead, Radios, ReceiptCode, Select, TextField } from '#ui/index.ts'
import { modelInForce, type Compiled } from '#work/model/index.ts'
import type { Receipt } from '../../commands/draft.ts'
import { receiveReport } from '../../commands/receive.ts'
import { newReport } from '../../schema.ts'
import { slowDown, waitingTime } from '../../slowDoor.ts'
import { publicWords, words } from '../../words.ts'
import { asPublic, begun, keepCallback } from './begun.ts'
import { NextReading } from './parts/sentences.tsx'

const times = ['any', 'morning', 'afternoon', 'evening'] as const
const yesNo = ['yes', 'no'] as const

const wish = z.object({
  number: z.preprocess(
    (value) => europeanDigits(String(value ?? '')).trim(),
    z.string().regex(/^\+?[\d\s/()-]{5,30}$/, 'error.callback.number'),
  ),
  name: z.string().trim().max(100, 'error.tooLong').default(''),
  language: z.string().max(10).default('de'),
  time: z.enum(times).catch('any'),
  /** Silence means no: somebody else may listen. */
  voicemail: z.enum(yesNo).catch('no'),
})

async function doorOpen(visit: Visit): Promise<Compiled> {
  const model = await asPublic(visit, modelInForce)
  if (!model.model.publicForm.callback) throw new NotAllowed('callback', { hidden: true })
  return model
}

/** `/{town}/rueckruf`: the second door; only a number is needed. */
export async function get(visit: Visit): Promise<View> {
  const model = await doorOpen(visit)
  if (visit.url.searchParams.has('fertig')) return done(visit, model, (await begun(visit)).draft?.callback)
  return view(visit, model, emptyForm({ language: visit.language, [hiddenFields.once]: onceKey() }))
}

export async function post(visit: Visit): Promise<Response | View> {
  const model = await doorOpen(visit)
  const raw = await visit.form()
  const parsed = parseForm(wish, raw, inWords(publicWords(visit.language), visit.language))
  if (!parsed.ok) return view(visit, model, parsed.state)
  const id = idFromOnce(visit.secret('callback'), visit.town.slug, raw[hiddenFields.once])
  const report = newReport.parse({
    channel: 'callback',
    anonymity: 'office',
    observed: words('de')('callback.observed'),
    language: parsed.data.language,
    contact: contactText(parsed.data),
  })
  try {
    // This door answers late instead of showing a page to wait on: there is little typed to lose.
    await slowDown(waitingTime(visit, model))
    await keepCallback(visit, async (tx) => {
      const { code, receivedAt } = await receiveReport(tx, report, id)
      return { code, receivedOn: receivedAt }
    })
  } catch (error) {
    // Sent twice: the first one stands.
    if ((error as { constraint?: string }).constraint !== 'report_pkey') throw error
  }
  return redirect(`${addresses.callback(visit.town)}?fertig`)
}

/** What staff read before they call, in German. */
function contactText({ number, name, language, time, voicemail }: z.output<typeof wish>): string {
  const t = words('de')
  const spoken = languages.some(({ id }) => id === language) ? languageInfo(language as 'de').name : language
  return [
    t('callback.contact.number', { number }),
    ...(name ? [t('callback.contact.name', { name })] : []),
    t('callback.contact.language', { language: spoken }),
    t(`callback.contact.time.${time}`),
    t(`callback.contact.voicemail.${voicemail}`),
  ].join('\n')
}

const soon = (visit: Visit, model: Compiled) => ({
  workingDays: formats(visit.language).inWorkingDays(model.model.clocks.acknowledge.days),
})
const frame = (visit: Visit) => ({ layout: 'public', discreet: true, back: addresses.town(visit.town) }) as const

function done(visit: Visit, model: Compiled, receipt: Receipt | undefined): View {
  const t = publicWords(visit.language)
  return {
    ...frame(visit),
    title: t('callback.done.title'),
    body: (
      <>
        <Lead>{t('callback.done.lead', soon(visit, model))}</Lead>
        <NextReading visit={visit} model={model} />
        {receipt && (
          <>
            <ReceiptCode code={receipt.code} label={t('receipt.code.label')} />
            <p>{t('receipt.code.lead')}</p>
          </>
        )}
        <Form action={addresses.leave(visit.town)} token={visit.token}>
          <Button>{t('receipt.done')}</Button>
        </Form>
      </>
    ),
  }
}

function view(visit: Visit, model: Compiled, form: FormState): View {
  const t = publicWords(visit.language)
  const wrong = form.errors.length > 0
  const spoken = languages.filter(({ id }) => id !== 'leicht' && model.model.languages.includes(id))
  return {
    ...frame(visit),
    title: t('callback.title'),
    error: wrong,
    status: wrong ? 422 : 200,
    body: (
      <>
        <ErrorSummary form={form} />
        <Lead>{t('callback.lead', soon(visit, model))}</Lead>
        <NextReading visit={visit} model={model} />
        <Form action={addresses.callback(visit.town)} token={visit.token}>
          <input type="hidden" name={hiddenFields.once} value={String(form.values[hiddenFields.once] ?? '')} />
          <TextField type="tel" name="number" label={t('callback.number.label')} form={form} />
          <TextField name="name" label={t('callback.name.label')} form={form} optional />
          <Select
            name="language"
            label={t('callback.language.label')}
            form={form}
            options={spoken.map(({ id, name }) => ({ value: id, label: name }))}
          />
          <Radios
            name="time"
            label={t('callback.time.label')}
            form={form}
            options={times.map((value) => ({ value, label: t(`callback.time.${value}`) }))}
          />
          <Radios
            name="voicemail"
            label={t('callback.voicemail.label')}
            form={form}
            options={yesNo.map((value) => ({ value, label: t(`callback.voicemail.${value}`) }))}
          />
          <Button>{t('callback.send')}</Button>
        </Form>
      </>
    ),
  }
}
