export { cleanText, europeanDigits } from './clean.ts'
export { dateFields, fillDateFields, readDateFields, readStaffDay } from './days.ts'
export {
  chosen,
  emptyForm,
  errorAt,
  inWords,
  parseForm,
  typed,
  withError,
  type FormState,
  type Issue,
  type Parsed,
} from './parse.ts'
export { FormTooLarge, FormUnreadable, readForm, readFormWithFiles, type FormLimits, type RawForm } from './read.ts'
export { renderedVersion, staleEdit, type Stale } from './stale.ts'
export { checkFormToken, formToken, hiddenFields, idFromOnce, onceKey, sameSite } from './token.ts'
