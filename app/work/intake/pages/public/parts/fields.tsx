import { errorAt, typed, type FormState } from '#platform/forms/index.ts'

/** Whether something behind "Mehr sagen" is filled or has to be mended, so that it must stand open. */
export const somethingIn = (form: FormState, fields: readonly string[]): boolean =>
  fields.some((name) => typed(form, name) !== '' || errorAt(form, name) !== undefined)
