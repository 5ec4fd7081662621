import { emptyForm, type FormState, type RawForm } from '#platform/forms/index.ts'
import type { View, Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, ErrorSummary, Form, Lead, Notice, Radios } from '#ui/index.ts'
import { mend } from '../../pages/parts/load.ts'
import { keepEvaluation, mayEvaluate, useUp } from '../commands.ts'
import { marks, questions, type Evaluation } from '../rules.ts'
import { publicWords } from '../words.ts'

const asProgram = { kind: 'program', name: 'evaluation' } as const
const token = (visit: Visit) => visit.params.token ?? ''

/** `/{town}/wie-war-es/{token}`: somebody concerned says how it was. Opening it changes nothing. */
export const get = async (visit: Visit): Promise<View> =>
  (await visit.txAs(asProgram, (tx) => mayEvaluate(tx, token(visit)))) ? view(visit, emptyForm()) : ended(visit, 'gone')

function read(raw: RawForm): Evaluation {
  const said = questions.map((question) => [question, marks.find((mark) => mark === raw[question]) ?? null])
  return Object.fromEntries(said) as Evaluation
}

export async function post(visit: Visit): Promise<View> {
  const said = read(await visit.form())
  if (questions.every((question) => said[question] === null)) {
    if (!(await visit.txAs(asProgram, (tx) => mayEvaluate(tx, token(visit))))) return ended(visit, 'gone')
    const message = publicWords(visit.language)('error.none')
    return { ...view(visit, { values: {}, errors: [{ field: questions[0], message }] }), ...mend }
  }
  const kept = await visit.txAs(asProgram, (tx) =>
    useUp(tx, token(visit), () => visit.txAs(asProgram, (own) => keepEvaluation(own, said))),
  )
  return ended(visit, kept ? 'thanks' : 'gone')
}

/** The same page for a used link, an old one and one that never was. */
function ended(visit: Visit, key: 'thanks' | 'gone'): View {
  const t = publicWords(visit.language)
  return {
    layout: 'public',
    title: t('title'),
    discreet: true,
    body: (
      <>
        <Notice kind={key === 'thanks' ? 'done' : 'info'}>{t(key)}</Notice>
        <p>
          <a href={addresses.town(visit.town)}>{t('start')}</a>
        </p>
      </>
    ),
  }
}

function view(visit: Visit, form: FormState): View {
  const t = publicWords(visit.language)
  return {
    layout: 'public',
    title: t('title'),
    discreet: true,
    body: (
      <>
        <ErrorSummary form={form} />
        <Lead>{t('lead')}</Lead>
        <Form action={addresses.evaluation(visit.town, token(visit))} token={visit.token}>
          {questions.map((question) => (
            <Radios
              name={question}
              label={t(question)}
              form={form}
              options={marks.map((value) => ({ value, label: t(value) }))}
              optional
            />
          ))}
          <Button>{t('send')}</Button>
        </Form>
      </>
    ),
  }
}
