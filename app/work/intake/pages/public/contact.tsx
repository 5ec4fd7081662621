import { emptyForm, typed, type FormState } from '#platform/forms/index.ts'
import { languages } from '#platform/i18n/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, Checkboxes, ErrorSummary, Form, MoreDetails, Radios, Select, TextArea, TextField } from '#ui/index.ts'
import {
  contactChannels,
  readersToExclude,
  readingOffice,
  say,
  substituteFor,
  word,
  type Compiled,
} from '#work/model/index.ts'
import { publicWords } from '../../words.ts'
import { begun, keepStep } from './begun.ts'
import { handIn, type HandedIn } from './handIn.ts'
import { Anonymity } from './parts/anonymity.tsx'
import { somethingIn } from './parts/fields.tsx'
import { DangerNow } from './parts/sentences.tsx'
import { waitView } from './parts/wait.tsx'
import { startAgain } from './receipt.tsx'
import { whatView } from './what.tsx'
import { whereView } from './where.tsx'

/** `/{town}/melden/kontakt`: how the reporter may be reached, and who must not read it. */
export async function get(visit: Visit): Promise<Response | View> {
  const { model, draft } = await begun(visit)
  return startAgain(visit, draft) ?? contactView(visit, model, emptyForm(draft?.values ?? {}))
}

export async function post(visit: Visit): Promise<Response | View> {
  const raw = await visit.form()
  if (raw.do === 'look') {
    const { draft } = await begun(visit)
    const again = startAgain(visit, draft)
    if (again) return again
    await keepStep(visit, 'contact', raw)
    return redirect(addresses.reportForm(visit.town, 'pruefen'))
  }
  return afterHandIn(visit, await handIn(visit, raw))
}

/** The code, or the page on which something has to be mended. */
export function afterHandIn(visit: Visit, result: HandedIn): Response | View {
  if (result.kind === 'done') return redirect(addresses.reportReceipt(visit.town))
  if (result.kind === 'expired') return redirect(`${addresses.reportForm(visit.town)}?abgelaufen`)
  if (result.kind === 'wait') return waitView(visit, result.seconds)
  const pages = { what: whatView, where: whereView, contact: contactView }
  return pages[result.step](visit, result.model, result.state)
}

const behind = ['office', 'readers', 'readersOther', 'safe', 'notice']

function contactView(visit: Visit, model: Compiled, form: FormState): View {
  const t = publicWords(visit.language)
  const wrong = form.errors.length > 0
  const levels = (['anonymous', 'office', 'named'] as const).map((value) => ({
    value,
    label: t(`form.anonymity.${value}`),
    hint: t(`form.anonymity.${value}.hint`),
  }))
  return {
    layout: 'public',
    title: t('form.contact.title'),
    step: [3, 3],
    back: addresses.reportForm(visit.town, 'wo'),
    discreet: true,
    error: wrong,
    status: wrong ? 422 : 200,
    body: (
      <>
        <ErrorSummary form={form} />
        {typed(form, 'danger') === 'yes' && <DangerNow visit={visit} model={model} area={typed(form, 'area')} />}
        <Form action={addresses.reportForm(visit.town, 'kontakt')} token={visit.token}>
          <Radios name="anonymity" label={t('form.anonymity.label')} form={form} options={levels} />
          <MoreDetails title={t('anonymity.title')}>
            <Anonymity visit={visit} />
          </MoreDetails>
          <TextField
            name="contact"
            label={t('form.contact.label')}
            hint={t('form.contact.hint')}
            form={form}
            optional
          />
          <More visit={visit} model={model} form={form} />
          <p>{t('check.after')}</p>
          <Button name="do" value="send">
            {t('check.send')}
          </Button>
          <Button name="do" value="look" look="secondary">
            {t('check.open')}
          </Button>
        </Form>
      </>
    ),
  }
}

function More({ visit, model, form }: { visit: Visit; model: Compiled; form: FormState }) {
  const t = publicWords(visit.language)
  const readers = readersToExclude(model).map(({ id, name }) => ({ value: id, label: say(name, visit.language) }))
  const { reads, instead } = readingOffice(model, typed(form, 'area'))
  const offices = [reads, instead].flatMap((office) =>
    office ? [{ value: office.id, label: say(office.name, visit.language) }] : [],
  )
  const substitute = word(model, substituteFor(model, [])[0] ?? '').one
  const spoken = languages.filter(({ id }) => model.model.languages.includes(id))
  return (
    <MoreDetails title={t('more.open')} open={somethingIn(form, behind)}>
      <p>{t('more.hint')}</p>
      {offices.length > 1 && <Radios name="office" label={t('form.office.label')} form={form} options={offices} />}
      <Checkboxes
        name="readers"
        label={t('form.readers.label')}
        hint={t('form.readers.hint', { office: substitute })}
        form={form}
        options={readers}
      />
      <TextField
        name="readersOther"
        label={t('form.readers.other.label')}
        hint={t('form.readers.other.hint')}
        form={form}
        optional
      />
      <TextArea name="safe" label={t('form.safe.label')} hint={t('form.safe.hint')} form={form} rows={2} />
      <Select
        name="answerLanguage"
        label={t('form.answer-language.label')}
        form={{ ...form, values: { answerLanguage: visit.language, ...form.values } }}
        options={spoken.map(({ id, name }) => ({ value: id, label: name }))}
      />
      {contactChannels(model).some((kind) => kind === 'mail' || kind === 'sms') && (
        <TextField name="notice" label={t('form.notice.label')} hint={t('form.notice.hint')} form={form} optional />
      )}
    </MoreDetails>
  )
}
