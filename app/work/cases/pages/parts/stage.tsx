import type { FormState } from '#platform/forms/index.ts'
import { Select } from '#ui/index.ts'
import { stages } from '../../think/schema.ts'
import { words, type WordKey } from '../../words.ts'

const t = words('de')

interface Props {
  readonly name: string
  readonly label: string
  readonly form: FormState
  /** What stands where nothing is said. */
  readonly unsaid: string
  readonly optional?: boolean
}

/** How far the party furthest on has gone, or not said. */
export const StageField = ({ unsaid, ...props }: Props) => (
  <Select
    {...props}
    hint={t('choose.stage.hint')}
    options={[
      { value: '', label: unsaid },
      ...stages.map((n) => ({ value: String(n), label: t(`stage.${n}` as WordKey) })),
    ]}
  />
)
