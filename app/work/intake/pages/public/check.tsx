import { typed, emptyForm } from '#platform/forms/index.ts'
import { formats, languages } from '#platform/i18n/index.ts'
import type { View, Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, Form, Lead, SummaryList } from '#ui/index.ts'
import { choices, type Compiled } from '#work/model/index.ts'
import { readable } from '../../webForm.ts'
import { publicWords, type PublicKey } from '../../words.ts'
import { begun } from './begun.ts'
import { afterHandIn } from './contact.tsx'
import { handIn } from './handIn.ts'
import { startAgain } from './receipt.tsx'

/** `/{town}/melden/pruefen`: all answers once more, for those who want to see them. */
export async function get(visit: Visit): Promise<Response | View> {
  const { model, draft } = await begun(visit)
  return startAgain(visit, draft) ?? view(visit, model, draft?.values ?? {})
}

export const post = async (visit: Visit): Promise<Response | View> => afterHandIn(visit, await handIn(visit, undefined))

type Values = Record<string, string | string[]>

function answersOf(visit: Visit, model: Compiled, values: Values) {
  const t = publicWords(visit.language)
  const said = emptyForm(readable(values))
  const named = choices(model, visit.language)
  const of = (field: string) => typed(said, field)
  const word = (prefix: string, field: string) => (of(field) ? t(`${prefix}.${of(field)}` as PublicKey) : '')
  const nameIn = (list: readonly { id: string; name: string }[], field: string) =>
    list.find(({ id }) => id === of(field))?.name ?? ''
  const since = /^\d{4}-/.test(of('since')) ? formats(visit.language).day(of('since')) : ''
  const answerIn = languages.find(({ id }) => id === of('answerLanguage') && id !== visit.language)?.name ?? ''
  const readers = [values.readers ?? []].flat().map((id) => named.readers.find((one) => one.id === id)?.name ?? '')
  return [
    ['what', t('form.observed.label'), of('observed')],
    ['what', t('form.danger.label'), word('form.danger', 'danger')],
    ['what', t('form.subject.label'), nameIn(named.subjects, 'subject')],
    ['what', t('form.since.label'), since],
    ['what', t('form.often.label'), word('form.often', 'often')],
    ['what', t('form.concluded.label'), of('concluded')],
    ['what', t('form.wish.label'), word('form.wish', 'wish')],
    ['where', t('form.area.label'), nameIn(named.areas, 'area')],
    ['where', t('form.place.label'), of('place')],
    ['contact', t('form.anonymity.label'), word('form.anonymity', 'anonymity')],
    ['contact', t('form.contact.label'), of('contact')],
    ['contact', t('form.safe.label'), of('safe')],
    ['contact', t('form.readers.label'), [...readers, of('readersOther')].filter(Boolean).join(', ')],
    ['contact', t('form.answer-language.label'), answerIn],
    ['contact', t('form.notice.label'), of('notice')],
  ] as const
}

const stepAddress = { what: undefined, where: 'wo', contact: 'kontakt' } as const

function view(visit: Visit, model: Compiled, values: Values): View {
  const t = publicWords(visit.language)
  const rows = answersOf(visit, model, values).filter(([, , answer], index) => answer !== '' || index === 0)
  return {
    layout: 'public',
    title: t('check.title'),
    step: [3, 3],
    back: addresses.reportForm(visit.town, 'kontakt'),
    discreet: true,
    body: (
      <>
        <Lead>{t('check.lead')}</Lead>
        <SummaryList
          rows={rows.map(([step, label, answer]) => ({
            label,
            value: (
              <>
                <span class="as-typed">{answer || t('check.nothing')}</span>{' '}
                <a href={addresses.reportForm(visit.town, stepAddress[step])}>
                  {t('check.change')} <span class="hidden-visually">{label}</span>
                </a>
              </>
            ),
          }))}
        />
        <Form action={addresses.reportForm(visit.town, 'pruefen')} token={visit.token}>
          <p>{t('check.after')}</p>
          <Button>{t('check.send')}</Button>
        </Form>
      </>
    ),
  }
}
