import type { PropsWithChildren } from 'hono/jsx'
import { chosen, dateFields, errorAt, typed, type FormState } from '#platform/forms/index.ts'
import type { Option } from '#ui/index.ts'

interface Group {
  readonly name: string
  readonly label: string
  readonly hint?: string
  readonly form: FormState
}

function Fieldset({ name, label, hint, form, children }: PropsWithChildren<Group>) {
  const error = errorAt(form, name)
  const described = [hint && `${name}-hint`, error && `${name}-error`].filter(Boolean).join(' ')
  return (
    <fieldset id={name} aria-describedby={described || undefined}>
      <legend>{label}</legend>
      {hint && <p id={`${name}-hint`}>{hint}</p>}
      {error && (
        <p id={`${name}-error`} class="error">
          {error}
        </p>
      )}
      {children}
    </fieldset>
  )
}

export const Checkboxes = ({ options, ...group }: Group & { options: readonly Option[] }) => (
  <Fieldset {...group}>
    {options.map(({ value, label }) => (
      <div>
        <input
          type="checkbox"
          id={`${group.name}-${value}`}
          name={group.name}
          value={value}
          checked={chosen(group.form, group.name).includes(value)}
        />
        <label for={`${group.name}-${value}`}>{label}</label>
      </div>
    ))}
  </Fieldset>
)

export function DateFields({ parts, ...group }: Group & { parts: { day: string; month: string; year: string } }) {
  const names = dateFields(group.name)
  return (
    <Fieldset {...group}>
      {(['day', 'month', 'year'] as const).map((part) => (
        <div>
          <label for={names[part]}>{parts[part]}</label>
          <input
            id={names[part]}
            name={names[part]}
            type="text"
            inputmode="numeric"
            maxlength={part === 'year' ? 4 : 2}
            value={typed(group.form, names[part])}
          />
        </div>
      ))}
    </Fieldset>
  )
}

/** What is behind it stays closed until asked for, and open once something in it is filled or wrong. */
export function MoreDetails({
  label,
  hint,
  form,
  fields,
  children,
}: PropsWithChildren<{ label: string; hint?: string; form: FormState; fields: readonly string[] }>) {
  const open = fields.some((name) => typed(form, name) !== '' || errorAt(form, name) !== undefined)
  return (
    <details open={open}>
      <summary>{label}</summary>
      {hint && <p>{hint}</p>}
      {children}
    </details>
  )
}
