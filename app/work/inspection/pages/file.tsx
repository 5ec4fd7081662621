import { emptyForm, typed, withError, type FormState } from '#platform/forms/index.ts'
import { berlinDay } from '#platform/kernel/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import { zipResponse } from '#platform/zip/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, Card, Checkbox, ErrorSummary, Form, Lead, TextArea, TextField } from '#ui/index.ts'
import { caseRecord, setFileNumber } from '#work/cases/index.ts'
import { modelInForce } from '#work/model/index.ts'
import { leadingFile, takeFile } from '../commands/takeFile.ts'
import { packCase } from '../file/pack.ts'
import { speaksOfSecret } from '../secrecy.ts'
import { words } from '../words.ts'

const t = words('de')
const idOf = (visit: Visit) => visit.params.case ?? ''

const load = (visit: Visit) =>
  visit.tx(async (tx) => ({
    record: await caseRecord(tx, idOf(visit)),
    leads: await leadingFile(tx),
    persons: (await modelInForce(tx)).model.persons,
  }))
type Loaded = Awaited<ReturnType<typeof load>>

/** `/{town}/faelle/{case}/akte`: the Aktenzeichen, and the case as an archive for the file that leads. */
export async function get(visit: Visit): Promise<View> {
  const loaded = await load(visit)
  return view(visit, loaded, emptyForm({ fileNumber: loaded.record.fileNumber ?? '' }))
}

export async function post(visit: Visit): Promise<Response | View> {
  const raw = await visit.form()
  const form = emptyForm(raw)
  if (raw.do === 'number') {
    const text = typed(form, 'fileNumber').trim().slice(0, 80)
    await visit.tx((tx) => setFileNumber(tx, idOf(visit), text))
    return redirect(addresses.caseFile(visit.town, idOf(visit)))
  }
  const wanted = raw.contacts === 'yes' && visit.may('intake.contacts')
  const reason = typed(form, 'reason').trim().slice(0, 2000)
  if (wanted && !reason) {
    const wrong = withError(form, 'reason', t('file.error.reason'))
    return { ...view(visit, await load(visit), wrong), status: 422, error: true }
  }
  return archive(visit, wanted ? reason : undefined)
}

async function archive(visit: Visit, contactsBecause: string | undefined): Promise<Response> {
  const { taken, secret } = await visit.tx(async (tx) => ({
    taken: await takeFile(tx, idOf(visit), contactsBecause),
    secret: speaksOfSecret(await modelInForce(tx)),
  }))
  const filing = { ...taken, office: visit.town.name, today: berlinDay(visit.now), secret }
  return zipResponse(await packCase(filing, visit.now), `Akte-${taken.record.number}.zip`)
}

const view = (visit: Visit, { record, leads, persons }: Loaded, form: FormState): View => ({
  layout: 'staff',
  at: addresses.cases(visit.town),
  back: addresses.casePage(visit.town, record.id),
  title: t('file.title'),
  body: (
    <>
      <ErrorSummary form={form} />
      <Lead>{leads.leads === 'other' ? t('file.leads.other', { name: leads.name }) : t('file.leads.program')}</Lead>
      <Card title={t('file.number')}>
        <Form action={addresses.caseFile(visit.town, record.id)} token={visit.token}>
          <TextField name="fileNumber" label={t('file.number')} hint={t('file.number.hint')} form={form} />
          <Button name="do" value="number" look="secondary">
            {t('file.number.save')}
          </Button>
        </Form>
      </Card>
      <Card title={t('file.take')}>
        <p>{t('file.contains')}</p>
        <ul>
          {record.parts.map(({ title }) => (
            <li>{title}</li>
          ))}
        </ul>
        <p>{t('file.never')}</p>
        <Form action={addresses.caseFile(visit.town, record.id)} token={visit.token}>
          {persons && visit.may('intake.contacts') && (
            <>
              <Checkbox
                name="contacts"
                label={t('file.with-contacts')}
                hint={t('file.with-contacts.hint')}
                form={form}
              />
              <TextArea name="reason" label={t('file.reason')} form={form} rows={2} optional />
            </>
          )}
          <Button name="do" value="take">
            {t('file.save')}
          </Button>
        </Form>
      </Card>
      <p class="quiet">{t('file.noted')}</p>
    </>
  ),
})
