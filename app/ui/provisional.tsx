import type { Child, PropsWithChildren } from 'hono/jsx'
import type { FormState } from '#platform/forms/index.ts'

interface FieldProps {
  readonly name: string
  readonly label: string
  readonly hint?: string
  readonly form: FormState
  readonly optional?: boolean
}
const valueOf = (form: FormState, name: string) => String(form.values[name] ?? '')
const errorOf = (form: FormState, name: string) => form.errors.find((error) => error.field === name)?.message

export const Form = ({ action, token, children }: PropsWithChildren<{ action: string; token: string }>) => (
  <form method="post" action={action}>
    <input type="hidden" name="_token" value={token} />
    {children}
  </form>
)

function Around({ name, label, hint, form, children }: PropsWithChildren<FieldProps>) {
  const error = errorOf(form, name)
  return (
    <div class="field">
      <label for={name}>{label}</label>
      {hint && <p id={`${name}-hint`}>{hint}</p>}
      {error && (
        <p id={`${name}-error`} class="error">
          {error}
        </p>
      )}
      {children}
    </div>
  )
}

export const TextField = (props: FieldProps) => (
  <Around {...props}>
    <input id={props.name} name={props.name} type="text" value={valueOf(props.form, props.name)} />
  </Around>
)

export const TextArea = ({ rows = 5, ...props }: FieldProps & { rows?: number }) => (
  <Around {...props}>
    <textarea id={props.name} name={props.name} rows={rows}>
      {`\n${valueOf(props.form, props.name)}`}
    </textarea>
  </Around>
)

export interface Option {
  readonly value: string
  readonly label: string
  readonly hint?: string
}

export const Select = ({ options, ...props }: FieldProps & { options: readonly Option[] }) => (
  <Around {...props}>
    <select id={props.name} name={props.name}>
      {options.map(({ value, label }) => (
        <option value={value} selected={value === valueOf(props.form, props.name)}>
          {label}
        </option>
      ))}
    </select>
  </Around>
)

export const Radios = ({ options, name, label, hint, form }: FieldProps & { options: readonly Option[] }) => (
  <fieldset id={name}>
    <legend>{label}</legend>
    {hint && <p>{hint}</p>}
    {errorOf(form, name) && <p class="error">{errorOf(form, name)}</p>}
    {options.map(({ value, label: text }) => (
      <div>
        <input type="radio" id={`${name}-${value}`} name={name} value={value} checked={valueOf(form, name) === value} />
        <label for={`${name}-${value}`}>{text}</label>
      </div>
    ))}
  </fieldset>
)

export const Button = ({
  children,
  name,
  value,
}: PropsWithChildren<{ name?: string; value?: string; quiet?: boolean }>) => (
  <button type="submit" name={name} value={value}>
    {children}
  </button>
)
export const ButtonLink = ({ href, children }: PropsWithChildren<{ href: string; quiet?: boolean }>) => (
  <a href={href}>{children}</a>
)

export const ErrorSummary = ({ form, title }: { form: FormState; title: string }) =>
  form.errors.length === 0 ? null : (
    <div role="alert" tabindex={-1}>
      <h2>{title}</h2>
      <ul>
        {form.errors.map(({ field, message }) => (
          <li>
            <a href={`#${field}`}>{message}</a>
          </li>
        ))}
      </ul>
    </div>
  )

export const Lead = ({ children }: PropsWithChildren) => <p class="lead">{children}</p>
export const Card = ({ title, children }: PropsWithChildren<{ title: string }>) => (
  <section>
    <h2>{title}</h2>
    {children}
  </section>
)
export const Notice = ({ kind, children }: PropsWithChildren<{ kind: 'info' | 'waiting' | 'done' | 'danger' }>) => (
  <div class={`notice ${kind}`}>{children}</div>
)
export const Badge = ({ kind, children }: PropsWithChildren<{ kind: 'neutral' | 'waiting' | 'done' | 'danger' }>) => (
  <span class={`badge ${kind}`}>{children}</span>
)
export const EmptyState = ({ children }: PropsWithChildren) => <p>{children}</p>

export const SummaryList = ({ rows }: { rows: readonly { label: string; value: Child }[] }) => (
  <dl>
    {rows.map(({ label, value }) => (
      <div>
        <dt>{label}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
)

export const DataTable = ({
  caption,
  columns,
  rows,
}: {
  caption: string
  columns: readonly string[]
  rows: readonly (readonly Child[])[]
}) => (
  <table>
    <caption>{caption}</caption>
    <thead>
      <tr>
        {columns.map((column) => (
          <th scope="col">{column}</th>
        ))}
      </tr>
    </thead>
    <tbody>
      {rows.map((cells) => (
        <tr>
          {cells.map((cell, index) => (
            <td data-label={columns[index]}>{cell}</td>
          ))}
        </tr>
      ))}
    </tbody>
  </table>
)

export const Timeline = ({ entries }: { entries: readonly { when: string; text: Child }[] }) => (
  <ol>
    {entries.map(({ when, text }) => (
      <li>
        <p>{when}</p>
        {text}
      </li>
    ))}
  </ol>
)
