import type { Answers } from '../rules.ts'
import { depthTexts, partyTexts, type Depth, type DepthText, type PartyText } from './schema.ts'

/** Two versions of an assessment compared, as data; the page puts it into sentences. */

export interface Version {
  readonly matter: string
  readonly nextStep: string
  readonly notes: string
  readonly answers: Answers
  readonly depth: Depth
}

export type ChangedText = 'matter' | 'nextStep' | 'notes' | DepthText
export type Change =
  | { readonly kind: 'stage'; readonly party: string; readonly from?: number; readonly to?: number }
  | {
      readonly kind: 'choice'
      readonly field: 'climate' | 'core' | 'gap'
      readonly from?: string
      readonly to?: string
    }
  | { readonly kind: 'content'; readonly came: readonly string[]; readonly went: readonly string[] }
  | { readonly kind: 'text'; readonly field: ChangedText; readonly from: string; readonly to: string }
  | {
      readonly kind: 'party-text'
      readonly field: PartyText
      readonly party: string
      readonly from: string
      readonly to: string
    }
  | { readonly kind: 'answer'; readonly field: string; readonly from: string; readonly to: string }

const flat = (value: string | string[] | undefined) => [value ?? []].flat().join(', ')

function ofParties(before: Depth, after: Depth): Change[] {
  const ids = [...new Set([...Object.keys(before.parties ?? {}), ...Object.keys(after.parties ?? {})])]
  return ids.flatMap((party): Change[] => {
    const [old, now] = [before.parties?.[party] ?? {}, after.parties?.[party] ?? {}]
    const stage: Change[] = old.stage === now.stage ? [] : [{ kind: 'stage', party, from: old.stage, to: now.stage }]
    const texts = partyTexts.flatMap((field): Change[] => {
      const [from, to] = [old[field] ?? '', now[field] ?? '']
      return from === to ? [] : [{ kind: 'party-text', field, party, from, to }]
    })
    return [...stage, ...texts]
  })
}

function ofTexts(before: Version, after: Version): Change[] {
  const of = (version: Version, field: ChangedText) =>
    field === 'matter' || field === 'nextStep' || field === 'notes' ? version[field] : (version.depth[field] ?? '')
  return (['matter', 'nextStep', 'notes', ...depthTexts] as const).flatMap((field): Change[] => {
    const [from, to] = [of(before, field), of(after, field)]
    return from === to ? [] : [{ kind: 'text', field, from, to }]
  })
}

/** What is different in the second, stages first. Parties by id: merged ones must have been counted as one before. */
export function changes(before: Version, after: Version): Change[] {
  const [old, now] = [before.depth, after.depth]
  const choices = (['climate', 'core', 'gap'] as const).flatMap((field): Change[] =>
    old[field] === now[field] ? [] : [{ kind: 'choice', field, from: old[field], to: now[field] }],
  )
  const came = (now.content ?? []).filter((one) => !old.content?.includes(one))
  const went = (old.content ?? []).filter((one) => !now.content?.includes(one))
  const fields = [...new Set([...Object.keys(before.answers), ...Object.keys(after.answers)])]
  const answers = fields.flatMap((field): Change[] => {
    const [from, to] = [flat(before.answers[field]), flat(after.answers[field])]
    return from === to ? [] : [{ kind: 'answer', field, from, to }]
  })
  const parties = ofParties(old, now)
  return [
    ...parties.filter(({ kind }) => kind === 'stage'),
    ...choices,
    ...(came.length + went.length > 0 ? [{ kind: 'content', came, went } as const] : []),
    ...ofTexts(before, after),
    ...parties.filter(({ kind }) => kind !== 'stage'),
    ...answers,
  ]
}
