import { emptyForm, hiddenFields, inWords, parseForm, type FormState, type RawForm } from '#platform/forms/index.ts'
import { say, type Field } from '#work/model/index.ts'
import type { Written } from '../../commands/assess.ts'
import { sayAnswer } from '../../pages/parts/ask.tsx'
import { missingState } from '../../pages/parts/missing.tsx'
import type { Assessment } from '../../queries/course.ts'
import { askName, readAnswers } from '../../rules.ts'
import { assessing, levels } from '../../schema.ts'
import { merged } from '../parties.ts'
import type { Parties } from '../queries.ts'
import {
  climates,
  contents,
  cores,
  depthForm,
  depthTexts,
  depthValues,
  gaps,
  partyTexts,
  stages,
  type Depth,
  type DepthText,
  type PartyText,
} from '../schema.ts'
import { words as caseWords } from '../../words.ts'
import { words } from '../words.ts'

const t = words('de')

/** What an assessment's form says, or the form with all that has to be mended. */
export function readWritten(
  raw: RawForm,
  fields: readonly Field[],
  { present }: Parties,
): { written: Written } | { state: FormState } {
  const said = parseForm(assessing, raw, inWords(caseWords('de'), 'de'))
  const depth = parseForm(depthForm(present.map(({ id }) => id)), raw, inWords(t, 'de'))
  const { answers, missing } = readAnswers(fields, raw)
  if (said.ok && depth.ok && missing.length === 0) return { written: { said: said.data, answers, depth: depth.data } }
  const errors = [
    ...(said.ok ? [] : said.state.errors),
    ...(depth.ok ? [] : depth.state.errors),
    ...missingState(raw, missing).errors,
  ]
  return { state: { values: raw, errors } }
}

/** A version as its form would send it; every field of it is there, empty ones too. */
export function valuesOf(
  version: Pick<Assessment, 'matter' | 'nextStep' | 'notes' | 'answers'> & { depth: Depth },
  level: string | null,
  { present, root }: Parties,
): RawForm {
  const none = present.flatMap(({ id }) => ['stage', ...partyTexts].map((name) => [`${name}-${id}`, ''] as const))
  return {
    matter: version.matter,
    nextStep: version.nextStep,
    level: level ?? '',
    notes: version.notes,
    ...Object.fromEntries(none),
    ...depthValues(merged(version.depth, { root })),
    ...Object.fromEntries(Object.entries(version.answers).map(([id, value]) => [askName({ id }), value] as const)),
  }
}

export const formOf = (version: number, values: RawForm): FormState =>
  emptyForm({ ...values, [hiddenFields.version]: String(version) })

const isOf = <T extends string>(list: readonly T[], value: string): value is T =>
  (list as readonly string[]).includes(value)

/** What a chosen value is called. */
export function sayValue(field: string, value: string, fields: readonly Field[] = []): string {
  const asked = fields.find((one) => askName(one) === field)
  if (asked && value !== '') return sayAnswer(asked, value)
  const stage = stages.find((n) => String(n) === value)
  if (field.startsWith('stage-') && stage) return t('stage.option', { n: stage, name: t(`stage.${stage}`) })
  if (field === 'level' && isOf(levels, value)) return t(`level.${value}`)
  if (field === 'climate' && isOf(climates, value)) return t(`climate.${value}`)
  if (field === 'core' && isOf(cores, value)) return t(`core.${value}`)
  if (field === 'gap' && isOf(gaps, value)) return t(`gap.${value}`)
  if (field === 'content')
    return value
      .split(', ')
      .map((one) => (isOf(contents, one) ? t(`content.${one}`) : one))
      .join(', ')
  return value
}

/** "der Anwohnerschaft" where the word tells its gender by its end; otherwise the words as they are, in quotes. */
export function ofParty(label: string): string {
  const surely = new RegExp(`^[^\\s]+(${t('feminine.endings')})$`, 'u')
  return surely.test(label) ? t('of.feminine', { label }) : t('of.quoted', { label })
}

/** What a field of the form is called on the page. */
export function nameOf(field: string, fields: readonly Field[], { label }: Pick<Parties, 'label'>): string {
  const [kind = '', ...rest] = field.split('-')
  const id = rest.join('-')
  if (field === 'matter' || field === 'nextStep' || field === 'notes' || field === 'level') return t(`assess.${field}`)
  if (isOf(depthTexts as readonly DepthText[], field)) return t(`depth.${field}`)
  if (field === 'climate' || field === 'core' || field === 'gap' || field === 'content') return t(`depth.${field}`)
  if (kind === 'stage') return t('stage.of', { label: label(id) })
  if (isOf(partyTexts as readonly PartyText[], kind))
    return t('party.said', { what: t(`party.${kind}.short`), whose: ofParty(label(id)) })
  const asked = fields.find((one) => askName(one) === field)
  return asked ? say(asked.label, 'de') : field
}
