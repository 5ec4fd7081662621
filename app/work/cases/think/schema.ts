import { z } from 'zod'

export const stands = ['party', 'affected', 'supports', 'outside'] as const
export type Stands = (typeof stands)[number]
export const forms = ['person', 'group', 'institution'] as const
export type Form = (typeof forms)[number]

const blank = (value: unknown) => (typeof value === 'string' && value.trim() === '' ? undefined : value)

/** One party: a role or a group, never a name. */
export const party = z.object({
  label: z.preprocess(blank, z.string('error.label').trim().max(80, 'error.label.long')),
  stands: z.enum(stands, 'error.stands'),
  form: z.enum(forms, 'error.form'),
  about: z.preprocess(blank, z.string().trim().max(2_000, 'error.about.long').optional()),
})
export type PartySaid = z.output<typeof party>

export const stages = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const
export const climates = ['hot', 'cold', 'mixed'] as const
export const cores = ['micro', 'meso', 'macro'] as const
export const contents = ['factual', 'structural', 'information', 'relationship', 'interest', 'value'] as const
export const gaps = ['none', 'some', 'strong'] as const
/** What is asked once for the whole conflict … */
export const depthTexts = ['course', 'relations', 'attempts', 'power', 'dividers', 'connectors', 'questions'] as const
export type DepthText = (typeof depthTexts)[number]
/** … and once for each party. */
export const partyTexts = ['position', 'interest', 'need', 'fear'] as const
export type PartyText = (typeof partyTexts)[number]

export interface PartyDepth extends Partial<Record<PartyText, string>> {
  /** Stage after Glasl, 1 to 9, as somebody judged it; never computed. */
  readonly stage?: number
}

/** All that helps to think about a conflict; nothing of it is needed. */
export interface Depth extends Partial<Record<DepthText, string>> {
  readonly climate?: (typeof climates)[number]
  readonly core?: (typeof cores)[number]
  readonly gap?: (typeof gaps)[number]
  readonly content?: readonly (typeof contents)[number][]
  /** By the id of the party. */
  readonly parties?: Readonly<Record<string, PartyDepth>>
}

/** The stage of the party furthest on; undefined where none was judged. */
export function furthest({ parties = {} }: Depth): number | undefined {
  const reached = Object.values(parties).flatMap(({ stage }) => stage ?? [])
  return reached.length > 0 ? Math.max(...reached) : undefined
}

const list = (value: unknown) => (value === undefined || value === '' ? [] : Array.isArray(value) ? value : [value])
const optional = <S extends z.ZodType>(schema: S) => z.preprocess(blank, schema.optional())
const long = optional(z.string().trim().max(20_000, 'error.long'))

const whole = z.object({
  climate: optional(z.enum(climates)),
  core: optional(z.enum(cores)),
  gap: optional(z.enum(gaps)),
  content: z.preprocess(list, z.array(z.enum(contents))),
  ...(Object.fromEntries(depthTexts.map((name) => [name, long])) as Record<DepthText, typeof long>),
})
const ofParty = z.object({
  stage: optional(z.coerce.number().int().min(1).max(9)),
  ...(Object.fromEntries(
    partyTexts.map((name) => [name, optional(z.string().trim().max(2_000, 'error.party.long'))]),
  ) as Record<PartyText, ReturnType<typeof optional<z.ZodString>>>),
})

/** The form of everything beyond matter and next step: fields of a party carry its id, `stage-<id>`. */
export const depthForm = (parties: readonly string[]) =>
  z.record(z.string(), z.unknown()).transform((raw, context) => {
    const read = <S extends z.ZodType>(schema: S, values: unknown, suffix = ''): z.output<S> | undefined => {
      const result = schema.safeParse(values)
      if (result.success) return result.data
      for (const { path, message } of result.error.issues)
        context.addIssue({ code: 'custom', message, path: [`${String(path[0])}${suffix}`] })
      return undefined
    }
    const { content, ...said } = read(whole, raw) ?? { content: [] }
    const entries = parties.flatMap((id) => {
      const names = ['stage', ...partyTexts]
      const values = Object.fromEntries(names.map((name) => [name, raw[`${name}-${id}`]]))
      const filled = Object.entries(read(ofParty, values, `-${id}`) ?? {}).filter(([, value]) => value !== undefined)
      return filled.length > 0 ? [[id, Object.fromEntries(filled)] as const] : []
    })
    const kept = Object.entries(said).filter(([, value]) => value !== undefined)
    return {
      ...Object.fromEntries(kept),
      ...(content.length > 0 && { content }),
      ...(entries.length > 0 && { parties: Object.fromEntries(entries) }),
    } as Depth
  })

/** The same as a form would send it. */
export function depthValues(depth: Depth): Record<string, string | string[]> {
  const { parties, content, ...said } = depth
  const values: Record<string, string | string[]> = { content: [...(content ?? [])] }
  for (const name of [...depthTexts, 'climate', 'core', 'gap'] as const) values[name] = said[name] ?? ''
  for (const [id, one] of Object.entries(parties ?? {}))
    for (const name of ['stage', ...partyTexts] as const) values[`${name}-${id}`] = String(one[name] ?? '')
  return values
}

/** Every text in it, for the search. */
export const depthWords = (depth: Depth): string[] => [
  ...depthTexts.flatMap((name) => depth[name] ?? []),
  ...Object.values(depth.parties ?? {}).flatMap((one) => partyTexts.flatMap((name) => one[name] ?? [])),
]
