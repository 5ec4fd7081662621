import labels from './own-numbers.json' with { type: 'json' }
import type { Model, ModelDocument, Week } from './schema.ts'

/**
 * What a municipality keeps right by itself, without a decision about how it works: who and where it is, when it
 * reads, how its areas are called, whom to call. What is absent stays.
 */
export interface TownFacts {
  readonly body?: Pick<Model['body'], 'name' | 'kind' | 'land'>
  /** How the office that reads is reached; '' takes a detail away. */
  readonly office?: { readonly phone: string; readonly mail: string; readonly address: string }
  readonly hours?: { readonly weekly: Week; readonly closed: Model['hours']['closed'] }
  /** With the id of an area that is there already: the same area, perhaps renamed. What is left out is gone. */
  readonly areas?: readonly { readonly id?: string; readonly name: string }[]
  /** The number of each kind that holds everywhere; '' takes a number away. */
  readonly numbers?: Partial<Record<(typeof ownNumbers)[number], string>>
  /** The agreement about conflicts inside the administration; null takes it back. */
  readonly inside?: NonNullable<Model['inside']>['agreement'] | null
}

export const ownNumbers = ['youth-office', 'order-office', 'night'] as const

/** An id from a name: "Südstadt" → "suedstadt", and another one where that is taken. */
export function idFrom(name: string, taken: readonly string[]): string {
  const german: Record<string, string> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss' }
  const plain = name
    .toLowerCase()
    .replaceAll(/[äöüß]/g, (letter) => german[letter] ?? '')
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^[^a-z]+|-+$/g, '')
    .slice(0, 34)
  const base = plain || 'gebiet'
  let id = base
  for (let n = 2; taken.includes(id) || id === 'unknown'; n++) id = `${base}-${n}`
  return id
}

function areasOf(model: Model, wanted: NonNullable<TownFacts['areas']>): Model['areas'] {
  const ids = model.areas.map(({ id }) => id)
  return wanted.map(({ id, name }) => {
    const known = model.areas.find((area) => area.id === id)
    if (known) return { ...known, name }
    const made = idFrom(name, ids)
    ids.push(made)
    return { id: made, name }
  })
}

const filled = <T extends object>(values: T) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== '')) as Partial<T>

function officesOf({ offices, readers }: Model, office: NonNullable<TownFacts['office']>): Model['offices'] {
  return offices.map((one) => {
    if (one.id !== readers.usual) return one
    const { phone: _phone, mail: _mail, address: _address, ...rest } = one
    return { ...rest, ...filled(office) }
  })
}

function numbersOf({ numbers }: Model, wanted: NonNullable<TownFacts['numbers']>): Model['numbers'] {
  let all = numbers
  for (const kind of ownNumbers) {
    const number = wanted[kind]
    if (number === undefined) continue
    const known = all.find((one) => one.kind === kind && !one.areas)
    if (number === '') all = all.filter((one) => one !== known)
    else if (known) all = all.map((one) => (one === known ? { ...one, number } : one))
    else
      all = [
        ...all,
        {
          id: idFrom(
            kind,
            all.map(({ id }) => id),
          ),
          kind,
          label: labels[kind],
          number,
        },
      ]
  }
  return all
}

function insideOf({ subjects, door }: NonNullable<Model['inside']>, agreement: TownFacts['inside']): Model['inside'] {
  return { subjects, door, ...(agreement && { agreement }) }
}

/** The number of a kind that holds everywhere; '' where there is none. */
export const numberOf = ({ numbers }: Model, kind: (typeof ownNumbers)[number]): string =>
  numbers.find((one) => one.kind === kind && !one.areas)?.number ?? ''

/** The document with these facts in it. Pure; whether it works, `publish` says. */
export function withTownFacts(model: Model, facts: TownFacts): ModelDocument {
  const { body, office, hours, areas, numbers, inside } = facts
  return {
    ...model,
    body: { ...model.body, ...body },
    offices: office ? officesOf(model, office) : model.offices,
    hours: hours ? { weekly: { ...hours.weekly }, closed: [...hours.closed] } : model.hours,
    areas: areas ? areasOf(model, areas) : model.areas,
    numbers: numbers ? numbersOf(model, numbers) : model.numbers,
    ...(model.inside && inside !== undefined && { inside: insideOf(model.inside, inside) }),
  }
}

/** The version after these: "1.9" → "1.10". */
export function nextNumber(numbers: readonly string[]): string {
  const parsed = numbers.map((one) => one.split('.').map(Number)).filter(([major = NaN]) => Number.isFinite(major))
  const [major = 1, minor = -1] = parsed.toSorted(([a = 0, b = 0], [c = 0, d = 0]) => a - c || b - d).at(-1) ?? []
  return `${major}.${minor + 1}`
}
