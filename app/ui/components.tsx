import type { Child, PropsWithChildren } from 'hono/jsx'
import type { FormState } from '#platform/forms/index.ts'
import type { Language } from '#platform/i18n/index.ts'
import { encode } from 'uqr'
import { frameWords } from './words.ts'

export interface FieldProps {
  readonly name: string
  readonly label: string
  readonly hint?: string
  readonly form: FormState
  /** Marked "(freiwillig)"; what is not marked is needed. */
  readonly optional?: boolean
  readonly language?: Language
}

const valueOf = (form: FormState, name: string) => {
  const value = form.values[name]
  return typeof value === 'string' ? value : (value?.[0] ?? '')
}
const valuesOf = (form: FormState, name: string) => [form.values[name] ?? []].flat()
const errorOf = (form: FormState, name: string) => form.errors.find((error) => error.field === name)?.message

/** What a screen reader says with the field: its hint and its error. */
function describedBy({ name, hint, form }: FieldProps): string | undefined {
  const ids = [hint && `${name}-hint`, errorOf(form, name) && `${name}-error`].filter(Boolean)
  return ids.length > 0 ? ids.join(' ') : undefined
}

const Label = ({ label, optional, language = 'de' }: FieldProps) => (
  <>
    {label} {optional && <span class="quiet">{frameWords(language)('optional')}</span>}
  </>
)

function HintAndError({ name, hint, form, language = 'de' }: FieldProps) {
  const error = errorOf(form, name)
  return (
    <>
      {hint && (
        <p class="hint" id={`${name}-hint`}>
          {hint}
        </p>
      )}
      {error && (
        <p class="error" id={`${name}-error`}>
          <span class="hidden-visually">{frameWords(language)('error.word')} </span>
          {error}
        </p>
      )}
    </>
  )
}

const Around = ({ children, ...props }: PropsWithChildren<FieldProps>) => (
  <div class={errorOf(props.form, props.name) ? 'field has-error' : 'field'}>
    <label for={props.name}>
      <Label {...props} />
    </label>
    <HintAndError {...props} />
    {children}
  </div>
)

const invalid = ({ form, name }: FieldProps) => (errorOf(form, name) ? 'true' : undefined)

/** A form with its proof that it came from a page of ours. */
export const Form = ({ action, token, children }: PropsWithChildren<{ action: string; token: string }>) => (
  <form method="post" action={action} novalidate>
    <input type="hidden" name="_token" value={token} />
    {children}
  </form>
)

/** One line of text. Numbers and addresses of mail run left to right in every language. */
export const TextField = ({
  type = 'text',
  autocomplete,
  short,
  ...props
}: FieldProps & { type?: 'text' | 'tel' | 'email' | 'password'; autocomplete?: string; short?: boolean }) => (
  <Around {...props}>
    <input
      id={props.name}
      name={props.name}
      type={type}
      class={short ? 'short' : undefined}
      dir={type === 'tel' || type === 'email' ? 'ltr' : undefined}
      autocomplete={autocomplete ?? 'off'}
      value={valueOf(props.form, props.name)}
      aria-describedby={describedBy(props)}
      aria-invalid={invalid(props)}
    />
  </Around>
)

/** Several lines; a leading line feed keeps the browser from eating one that was typed. */
export const TextArea = ({ rows = 5, ...props }: FieldProps & { rows?: number }) => (
  <Around {...props}>
    <textarea
      id={props.name}
      name={props.name}
      rows={rows}
      aria-describedby={describedBy(props)}
      aria-invalid={invalid(props)}
    >
      {`\n${valueOf(props.form, props.name)}`}
    </textarea>
  </Around>
)

export interface Option {
  readonly value: string
  readonly label: string
  readonly hint?: string
}

/** One of many, folded. */
export const Select = ({ options, ...props }: FieldProps & { options: readonly Option[] }) => (
  <Around {...props}>
    <select id={props.name} name={props.name} aria-describedby={describedBy(props)} aria-invalid={invalid(props)}>
      {options.map(({ value, label }) => (
        <option value={value} selected={value === valueOf(props.form, props.name)}>
          {label}
        </option>
      ))}
    </select>
  </Around>
)

function Choices({ type, options, ...props }: FieldProps & { type: 'radio' | 'checkbox'; options: readonly Option[] }) {
  const chosen = type === 'radio' ? [valueOf(props.form, props.name)] : valuesOf(props.form, props.name)
  return (
    <fieldset
      id={props.name}
      class={errorOf(props.form, props.name) ? 'has-error' : undefined}
      aria-describedby={describedBy(props)}
      tabindex={-1}
    >
      <legend>
        <Label {...props} />
      </legend>
      <HintAndError {...props} />
      {options.map(({ value, label, hint }) => (
        <div class="choice">
          <input
            type={type}
            id={`${props.name}-${value}`}
            name={props.name}
            value={value}
            checked={chosen.includes(value)}
            aria-describedby={hint ? `${props.name}-${value}-hint` : undefined}
          />
          <div>
            <label for={`${props.name}-${value}`}>{label}</label>
            {hint && (
              <p class="hint" id={`${props.name}-${value}-hint`}>
                {hint}
              </p>
            )}
          </div>
        </div>
      ))}
    </fieldset>
  )
}

/** One of a few; never chosen beforehand. */
export const Radios = (props: FieldProps & { options: readonly Option[] }) => <Choices type="radio" {...props} />

/** Any of a few. */
export const Checkboxes = (props: FieldProps & { options: readonly Option[] }) => <Choices type="checkbox" {...props} />

/** A single yes. */
export const Checkbox = ({ value = 'yes', ...props }: FieldProps & { value?: string }) => (
  <div class={errorOf(props.form, props.name) ? 'field has-error' : 'field'}>
    <HintAndError {...props} />
    <div class="choice">
      <input
        type="checkbox"
        id={props.name}
        name={props.name}
        value={value}
        checked={valuesOf(props.form, props.name).includes(value)}
        aria-describedby={describedBy(props)}
        aria-invalid={invalid(props)}
      />
      <label for={props.name}>{props.label}</label>
    </div>
  </div>
)

/** What is not needed by most, folded away; open when something in it has to be mended. */
export const MoreDetails = ({ title, open, children }: PropsWithChildren<{ title: string; open?: boolean }>) => (
  <details class="more" open={open}>
    <summary>{title}</summary>
    {children}
  </details>
)

type Look = 'primary' | 'secondary' | 'quiet'
const classOf = (look: Look | undefined) => (look && look !== 'primary' ? look : undefined)

/** A deed. */
export const Button = ({
  children,
  name,
  value,
  look,
}: PropsWithChildren<{ name?: string; value?: string; look?: Look }>) => (
  <button type="submit" name={name} value={value} class={classOf(look)}>
    {children}
  </button>
)

/** The way to another page, as important as a deed. */
export const ButtonLink = ({ href, children, look }: PropsWithChildren<{ href: string; look?: Look }>) => (
  <a class={look && look !== 'primary' ? `button ${look}` : 'button'} href={href}>
    {children}
  </a>
)

/** All that has to be mended, at the top, each a link to its field. */
export const ErrorSummary = ({ form, language = 'de' }: { form: FormState; language?: Language }) =>
  form.errors.length === 0 ? null : (
    <div class="summary-of-errors" role="alert" tabindex={-1}>
      <h2>{frameWords(language)('errors.title')}</h2>
      <ul>
        {form.errors.map(({ field, message }) => (
          <li>
            <a href={`#${field}`}>{message}</a>
          </li>
        ))}
      </ul>
    </div>
  )

/** How things stand, in one sentence. */
export const Lead = ({ children }: PropsWithChildren) => <p class="lead">{children}</p>

/** A part of a page with a heading of its own; `next` marks the one thing to do now. */
export const Card = ({
  title,
  next,
  children,
  id,
}: PropsWithChildren<{ title: string; next?: boolean; id?: string }>) => (
  <section class={next ? 'card next' : 'card'} id={id}>
    <h2>{title}</h2>
    {children}
  </section>
)

export type Tone = 'info' | 'waiting' | 'done' | 'danger'
const marks: Record<Tone, string> = { info: 'ℹ', waiting: '◔', done: '✓', danger: '⚠' }

/** Something to know before going on: sign and words, never colour alone. */
export const Notice = ({ kind, children }: PropsWithChildren<{ kind: Tone }>) => (
  <div class={`notice ${kind}`}>
    <p>
      <span class="mark" aria-hidden="true">
        {marks[kind]}{' '}
      </span>
      {children}
    </p>
  </div>
)

/** A state in one or two words. */
export const Badge = ({ kind, children }: PropsWithChildren<{ kind: 'neutral' | 'waiting' | 'done' | 'danger' }>) => (
  <span class={`badge ${kind}`}>{children}</span>
)

/** An empty list says so kindly. */
export const EmptyState = ({ children }: PropsWithChildren) => <p class="quiet">{children}</p>

export interface Fact {
  readonly label: string
  readonly value: Child
  readonly change?: { readonly href: string; readonly label: string }
}

/** What is known, line by line. */
export const SummaryList = ({ rows }: { rows: readonly Fact[] }) => (
  <dl class="facts">
    {rows.map(({ label, value, change }) => (
      <div>
        <dt>{label}</dt>
        <dd>
          {value} {change && <a href={change.href}>{change.label}</a>}
        </dd>
      </div>
    ))}
  </dl>
)

/** A list; on a phone each row becomes a card with the same words. */
export const DataTable = ({
  caption,
  columns,
  rows,
}: {
  caption: string
  columns: readonly string[]
  rows: readonly (readonly Child[])[]
}) => (
  <table class="cards">
    <caption class="hidden-visually">{caption}</caption>
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

/** The course of events, newest first. */
export const Timeline = ({ entries }: { entries: readonly { when: string; text: Child }[] }) => (
  <ol class="timeline">
    {entries.map(({ when, text }) => (
      <li>
        <p class="when">{when}</p>
        {text}
      </li>
    ))}
  </ol>
)

/** The receipt code, large and in three groups, made to be written down. */
export const ReceiptCode = ({ code, label }: { code: string; label: string }) => (
  <div class="receipt">
    <p>{label}</p>
    <p class="code">
      {code.match(/.{1,6}/g)?.map((group) => (
        <span>{group} </span>
      ))}
    </p>
  </div>
)

/** A QR code as a drawing; what it says must also stand on the page as text. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { data, size } = encode(text, { border: 2 })
  const path = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join('')
  return (
    <svg class="qr" role="img" aria-label={label} viewBox={`0 0 ${size} ${size}`}>
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  )
}
