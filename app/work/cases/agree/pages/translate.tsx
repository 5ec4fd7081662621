import { emptyForm, hiddenFields, renderedVersion, typed, type FormState, type RawForm } from '#platform/forms/index.ts'
import { formats, languageInfo, languages } from '#platform/i18n/index.ts'
import { NotAllowed, StaleEdit } from '#platform/kernel/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, Card, Checkbox, ErrorSummary, Form, Lead, Notice, Select, TextArea, TextField } from '#ui/index.ts'
import { label, modelVersion, type Model } from '#work/model/index.ts'
import { tellsIn } from '../../choosing.ts'
import { caseOf, mend, partOf } from '../../pages/parts/load.ts'
import type { OpenedCase } from '../../queries.ts'
import { translateAgreement } from '../commands/translate.ts'
import { stateOf, translating } from '../parts/translated.tsx'
import { agreements, translationMark, type Agreement } from '../queries.ts'
import { mostClauses, readTranslation, wordsOf } from '../schema.ts'
import { fitted, foreign, isForeign, type Fitted, type Foreign } from '../translated.ts'
import { words, type AgreeKey } from '../words.ts'

const t = words('de')

interface Shown {
  readonly found: OpenedCase
  readonly model: Model
  readonly agreement: Agreement
  readonly language: Foreign
  /** What is kept of each clause. */
  readonly kept: readonly (Fitted | undefined)[]
}

const load = (visit: Visit): Promise<Shown> =>
  visit.tx(async (tx) => {
    const found = await caseOf(tx, visit)
    const [{ model }, all] = await Promise.all([
      modelVersion(tx, found.modelVersion),
      agreements(tx, found.id, found.contentKey),
    ])
    const number = visit.url.searchParams.get('fassung')
    const agreement = all.find((one) => one.state !== 'replaced' && (!number || number === String(one.number)))
    if (!agreement) throw new NotAllowed('agreement', { hidden: true })
    const asked = visit.url.searchParams.get('in')
    const language = isForeign(asked) ? asked : 'en'
    return { found, model, agreement, language, kept: fitted(agreement.clauses, agreement.translated[language]?.lines) }
  })

const mark = ({ agreement, language }: Shown) => ({
  [hiddenFields.version]: String(translationMark(agreement, language)),
})

function stored(shown: Shown): RawForm {
  const fields = shown.kept.flatMap((one, place) =>
    one ? wordsOf(one.said).map((name) => [`${name}-${place + 1}`, one.said[name] ?? '']) : [],
  )
  const by = shown.agreement.translated[shown.language]?.by ?? ''
  return { ...Object.fromEntries(fields), by, ...mark(shown) }
}

/** `/{town}/faelle/{case}/vereinbarung/uebersetzung?fassung=…&in=…`: the clauses in a language of the parties. */
export async function get(visit: Visit): Promise<View> {
  const shown = await load(visit)
  return view(visit, shown, emptyForm(stored(shown)))
}

export async function post(visit: Visit): Promise<Response | View> {
  const shown = await load(visit)
  const { found, model, agreement, language } = shown
  const raw = await visit.form()
  const tells = (text: string) => tellsIn({ model }, text)
  const { by, sent, faults } = readTranslation(raw, agreement.clauses, agreement.translated[language], tells)
  const errors = faults.map(({ field, message }) => ({ field, message: t(message as AgreeKey) }))
  if (errors.length > 0) return { ...view(visit, shown, { values: raw, errors }), ...mend }
  const onto = renderedVersion(raw) ?? -1
  try {
    await visit.tx((tx) => translateAgreement(tx, found.id, { number: agreement.number, language, by, sent, onto }))
  } catch (error) {
    if (!(error instanceof StaleEdit)) throw error
    return inBetween(visit, await load(visit), raw)
  }
  return redirect(addresses.casePage(visit.town, found.id, 'vereinbarung'))
}

/** Somebody else was faster: what was typed stays, what is kept now stands beside it, or in the field left empty. */
function inBetween(visit: Visit, shown: Shown, raw: RawForm): View {
  const written = Object.fromEntries(Object.entries(raw).filter(([, value]) => String(value).trim() !== ''))
  const form = emptyForm({ ...stored(shown), ...written, ...mark(shown) })
  return { ...view(visit, shown, form, true), status: 409, error: true }
}

const view = (visit: Visit, shown: Shown, form: FormState, stale = false): View => {
  const { found, agreement, language } = shown
  const by = agreement.translated[language]?.by
  const action = translating(visit, found.id, agreement.number, language)
  return partOf(visit, found, {
    title: t('translate'),
    back: addresses.casePage(visit.town, found.id, 'vereinbarung'),
    body: (
      <>
        <ErrorSummary form={form} />
        <Lead>{t('translate.lead')}</Lead>
        <p>{versionOf(agreement)}</p>
        {stale && <Notice kind="waiting">{t('translate.stale')}</Notice>}
        <form action={action.split('?')[0]} method="get">
          <input type="hidden" name="fassung" value={String(agreement.number)} />
          <Select
            name="in"
            label={t('translate.into')}
            form={emptyForm({ in: language })}
            options={languages
              .filter(({ id }) => foreign.includes(id as Foreign))
              .map(({ id, name }) => ({ value: id, label: name }))}
          />
          <Button look="secondary">{t('translate.show')}</Button>
        </form>
        <p>{stateOf(agreement, language)}</p>
        <Form action={action} token={visit.token}>
          <input type="hidden" name={hiddenFields.version} value={typed(form, hiddenFields.version)} />
          {agreement.clauses.map((_, place) => (
            <Clause shown={shown} place={place} form={form} stale={stale} />
          ))}
          {stale && <Left form={form} from={agreement.clauses.length + 1} />}
          {stale && by !== undefined && by !== typed(form, 'by') && (
            <p class="quiet">
              {t('translate.now')} {by}
            </p>
          )}
          <TextField name="by" label={t('translate.by')} hint={t('translate.by.hint')} form={form} />
          <Button>{t('translate.save', { language: label('language', language) })}</Button>
        </Form>
      </>
    ),
  })
}

const versionOf = ({ state, madeOn, signedOn }: Agreement) =>
  t(state === 'draft' ? 'state.draft' : 'state.signed', { day: formats('de').day(signedOn ?? madeOn) })

const joined = ({ who, what, tell }: Fitted['said']) => `${who}: ${what}${tell ? ` (${tell})` : ''}`

/** The fields of one clause, the German words above each. */
function Clause({ shown, place, form, stale }: { shown: Shown; place: number; form: FormState; stale: boolean }) {
  const clause = shown.agreement.clauses[place]
  const { lang, dir } = languageInfo(shown.language)
  const kept = shown.kept[place]
  const n = place + 1
  return clause ? (
    <Card title={t('clause', { n })}>
      {kept?.before && <Notice kind="waiting">{t('translate.before', { german: joined(kept.of) })}</Notice>}
      {stale && kept && wordsOf(clause).some((name) => typed(form, `${name}-${n}`) !== (kept.said[name] ?? '')) && (
        <p class="quiet">
          {t('translate.now')}{' '}
          <bdi lang={lang} class="as-typed">
            {joined(kept.said)}
          </bdi>
        </p>
      )}
      {wordsOf(clause).map((name) => (
        <TextArea
          name={`${name}-${n}`}
          label={t(`translate.${name}`, { n })}
          hint={t('translate.german', { text: clause[name] ?? '' })}
          form={form}
          rows={name === 'what' ? 2 : 1}
          lang={lang}
          dir={dir}
        />
      ))}
      {kept?.before && <Checkbox name={`checked-${n}`} label={t('translate.checked')} form={form} />}
    </Card>
  ) : null
}

/** What was typed for clauses that are gone meanwhile, to be taken over by hand. */
function Left({ form, from }: { form: FormState; from: number }) {
  const texts = Array.from({ length: Math.max(0, mostClauses + 1 - from) }, (_, index) => from + index)
    .flatMap((n) => ['who', 'what', 'tell'].map((name) => typed(form, `${name}-${n}`)))
    .filter((text) => text.trim() !== '')
  return texts.length === 0 ? null : (
    <Card title={t('translate.left')}>
      {texts.map((text) => (
        <p class="as-typed">
          <bdi>{text}</bdi>
        </p>
      ))}
    </Card>
  )
}
