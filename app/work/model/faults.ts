/** Where a document cannot work and why. `path` is a JSON pointer to the place to mend. */
export interface Fault {
  readonly path: string
  /** Message in locales, `fault.<key>`. */
  readonly key: string
  readonly values: Readonly<Record<string, string | number>>
  /** `refuse`: cannot be published. `advise`: works, but somebody should look at it. */
  readonly severity: 'refuse' | 'advise'
}

type Values = Fault['values']

export const refuse = (path: string, key: string, values: Values = {}): Fault => ({
  path,
  key,
  values,
  severity: 'refuse',
})
export const advise = (path: string, key: string, values: Values = {}): Fault => ({
  path,
  key,
  values,
  severity: 'advise',
})

/** JSON pointer of a path, RFC 6901. */
export const pointer = (...parts: readonly PropertyKey[]): string =>
  parts.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
