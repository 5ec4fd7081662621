import { asDownload, takeLetter } from '#platform/files/index.ts'
import {
  emptyForm,
  inWords,
  parseForm,
  readStaffDay,
  withError,
  type FormState,
  type RawForm,
} from '#platform/forms/index.ts'
import { formats, isLanguage, languages, reviewed, type Language } from '#platform/i18n/index.ts'
import { berlinDay, NotAllowed } from '#platform/kernel/index.ts'
import { docxResponse, letterDocx, letterPdf, type Letter } from '#platform/letter/index.ts'
import { pdfResponse } from '#platform/pdf/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, Card, Checkbox, ErrorSummary, FileField, Form, Lead, Notice, Select, TextField } from '#ui/index.ts'
import { choices, label, modelInForce, modelVersion, word, type Model, type Published } from '#work/model/index.ts'
import { agreements } from '../../agree/queries.ts'
import { tellsIn } from '../../choosing.ts'
import { caseOf, mend, partOf } from '../../pages/parts/load.ts'
import type { OpenedCase } from '../../queries.ts'
import { measures } from '../../queries/course.ts'
import type { Outcome } from '../../schema.ts'
import { partiesOf, type Parties } from '../../think/queries.ts'
import { words as caseWords } from '../../words.ts'
import { giveLetter, largestFile } from '../commands.ts'
import { fallsBack, letterOf, partyLetters, summaryLetter, type PartyLetter, type Summary } from '../letters.ts'
import { givenLetters, letterFile, type GivenLetter } from '../queries.ts'
import { giving, ways } from '../schema.ts'
import { letterWords, words } from '../words.ts'

const t = words('de')
/** The form around the file is a little larger. */
export const largest = largestFile + 64 * 1024
const accepted = '.docx,application/pdf,image/png,image/jpeg'

const languageOf = (asked: unknown): Language => (typeof asked === 'string' && isLanguage(asked) ? asked : 'de')

interface Shown {
  readonly found: OpenedCase
  /** The model the case is worked on by: its texts are what parties get. */
  readonly model: Model
  readonly roles: string
  readonly given: readonly GivenLetter[]
  readonly parties: Parties
}

const load = (visit: Visit): Promise<Shown> =>
  visit.tx(async (tx) => {
    const found = await caseOf(tx, visit)
    const [model, inForce, given, parties] = await Promise.all([
      modelVersion(tx, found.modelVersion),
      modelInForce(tx),
      givenLetters(tx, found.id, found.contentKey),
      partiesOf(tx, found.id, found.contentKey),
    ])
    return { found, model: model.model, roles: exporters(inForce), given, parties }
  })

/** `/{town}/faelle/{case}/schreiben`: what is handed out, each as PDF and DOCX, and what was. */
export async function get(visit: Visit): Promise<View> {
  const language = languageOf(visit.url.searchParams.get('in'))
  return view(visit, await load(visit), emptyForm({ language }))
}

/** Notes that a letter was given out. */
export async function post(visit: Visit): Promise<Response | View> {
  const shown = await load(visit)
  const raw = await visit.form()
  const parsed = parseForm(giving, raw, inWords(t, 'de'))
  if (!parsed.ok) return { ...view(visit, shown, parsed.state), ...mend }
  const { kind, language, way, party } = parsed.data
  const today = berlinDay(visit.now)
  const givenOn = readStaffDay(parsed.data.givenOn, today)
  const fault =
    !givenOn || givenOn > today
      ? (['givenOn', 'error.givenOn'] as const)
      : party && !shown.parties.present.some(({ id }) => id === party)
        ? (['party', 'error.party'] as const)
        : undefined
  if (!givenOn || fault)
    return {
      ...view(visit, shown, withError(emptyForm(raw), fault?.[0] ?? 'givenOn', t(fault?.[1] ?? 'error.givenOn'))),
      ...mend,
    }
  const sent = await sentOf(visit, shown.model, raw)
  if (sent && 'field' in sent)
    return { ...view(visit, shown, withError(emptyForm(raw), sent.field, sent.message)), ...mend }
  const about = { matter: shown.found.matter, office: visit.town.name, day: givenOn }
  const letter = letterOf(shown.model, kind, language, about)
  await visit.tx((tx) => giveLetter(tx, shown.found.id, { kind, way, party, givenOn, letter, sent }))
  return redirect(addresses.casePage(visit.town, shown.found.id, 'schreiben'))
}

/** The file that was given out in place of the program's words: read, and refused where it does not belong here. */
async function sentOf(visit: Visit, model: Model, raw: RawForm) {
  const { sent } = await visit.files()
  if (!sent) return undefined
  const wrong = (field: string, message: string) => ({ field, message })
  const taken = await takeLetter(await sent.bytes(), largestFile)
  if ('fault' in taken) return wrong('sent', t(`error.sent.${taken.fault}`))
  if (taken.kind === 'docx' && tellsIn({ model }, taken.text)) return wrong('sent', t('error.sent.tells'))
  return raw.letterOnly === 'yes' ? taken : wrong('letterOnly', t('error.letterOnly'))
}

function view(visit: Visit, shown: Shown, form: FormState): View {
  const { found, model, roles } = shown
  const language = languageOf(form.values.language)
  const here = addresses.casePage(visit.town, found.id, 'schreiben')
  const missing = partyLetters.filter((kind) => fallsBack(model, kind, language))
  return partOf(visit, found, {
    title: t('page.title'),
    body: (
      <>
        <ErrorSummary form={form} />
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
        {missing.length > 0 && (
          <Notice kind="waiting">
            {t('page.missing', {
              letters: formats('de').list(missing.map((kind) => letterWords('de')(`letter.${kind}`))),
            })}
          </Notice>
        )}
        {partyLetters.map((kind) => (
          <Sheet
            title={letterWords(language)(`letter.${kind}`)}
            about={t(`about.${kind}`)}
            href={`${here}/${kind}?in=${language}`}
          />
        ))}
        <Sheet title={t('letter.summary')} about={t('about.summary')} href={`${here}/summary?in=de`} />
        <Given shown={shown} here={here} />
        <Give visit={visit} shown={shown} here={here} form={form} />
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

const Given = ({ shown: { given, parties }, here }: { shown: Shown; here: string }) => (
  <Card title={t('given.title')}>
    {given.length === 0 ? (
      <p>{t('given.none')}</p>
    ) : (
      <ul>
        {given.map(({ id, kind, givenOn, way, party, letter, file }) => (
          <li>
            <a href={`${here}/${id}`}>{letterWords('de')(`letter.${kind}`)}</a>{' '}
            {t(party ? 'given.to' : 'given.line', {
              day: formats('de').day(givenOn),
              way: t(`given.way.${way}`),
              party: party ? parties.label(party) : '',
              language: label('language', letter.language),
            })}
            {file && t('given.file', { kind: file.toUpperCase() })}
          </li>
        ))}
      </ul>
    )}
  </Card>
)

const Give = ({ visit, shown, here, form }: { visit: Visit; shown: Shown; here: string; form: FormState }) => (
  <Card title={t('give.title')}>
    <p>{t('give.lead')}</p>
    <Form action={here} token={visit.token} files>
      <Select
        name="kind"
        label={t('give.kind')}
        form={form}
        options={partyLetters.map((kind) => ({ value: kind, label: letterWords('de')(`letter.${kind}`) }))}
      />
      <Select
        name="language"
        label={t('give.language')}
        form={form}
        options={languages.map(({ id, name }) => ({ value: id, label: name }))}
      />
      {shown.parties.present.length > 0 && (
        <Select
          name="party"
          label={t('give.party')}
          form={form}
          optional
          options={[
            { value: '', label: t('give.party.none') },
            ...shown.parties.present.map((one) => ({ value: one.id, label: one.label })),
          ]}
        />
      )}
      <Select
        name="way"
        label={t('give.way')}
        form={form}
        options={ways.map((way) => ({ value: way, label: t(`give.way.${way}`) }))}
      />
      <TextField name="givenOn" label={t('give.on')} hint={t('give.on.hint')} form={form} short />
      <FileField name="sent" label={t('give.sent')} hint={t('give.sent.hint')} form={form} accept={accepted} optional />
      <Checkbox
        name="letterOnly"
        value="yes"
        label={t('give.letterOnly')}
        hint={t('give.letterOnly.hint')}
        form={form}
      />
      <Button>{t('give.save')}</Button>
    </Form>
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

const isPartyLetter = (kind: string): kind is PartyLetter => (partyLetters as readonly string[]).includes(kind)

type Handed = {
  readonly letter: Letter
  readonly number: string
  readonly file?: Awaited<ReturnType<typeof letterFile>>
}

/** A letter by its kind, as it would be given out today, or by its id, as it was. */
async function letterAt(tx: TenantTx, visit: Visit, what: string): Promise<Handed> {
  const found = await caseOf(tx, visit)
  const about = { matter: found.matter, office: visit.town.name, day: berlinDay(visit.now) }
  if (what === 'summary')
    return { letter: summaryLetter(await summaryOf(tx, found), about.office, about.day), number: found.number }
  if (isPartyLetter(what)) {
    const { model } = await modelVersion(tx, found.modelVersion)
    return { letter: letterOf(model, what, languageOf(visit.url.searchParams.get('in')), about), number: found.number }
  }
  const given = (await givenLetters(tx, found.id, found.contentKey)).find(({ id }) => id === what)
  if (!given) throw new NotAllowed('letter', { hidden: true })
  return { letter: given.letter, number: found.number, file: await letterFile(tx, given.id, found.contentKey) }
}

/** `/{town}/faelle/{case}/schreiben/{kind or id}`, `?als=docx` to go on writing in; a file that was given out, to be saved. */
export async function sheet(visit: Visit): Promise<Response> {
  const what = visit.params.kind ?? ''
  const { letter, number, file } = await visit.tx((tx) => letterAt(tx, visit, what))
  const name = `${letter.title.replaceAll(' ', '-')}-${number}`
  if (file) return asDownload(file, name.toLowerCase())
  return visit.url.searchParams.get('als') === 'docx'
    ? docxResponse(await letterDocx(letter), `${name}.docx`)
    : pdfResponse(await letterPdf(letter), `${name}.pdf`)
}
