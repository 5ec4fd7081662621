import { formats, languageInfo, type Language } from '#platform/i18n/index.ts'
import type { Block, Cell, Letter } from '#platform/letter/index.ts'
import { say, type LetterKind, type Model } from '#work/model/index.ts'
import type { InAnother, Wording } from '../agree/translated.ts'
import { letterWords, words } from './words.ts'

/** Letters to the parties that need nothing but the matter; they name no other party and no format. */
export const partyLetters = ['invitation', 'confidentiality', 'closing'] as const satisfies LetterKind[]
export type PartyLetter = (typeof partyLetters)[number]

export interface About {
  readonly matter: string
  /** Who writes: the municipality. */
  readonly office: string
  /** `YYYY-MM-DD` */
  readonly day: string
}

/** One point of an agreement, as it is signed. */
export interface SignedClause {
  readonly who: string
  readonly what: string
  readonly dueOn: string | null
  readonly tell: string | undefined
}

/** In a language written from the right, what is put in keeps its own direction, as in the program's texts. */
const isolated = (text: string) => `\u2068${text}\u2069`

const put = (text: string, values: Readonly<Record<string, string>>) =>
  text.replaceAll(/\{([a-z]+)\}/g, (found, name: string) => values[name] ?? found)

/** Whether the text is the municipality's own and there is none in this language yet. */
export const fallsBack = (model: Model, kind: LetterKind, language: Language): boolean => {
  const own = model.letters?.[kind]
  return own !== undefined && own[language] === undefined
}

/** The text of a letter: the municipality's own, in German where it has none in this language, or the program's. */
function textOf(model: Model, kind: LetterKind, language: Language, { matter, office }: About): string {
  const own = model.letters?.[kind]
  if (!own) return letterWords(language)(`body.${kind}`, { matter, office, clauses: '{clauses}' })
  const shown = own[language] && languageInfo(language).dir === 'rtl' ? isolated : (text: string) => text
  return put(say(own, language), { matter: shown(matter), office: shown(office) })
}

/** Paragraphs part at empty lines; lines that begin with "- " are a list; `{clauses}` alone is the table of them. */
function blocksOf(text: string, clauses: () => Block[]): Block[] {
  return text.split(/\n\s*\n/).flatMap((part): Block[] => {
    const lines = part.trim().split('\n')
    if (/^[\u2066-\u2069]*\{clauses\}[\u2066-\u2069]*$/u.test(part.trim())) return clauses()
    return lines.every((line) => line.startsWith('- '))
      ? [{ kind: 'list', items: lines.map((line) => line.slice(2)) }]
      : [{ kind: 'paragraph', text: lines.join(' ') }]
  })
}

/** The table of the clauses; below each translation the German words, and below the table that these are signed. */
function clauseTable(clauses: readonly SignedClause[], language: Language, other?: InAnother): Block[] {
  const t = letterWords(language)
  const { day } = formats(language)
  const beside = (place: number, field: keyof Wording, german: string): Cell => {
    const text = other?.said[place]?.[field]
    if (!other || !text) return language === 'de' ? german : [{ text: german, language: 'de' }]
    return [
      { text, language: other.language },
      { text: german, language: 'de', small: true },
    ]
  }
  const table: Block = {
    kind: 'table',
    head: [t('clauses.who'), t('clauses.what'), t('clauses.due'), t('clauses.tell')],
    rows: clauses.map(({ who, what, dueOn, tell }, place) => [
      beside(place, 'who', who),
      beside(place, 'what', what),
      dueOn ? t('clauses.until', { day: day(dueOn) }) : '–',
      tell ? beside(place, 'tell', tell) : t('clauses.nothing'),
    ]),
  }
  if (!other) return [table]
  const signed = letterWords(other.language)('clauses.translated', { by: other.by })
  return [table, { kind: 'paragraph', text: signed, language: other.language }]
}

/** Lines to sign on: one for each party of an agreement; before a talk there is room for four. */
function signatures(
  kind: LetterKind,
  language: Language,
  clauses: readonly SignedClause[],
  other?: InAnother,
): Block[] {
  const t = letterWords(language)
  if (kind === 'confidentiality') return [{ kind: 'signatures', labels: Array.from({ length: 4 }, () => t('sign')) }]
  if (kind !== 'agreement') return []
  const parties = new Map(
    clauses.map(({ who }, place) => {
      const said = other?.said[place]?.who
      return [who, said ? `${said} (${who})` : who]
    }),
  )
  return [{ kind: 'signatures', labels: [...parties.values()].map((who) => t('clauses.sign', { who })) }]
}

/**
 * A letter in the language of whoever gets it. The clauses of an agreement are translated by people only: where nobody
 * did, they stay in the words they were written in.
 */
export function letterOf(
  model: Model,
  kind: LetterKind,
  asked: Language,
  about: About,
  clauses: readonly SignedClause[] = [],
  other?: InAnother,
): Letter {
  const language = fallsBack(model, kind, asked) ? 'de' : asked
  const blocks = blocksOf(textOf(model, kind, language, about), () => clauseTable(clauses, language, other))
  return {
    title: letterWords(language)(`letter.${kind}`),
    language,
    from: about.office,
    dated: formats(language).day(about.day),
    blocks: [...blocks, ...signatures(kind, language, clauses, other)],
  }
}

/** What the *Fallblatt* says: the course without persons, without notes, without the way it was worked on. */
export interface Summary {
  readonly number: string
  readonly matter: string
  readonly where: string
  readonly subject: string
  readonly openedOn: string
  readonly closedOn: string | null
  readonly outcome?: string
  readonly hours: number | null
  readonly measures: readonly string[]
  readonly agreed?: { readonly on: string; readonly clauses: number }
}

/** One page for the leading file. */
export function summaryLetter(summary: Summary, office: string, today: string): Letter {
  const t = words('de')
  const { day, hours } = formats('de')
  const { agreed, closedOn, measures } = summary
  const rows: [string, string][] = [
    [t('summary.number'), summary.number],
    [t('summary.matter'), summary.matter],
    [t('summary.where'), summary.where],
    [t('summary.subject'), summary.subject],
    [t('summary.opened'), day(summary.openedOn)],
    [t('summary.step'), closedOn ? t('summary.closed') : t('summary.handling')],
    ...(closedOn ? [[t('summary.closed'), day(closedOn)] as [string, string]] : []),
    [t('summary.outcome'), summary.outcome ?? t('summary.none')],
    [t('summary.hours'), summary.hours === null ? t('summary.none') : hours(summary.hours)],
    [t('summary.measures'), measures.length > 0 ? measures.join('; ') : t('summary.none')],
    [
      t('summary.agreement'),
      agreed ? t('summary.agreement.signed', { day: day(agreed.on), count: agreed.clauses }) : t('summary.none'),
    ],
  ]
  const head = [t('summary.head.what'), t('summary.head.value')]
  return {
    title: t('letter.summary'),
    language: 'de',
    from: office,
    dated: day(today),
    blocks: [{ kind: 'table', head, rows }],
  }
}
