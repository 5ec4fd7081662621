import type { RawForm } from './read.ts'
import { hiddenFields } from './token.ts'

/** Two people changed the same thing: both texts, so that nobody's work is lost. */
export interface Stale {
  readonly storedVersion: number
  readonly differences: readonly { readonly field: string; readonly typed: string; readonly stored: string }[]
}

const asText = (value: string | string[] | undefined) => (Array.isArray(value) ? value.join(', ') : (value ?? ''))

/** The version a form was rendered from; undefined when it carried none. */
export function renderedVersion(raw: RawForm): number | undefined {
  const text = asText(raw[hiddenFields.version])
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined
}

/**
 * Undefined when nobody wrote in between; otherwise every field in which what was typed differs from what is stored
 * now. A form without a version counts as stale.
 */
export function staleEdit(raw: RawForm, stored: { version: number; values: RawForm }): Stale | undefined {
  if (renderedVersion(raw) === stored.version) return undefined
  const differences = Object.keys(stored.values)
    .map((field) => ({ field, typed: asText(raw[field]), stored: asText(stored.values[field]) }))
    .filter((difference) => difference.typed !== difference.stored)
  return { storedVersion: stored.version, differences }
}
