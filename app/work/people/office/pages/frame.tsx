import type { Child } from 'hono/jsx'
import { emptyForm, hiddenFields, type FormState, type RawForm, type Stale } from '#platform/forms/index.ts'
import type { View, Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { CompareTexts, ErrorSummary, Lead, Notice } from '#ui/index.ts'
import { words, type WordKey } from '../words.ts'

export const t = words('de')

export interface Shown {
  readonly form: FormState
  readonly stale?: Stale
  readonly saved?: boolean
}

/** A page of the administration with a form on it: what is wrong or was saved first, then how things stand. */
export const frame = (
  visit: Visit,
  { title, lead, labels = {} }: { title: WordKey; lead: Child; labels?: Readonly<Record<string, string>> },
  { form, stale, saved }: Shown,
  body: Child,
): View => ({
  layout: 'staff',
  at: addresses.administration(visit.town),
  back: addresses.administration(visit.town),
  title: t(title),
  status: stale ? 409 : form.errors.length > 0 ? 422 : 200,
  error: form.errors.length > 0 || stale !== undefined,
  body: (
    <>
      <ErrorSummary form={form} />
      {saved && form.errors.length === 0 && <Notice kind="done">{t('saved')}</Notice>}
      <Lead>{lead}</Lead>
      {stale && (
        <>
          <Notice kind="waiting">{t('stale')}</Notice>
          <CompareTexts differences={stale.differences} labels={labels} />
        </>
      )}
      {body}
    </>
  ),
})

/** The stored values as the form shows them, with the version they belong to. */
export const filled = (values: RawForm, version: number): FormState =>
  emptyForm({ ...values, [hiddenFields.version]: String(version) })

export const VersionField = ({ form }: { form: FormState }) => (
  <input type="hidden" name={hiddenFields.version} value={String(form.values[hiddenFields.version] ?? '')} />
)

/** After a deed the page comes again by itself and says so. */
export const saved = (address: string): string => `${address}?festgehalten`
export const wasSaved = (visit: Visit): boolean => visit.url.searchParams.has('festgehalten')
