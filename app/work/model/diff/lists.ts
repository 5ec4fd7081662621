import { pointer } from '../faults.ts'
import type { Model } from '../schema.ts'

/** One thing that is not the same in two models. `key` is a message in locales, `diff.<key>`. */
export interface Difference {
  /** JSON pointer into the newer model, or into the older one for what was dropped. */
  readonly path: string
  readonly key: string
  readonly values: Readonly<Record<string, string | number>>
}

type Values = Difference['values']
export type Named = { readonly id: string }

export const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

/** What came, went, or changed in a list of things with ids. */
export function inList<T extends Named>(
  section: string,
  before: readonly T[],
  after: readonly T[],
  name: (entry: T) => string,
  changed: (a: T, b: T, at: string) => Difference[],
  parent = '',
  owner: Values = {},
): Difference[] {
  const old = new Map(before.map((entry) => [entry.id, entry]))
  const now = new Set(after.map(({ id }) => id))
  const at = (i: number) => `${parent}${pointer(section, i)}`
  return [
    ...after.flatMap((entry, i) => {
      const was = old.get(entry.id)
      return was
        ? changed(was, entry, at(i)).map((one) => ({ ...one, values: { ...owner, ...one.values } }))
        : [{ path: at(i), key: 'added', values: { ...owner, section, name: name(entry) } }]
    }),
    ...before.flatMap((entry, i) =>
      now.has(entry.id) ? [] : [{ path: at(i), key: 'dropped', values: { ...owner, section, name: name(entry) } }],
    ),
  ]
}

export const plain =
  <T extends Named>(section: string, name: (entry: T) => string) =>
  (a: T, b: T, path: string): Difference[] => {
    if (same(a, b)) return []
    if (name(a) !== name(b)) return [{ path, key: 'renamed', values: { section, before: name(a), after: name(b) } }]
    return [{ path, key: 'changed', values: { section, name: name(b) } }]
  }

/** Two sets of ids: what came and what went, with readable names. */
export function sets(
  path: string,
  key: string,
  a: readonly string[],
  b: readonly string[],
  name: (id: string) => string,
  values: Values,
): Difference[] {
  const came = b.filter((id) => !a.includes(id)).map(name)
  const went = a.filter((id) => !b.includes(id)).map(name)
  return [
    ...(came.length > 0
      ? [{ path, key: `${key}Came`, values: { ...values, names: came.join(', '), count: came.length } }]
      : []),
    ...(went.length > 0
      ? [{ path, key: `${key}Went`, values: { ...values, names: went.join(', '), count: went.length } }]
      : []),
  ]
}

/** What the newer model calls a role, or the older one if it is gone. */
export const roleName = (a: Model, b: Model) => (id: string) => b.words[id]?.one ?? a.words[id]?.one ?? id
