import { emptyForm } from '#platform/forms/index.ts'
import { formats, isLanguage, languages, reviewed, type Language } from '#platform/i18n/index.ts'
import { berlinDay, NotAllowed } from '#platform/kernel/index.ts'
import { docxResponse, letterDocx, letterPdf, type Letter } from '#platform/letter/index.ts'
import { pdfResponse } from '#platform/pdf/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import type { View, Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, Card, Lead, Notice, Select } from '#ui/index.ts'
import { choices, modelInForce, modelVersion, word, type Published } from '#work/model/index.ts'
import { agreements } from '../../agree/queries.ts'
import { caseOf, partOf } from '../../pages/parts/load.ts'
import type { OpenedCase } from '../../queries.ts'
import { measures } from '../../queries/course.ts'
import type { Outcome } from '../../schema.ts'
import { words as caseWords } from '../../words.ts'
import { partyLetter, partyLetters, summaryLetter, type PartyLetter, type Summary } from '../letters.ts'
import { letterWords, words } from '../words.ts'

const t = words('de')

const languageOf = (visit: Visit): Language => {
  const asked = visit.url.searchParams.get('in') ?? 'de'
  return isLanguage(asked) ? asked : 'de'
}

/** `/{town}/faelle/{case}/schreiben`: what is handed out, each as PDF and DOCX. */
export async function get(visit: Visit): Promise<View> {
  const { found, roles } = await visit.tx(async (tx) => ({
    found: await caseOf(tx, visit),
    roles: exporters(await modelInForce(tx)),
  }))
  const language = languageOf(visit)
  const here = addresses.casePage(visit.town, found.id, 'schreiben')
  return partOf(visit, found.id, {
    title: t('page.title'),
    body: (
      <>
        <Lead>{t('page.lead')}</Lead>
        <form action={here} method="get">
          <Select
            name="in"
            label={t('page.language')}
            form={emptyForm({ in: language })}
            options={languages.map(({ id, name }) => ({ value: id, label: name }))}
          />
          <Button look="secondary">{t('page.show')}</Button>
        </form>
        {!reviewed('cases-letters', language) && <Notice kind="waiting">{t('page.unreviewed')}</Notice>}
        {partyLetters.map((kind) => (
          <Sheet
            title={letterWords(language)(`letter.${kind}`)}
            about={t(`about.${kind}`)}
            href={`${here}/${kind}?in=${language}`}
          />
        ))}
        <Sheet title={t('letter.summary')} about={t('about.summary')} href={`${here}/summary?in=de`} />
        <Card title={t('page.file')}>
          {visit.may('cases.export') ? (
            <p>
              <a href={addresses.caseFile(visit.town, found.id)}>{t('page.file.take')}</a>
            </p>
          ) : (
            <p>{t('page.file.refused', { roles })}</p>
          )}
        </Card>
      </>
    ),
  })
}

/** Who hands a case to the leading file, as the end of a sentence. */
const exporters = (model: Published): string =>
  formats('de').list(
    [...model.verbs].filter(([, verbs]) => verbs.has('cases.export')).map(([role]) => word(model, role).one),
  )

const Sheet = ({ title, about, href }: { title: string; about: string; href: string }) => (
  <Card title={title}>
    <p>{about}</p>
    <p>
      <a href={href}>{t('page.pdf')}</a> · <a href={`${href}&als=docx`}>{t('page.docx')}</a>
    </p>
  </Card>
)

async function summaryOf(tx: TenantTx, found: OpenedCase): Promise<Summary> {
  const { areas, subjects } = choices(await modelVersion(tx, found.modelVersion), 'de')
  const signed = (await agreements(tx, found.id, found.contentKey)).find(({ state }) => state === 'signed')
  return {
    number: found.number,
    matter: found.matter,
    where: areas.find(({ id }) => id === found.area)?.name ?? found.area,
    subject: subjects.find(({ id }) => id === found.subject)?.name ?? found.subject,
    openedOn: found.openedOn,
    closedOn: found.closedOn,
    ...(found.outcome && { outcome: caseWords('de')(`outcome.${found.outcome as Outcome}`) }),
    hours: found.hours,
    measures: (await measures(tx, found.id, found.contentKey)).map(({ what }) => what),
    ...(signed?.signedOn && { agreed: { on: signed.signedOn, clauses: signed.clauses.length } }),
  }
}

async function letterOf(visit: Visit, kind: string): Promise<{ letter: Letter; number: string }> {
  return visit.tx(async (tx) => {
    const found = await caseOf(tx, visit)
    const [office, today] = [visit.town.name, berlinDay(visit.now)]
    if (kind === 'summary')
      return { letter: summaryLetter(await summaryOf(tx, found), office, today), number: found.number }
    if (!partyLetters.some((one) => one === kind)) throw new NotAllowed('letter', { hidden: true })
    const letter = partyLetter(kind as PartyLetter, languageOf(visit), { matter: found.matter, office, today })
    return { letter, number: found.number }
  })
}

/** `/{town}/faelle/{case}/schreiben/{kind}`, `?als=docx` to go on writing in. */
export async function sheet(visit: Visit): Promise<Response> {
  const { letter, number } = await letterOf(visit, visit.params.kind ?? '')
  const name = `${visit.params.kind}-${number}`
  return visit.url.searchParams.get('als') === 'docx'
    ? docxResponse(await letterDocx(letter), `${name}.docx`)
    : pdfResponse(await letterPdf(letter), `${name}.pdf`)
}
