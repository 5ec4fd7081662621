import type { z } from 'zod'
import { formats, sliceWords, type Language, type Translate } from '#platform/i18n/index.ts'
import type { RawForm } from './read.ts'
import de from './locales/public.de.json' with { type: 'json' }
import leicht from './locales/public.leicht.json' with { type: 'json' }
import en from './locales/public.en.json' with { type: 'json' }
import tr from './locales/public.tr.json' with { type: 'json' }
import ar from './locales/public.ar.json' with { type: 'json' }
import uk from './locales/public.uk.json' with { type: 'json' }
import ru from './locales/public.ru.json' with { type: 'json' }
import status from './locales/status.json' with { type: 'json' }

/** What a form page shows: everything as typed, and what is wrong with it. */
export interface FormState {
  readonly values: RawForm
  readonly errors: readonly { readonly field: string; readonly message: string }[]
}

export type Issue = z.core.$ZodIssue
export type Parsed<T> = { readonly ok: true; readonly data: T } | { readonly ok: false; readonly state: FormState }

export const emptyForm = (values: RawForm = {}): FormState => ({ values, errors: [] })

/** The same form with one more fault, for what only the command can know. */
export const withError = (state: FormState, field: string, message: string): FormState => ({
  ...state,
  errors: [...state.errors, { field, message }],
})

/** What stands in a field, one text; '' when nothing does. */
export function typed(state: FormState, field: string): string {
  const value = state.values[field]
  return (Array.isArray(value) ? value[0] : value) ?? ''
}

/** What is chosen in a field of several choices. */
export function chosen(state: FormState, field: string): string[] {
  const value = state.values[field]
  return value === undefined || value === '' ? [] : Array.isArray(value) ? value : [value]
}

export const errorAt = (state: FormState, field: string): string | undefined =>
  state.errors.find((error) => error.field === field)?.message

/** Checks a form. When it fails, the state holds everything as typed and the first fault of each field, in order. */
export function parseForm<S extends z.ZodType>(
  schema: S,
  raw: RawForm,
  message: (issue: Issue) => string,
): Parsed<z.output<S>> {
  const result = schema.safeParse(raw)
  if (result.success) return { ok: true, data: result.data }
  const errors = new Map<string, string>()
  for (const issue of result.error.issues) {
    // The number of an element in a list is of no use to the page: the field is what it can point at.
    const field = issue.path.filter((part) => typeof part !== 'number').join('.')
    if (!errors.has(field)) errors.set(field, message(issue))
  }
  return { ok: false, state: { values: raw, errors: [...errors].map(([field, text]) => ({ field, message: text })) } }
}

const formWords = sliceWords('forms', { de, leicht, en, tr, ar, uk, ru }, status)
const wordKey = /^[a-zA-Z][\w-]*(\.[\w-]+)+$/

/**
 * Says an issue in words: schemas give keys of their slice's words as messages ('form.area.missing'); where one does
 * not, a general sentence stands in. Bounds are offered to the message as {maximum} and {minimum}.
 */
export function inWords<K>(translate: Translate<K>, language: Language): (issue: Issue) => string {
  return (issue) => {
    const bound = {
      ...(issue.code === 'too_big' ? { maximum: Number(issue.maximum) } : {}),
      ...(issue.code === 'too_small' ? { minimum: Number(issue.minimum) } : {}),
    }
    if (wordKey.test(issue.message)) return translate(issue.message as keyof K & string, bound)
    const t = formWords(language)
    if (issue.code === 'too_big')
      return t('error.tooLong', { maximum: formats(language).number(Number(issue.maximum)) })
    if (issue.code === 'too_small' || (issue.code === 'invalid_type' && issue.input === undefined))
      return t('error.missing')
    return t('error.invalid')
  }
}
