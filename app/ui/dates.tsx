import { dateFields, errorAt, typed } from '#platform/forms/index.ts'
import { FieldGroup, TextField, type FieldProps } from './forms.tsx'
import { pageLanguage } from './language.tsx'
import { frameWords, staffWords } from './words.ts'

/** A day in three fields, as residents write it; read with `readDateFields`. */
export function DateThree(props: FieldProps) {
  const t = frameWords(pageLanguage())
  const names = dateFields(props.name)
  return (
    <FieldGroup {...props}>
      <div class="dates">
        {(['day', 'month', 'year'] as const).map((part) => (
          <div class={part}>
            <label for={names[part]}>{t(`date.${part}`)}</label>
            <input
              id={names[part]}
              name={names[part]}
              type="text"
              inputmode="numeric"
              autocomplete="off"
              maxlength={part === 'year' ? 4 : 2}
              value={typed(props.form, names[part])}
              aria-invalid={errorAt(props.form, props.name) ? 'true' : undefined}
            />
          </div>
        ))}
      </div>
    </FieldGroup>
  )
}

/** A day in one field, as staff type it: "3.12.", "gestern"; read with `readStaffDay`. */
export const DateOne = ({ hint, ...props }: FieldProps) => (
  <TextField {...props} hint={hint ?? staffWords('de')('date.hint')} short />
)
