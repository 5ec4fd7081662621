import type { PropsWithChildren } from 'hono/jsx'
import type { FormState } from '#platform/forms/index.ts'
import { assetUrl } from './assets.ts'
import { pageLanguage } from './language.tsx'
import { frameWords } from './words.ts'

export interface FieldProps {
  readonly name: string
  readonly label: string
  readonly hint?: string
  readonly form: FormState
  /** Marked "(freiwillig)"; what is not marked is needed. */
  readonly optional?: boolean
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

const Label = ({ label, optional }: FieldProps) => (
  <>
    {label} {optional && <span class="quiet">{frameWords(pageLanguage())('optional')}</span>}
  </>
)

function HintAndError({ name, hint, form }: FieldProps) {
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
          <span class="hidden-visually">{frameWords(pageLanguage())('error.word')} </span>
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
export const Form = ({
  action,
  token,
  files,
  children,
}: PropsWithChildren<{ action: string; token: string; files?: boolean }>) => (
  <form method="post" action={action} enctype={files ? 'multipart/form-data' : undefined} novalidate>
    <input type="hidden" name="_token" value={token} />
    {children}
  </form>
)

/**
 * A form that a passkey answers: the field `answer` comes from the device, `sealed` goes back as it came. Not shown
 * where the browser has no script or no passkeys, so the page must offer another way. `failed` is said when the device
 * was not used.
 */
export const PasskeyForm = ({
  deed,
  question,
  failed,
  children,
  ...form
}: PropsWithChildren<{
  deed: 'add' | 'enter'
  question: { options: string; sealed: string }
  failed: string
  action: string
  token: string
}>) => (
  <passkey-form hidden deed={deed} options={question.options}>
    <Form {...form}>
      <input type="hidden" name="sealed" value={question.sealed} />
      <input type="hidden" name="answer" value="" />
      <p role="alert" class="error" hidden>
        {failed}
      </p>
      {children}
    </Form>
    <script src={assetUrl('passkey-form.js')} defer />
  </passkey-form>
)

interface TextFieldProps extends FieldProps {
  readonly type?: 'text' | 'tel' | 'email' | 'password'
  readonly autocomplete?: string
  readonly short?: boolean
  /** What the browser proposes while somebody types; anything else may be typed as well. */
  readonly proposed?: readonly Option[]
}

/** One line of text. Numbers and addresses of mail run left to right in every language. */
export const TextField = ({ type = 'text', autocomplete, short, proposed, ...props }: TextFieldProps) => (
  <Around {...props}>
    <input
      list={proposed && `${props.name}-proposed`}
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
    {proposed && (
      <datalist id={`${props.name}-proposed`}>
        {proposed.map(({ value, label }) => (
          <option value={value}>{label}</option>
        ))}
      </datalist>
    )}
  </Around>
)

/** So many rows that what is written already is read without scrolling inside, at most twelve. */
function rowsFor(text: string, rows: number): number {
  const written = text.split('\n').reduce((sum, line) => sum + Math.ceil(line.length / 50), 0)
  return Math.max(rows, Math.min(written, 12))
}

/**
 * Several lines; a leading line feed keeps the browser from eating one that was typed. `lang` and `dir` where something is
 * written in another language than the page's.
 */
export const TextArea = ({
  rows = 5,
  lang,
  dir,
  ...props
}: FieldProps & { rows?: number; lang?: string; dir?: 'ltr' | 'rtl' }) => (
  <Around {...props}>
    <textarea
      id={props.name}
      name={props.name}
      lang={lang}
      dir={dir}
      rows={rowsFor(valueOf(props.form, props.name), rows)}
      aria-describedby={describedBy(props)}
      aria-invalid={invalid(props)}
    >
      {`\n${valueOf(props.form, props.name)}`}
    </textarea>
  </Around>
)

/** A file of the staff's own; `accept` as the browser understands it. The form around it says `files`. */
export const FileField = ({ accept, ...props }: FieldProps & { accept: string }) => (
  <Around {...props}>
    <input
      id={props.name}
      name={props.name}
      type="file"
      accept={accept}
      aria-describedby={describedBy(props)}
      aria-invalid={invalid(props)}
    />
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

/** Several fields that answer one question. */
export const FieldGroup = ({ children, ...props }: PropsWithChildren<FieldProps>) => (
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
    {children}
  </fieldset>
)

function Choices({ type, options, ...props }: FieldProps & { type: 'radio' | 'checkbox'; options: readonly Option[] }) {
  const chosen = type === 'radio' ? [valueOf(props.form, props.name)] : valuesOf(props.form, props.name)
  return (
    <FieldGroup {...props}>
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
    </FieldGroup>
  )
}

/** One of a few; never chosen beforehand. */
export const Radios = (props: FieldProps & { options: readonly Option[] }) => <Choices type="radio" {...props} />

/** Any of a few. */
export const Checkboxes = (props: FieldProps & { options: readonly Option[] }) => <Choices type="checkbox" {...props} />

/** A single yes. */
export const Checkbox = ({ value = 'yes', ...props }: FieldProps & { value?: string }) => (
  <div class={errorOf(props.form, props.name) ? 'field has-error' : 'field'}>
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
      <div>
        <label for={props.name}>{props.label}</label>
        <HintAndError {...props} />
      </div>
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
export const ErrorSummary = ({ form }: { form: FormState }) =>
  form.errors.length === 0 ? null : (
    <div class="summary-of-errors" role="alert" tabindex={-1}>
      <h2>{frameWords(pageLanguage())('errors.title')}</h2>
      <ul>
        {form.errors.map(({ field, message }) => (
          <li>
            <a href={`#${field}`}>{message}</a>
          </li>
        ))}
      </ul>
    </div>
  )
