import type { FormState } from '#platform/forms/index.ts'
import { Checkboxes, Radios, TextArea, TextField, type Fact } from '#ui/index.ts'
import { say, type Compiled, type Field } from '#work/model/index.ts'
import type { OpenedCase } from '../../queries.ts'
import { askName, type Answers } from '../../rules.ts'
import { words } from '../../words.ts'

const t = words('de')

function Ask({ field, form }: { field: Field; form: FormState }) {
  const props = {
    name: askName(field),
    label: say(field.label, 'de'),
    hint: field.hint && say(field.hint, 'de'),
    form,
    optional: !field.required,
  }
  const options = (field.options ?? []).map(({ id, label }) => ({ value: id, label: say(label, 'de') }))
  if (field.type === 'choice') return <Radios {...props} options={options} />
  if (field.type === 'choices') return <Checkboxes {...props} options={options} />
  if (field.type === 'longText') return <TextArea {...props} rows={3} />
  if (field.type === 'yesNo')
    return (
      <Radios {...props} options={(['yes', 'no'] as const).map((value) => ({ value, label: t(`ask.${value}`) }))} />
    )
  return <TextField {...props} short={field.type !== 'text'} />
}

/** The model's own questions of a step. */
export const Asks = ({ fields, form }: { fields: readonly Field[]; form: FormState }) => (
  <>
    {fields.map((field) => (
      <Ask field={field} form={form} />
    ))}
  </>
)

/** An answer to one question, in words. */
export const sayAnswer = (field: Field, answer: string | readonly string[]): string =>
  [answer]
    .flat()
    .map((one) => {
      const option = field.options?.find((choice) => choice.id === one)?.label
      if (option) return say(option, 'de')
      return field.type === 'yesNo' ? t(one === 'yes' ? 'ask.yes' : 'ask.no') : one
    })
    .join(', ')

/** What was answered to these questions, in their order. */
export const answeredTo = (fields: readonly Field[], answers: Answers): Fact[] =>
  fields.flatMap((field) => {
    const answer = answers[field.id]
    return answer === undefined ? [] : [{ label: say(field.label, 'de'), value: sayAnswer(field, answer) }]
  })

/** What was answered to the model's own questions, in the order of its steps. */
export const answered = ({ answers }: Pick<OpenedCase, 'answers'>, { model }: Compiled): Fact[] =>
  model.steps.flatMap(({ id, ask }) => answeredTo(ask, answers[id] ?? {}))
