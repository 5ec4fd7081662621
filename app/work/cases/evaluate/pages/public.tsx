import { emptyForm, type FormState } from '#platform/forms/index.ts'
import type { View, Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, ErrorSummary, Form, Lead, Notice, Radios } from '#ui/index.ts'
import { modelInForce, say } from '#work/model/index.ts'
import { mend } from '../../pages/parts/load.ts'
import { keepEvaluation, mayEvaluate, useUp } from '../commands.ts'
import { questionsOf, readEvaluation, type Question } from '../rules.ts'
import { publicWords } from '../words.ts'

const asProgram = { kind: 'program', name: 'evaluation' } as const
const token = (visit: Visit) => visit.params.token ?? ''

/** What is asked over this link; undefined when it is good no more. */
const askedBy = (visit: Visit): Promise<Question[] | undefined> =>
  visit.txAs(asProgram, async (tx) =>
    (await mayEvaluate(tx, token(visit))) ? questionsOf(await modelInForce(tx)) : undefined,
  )

/** `/{town}/wie-war-es/{token}`: somebody concerned says how it was. Opening it changes nothing. */
export async function get(visit: Visit): Promise<View> {
  const questions = await askedBy(visit)
  return questions ? view(visit, questions, emptyForm()) : ended(visit, 'gone')
}

export async function post(visit: Visit): Promise<View> {
  const questions = await askedBy(visit)
  if (!questions) return ended(visit, 'gone')
  const said = readEvaluation(questions, await visit.form())
  if (Object.keys(said).length === 0) {
    const message = publicWords(visit.language)('error.none')
    const errors = questions.slice(0, 1).map(({ id }) => ({ field: id, message }))
    return { ...view(visit, questions, { values: {}, errors }), ...mend }
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

function view(visit: Visit, questions: readonly Question[], form: FormState): View {
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
          {questions.map(({ id, label, options }) => (
            <Radios
              name={id}
              label={say(label, visit.language)}
              form={form}
              options={options.map((one) => ({
                value: one.id,
                label: one.label ? say(one.label, visit.language) : t(one.id as 'yes' | 'no'),
              }))}
              optional
            />
          ))}
          <Button>{t('send')}</Button>
        </Form>
        <p class="quiet">{t('own-words')}</p>
      </>
    ),
  }
}
