import type { FormState } from '#platform/forms/index.ts'
import { Notice, Select, TextArea } from '#ui/index.ts'
import { reasonsFor, say, type Compiled, type StepKind } from '#work/model/index.ts'
import { words } from '../../../words.ts'

const t = words('de')

/** The model's reasons for not opening a case, each with the answer it brings along. */
export function Because({ model, kinds, form }: { model: Compiled; kinds: readonly StepKind[]; form: FormState }) {
  const reasons = model.model.reasons.filter(({ id }) =>
    kinds.some((kind) => reasonsFor(model, kind).some((one) => one.id === id)),
  )
  if (reasons.length === 0) return null
  return (
    <Select
      name="because"
      label={t('decide.because')}
      hint={t('decide.because.hint')}
      form={form}
      options={[
        { value: '', label: t('decide.because.none') },
        ...reasons.map(({ id, label }) => ({ value: id, label: say(label, 'de') })),
      ]}
      optional
    />
  )
}

/** Question and reason are all a second person sees. */
export const SecondReason = ({ effect, form }: { effect: 'waits' | 'at-once'; form: FormState }) => (
  <>
    <Notice kind="info">{t(`second.needed.${effect}`)}</Notice>
    <TextArea name="secondReason" label={t('second.reason')} hint={t('second.reason.hint')} form={form} rows={3} />
  </>
)
