import { dateFields, errorAt, typed, type FormState } from '#platform/forms/index.ts'

interface DateProps {
  readonly name: string
  readonly label: string
  readonly hint: string
  readonly form: FormState
  /** What the three fields are called. */
  readonly parts: { readonly day: string; readonly month: string; readonly year: string }
}

/** A day in three fields, as residents write it. */
export function DateFields({ name, label, hint, form, parts }: DateProps) {
  const names = dateFields(name)
  const error = errorAt(form, name)
  return (
    <fieldset
      id={name}
      class={error ? 'has-error' : undefined}
      aria-describedby={error ? `${name}-hint ${name}-error` : `${name}-hint`}
      tabindex={-1}
    >
      <legend>{label}</legend>
      <p class="hint" id={`${name}-hint`}>
        {hint}
      </p>
      {error && (
        <p class="error" id={`${name}-error`}>
          {error}
        </p>
      )}
      <div class="dates">
        {(['day', 'month', 'year'] as const).map((part) => (
          <div>
            <label for={names[part]}>{parts[part]}</label>
            <input
              id={names[part]}
              name={names[part]}
              type="text"
              inputmode="numeric"
              autocomplete="off"
              maxlength={part === 'year' ? 4 : 2}
              value={typed(form, names[part])}
            />
          </div>
        ))}
      </div>
    </fieldset>
  )
}

/** Whether something behind "Mehr sagen" is filled or has to be mended, so that it must stand open. */
export const somethingIn = (form: FormState, fields: readonly string[]): boolean =>
  fields.some((name) => typed(form, name) !== '' || errorAt(form, name) !== undefined)
