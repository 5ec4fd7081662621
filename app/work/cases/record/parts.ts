import { formats } from '#platform/i18n/index.ts'
import { berlinDay } from '#platform/kernel/index.ts'
import { label } from '#work/model/index.ts'
import type { Agreement } from '../agree/queries.ts'
import { fitted, foreign, type Foreign } from '../agree/translated.ts'
import type { Assessment, Course, ShownMeasure } from '../queries/course.ts'
import { words as thinkWords } from '../think/words.ts'
import type { ThinkKey } from '../think/words.ts'
import { words as caseWords, type WordKey } from '../words.ts'
import { words, type RecordKeyWord } from './words.ts'

/** `process`: what was done when. `judged`: what somebody in the office thinks. `said`: what somebody told the office. */
export type Nature = 'process' | 'judged' | 'said'

/** One text of a record, with an address that stays the same as long as the text does. */
export interface RecordLine {
  readonly id: string
  readonly label: string
  readonly text: string
  readonly nature: Nature
  /** Nobody should read it unprepared: what stands in it, in words. */
  readonly folded?: string | undefined
}

/** One document of a record. */
export interface RecordPart {
  readonly id: string
  readonly title: string
  /** Calendar day it was made on. */
  readonly day: string
  readonly lines: readonly RecordLine[]
}

const t = words('de')
const tc = caseWords('de')
const tt = thinkWords('de')
const { day: inFull, list } = formats('de')

/** Texts of an assessment that go on record; earlier attempts are left out: they may name a mediation. */
const recorded = ['course', 'relations', 'power', 'dividers', 'connectors', 'questions'] as const

export function assessmentPart(one: Assessment, named: (party: string) => string): RecordPart {
  const line = (id: string, text: string | undefined, name: string): RecordLine[] =>
    text ? [{ id: `assessment-${one.number}-${id}`, label: name, text, nature: 'judged' }] : []
  const stages = Object.entries(one.depth.parties ?? {}).flatMap(([party, { stage }]) =>
    stage ? line(`stage-${party}`, t('stage', { n: stage }), t('label.stage', { party: named(party) })) : [],
  )
  return {
    id: `assessment-${one.number}`,
    title: t(one.secondOf === null ? 'part.assessment' : 'part.second', {
      day: inFull(one.madeOn),
      number: one.number,
    }),
    day: one.madeOn,
    lines: [
      ...line('matter', one.matter, t('label.matter')),
      ...line('nextStep', one.nextStep, t('label.nextStep')),
      ...recorded.flatMap((name) => line(name, one.depth[name], tt(`depth.${name}` as ThinkKey))),
      ...stages,
    ],
  }
}

/** What may be said of the course: no names, no notes, and nothing that differs with the way a case is worked on. */
const told = new Set([
  'opened',
  'taken-in',
  'assessed',
  'reassessed',
  'assessed-beside',
  'closed',
  'reopened',
  'measure',
  'measure-done',
  'measure-dropped',
  'holding-yes',
  'holding-partly',
  'holding-no',
  'holding-unknown',
  'agreement-drafted',
  'agreement-signed',
  'letter-invitation',
  'letter-confidentiality',
  'letter-closing',
])

export interface HeldSession {
  readonly id: string
  readonly heldOn: string
  readonly attended: readonly string[]
}

export function coursePart(entries: Course['entries'], sessions: readonly HeldSession[], openedOn: string): RecordPart {
  const events = entries
    .filter(({ kind }) => told.has(kind))
    .map(({ at, kind }) => ({ day: berlinDay(at), text: tc(`entry.${kind}` as WordKey, { step: '', person: '' }) }))
  const talks = sessions.map(({ heldOn, attended }) => ({
    day: heldOn,
    text: t('session', { day: inFull(heldOn), who: list(attended.map((who) => tc(`attended.${who}` as WordKey))) }),
  }))
  const lines = [...events, ...talks]
    .toSorted((a, b) => a.day.localeCompare(b.day) || a.text.localeCompare(b.text))
    .map(({ day, text }, i): RecordLine => ({ id: `course-${i}`, label: inFull(day), text, nature: 'process' }))
  return { id: 'course', title: t('part.course'), day: openedOn, lines }
}

export function measuresPart(measures: readonly ShownMeasure[], openedOn: string): RecordPart {
  const lines = measures.map(({ id, owner, what, dueOn, state }): RecordLine => {
    const values = { owner, what, day: inFull(dueOn), state: tc(`measure.state.${state}`) }
    return { id: `measure-${id}`, label: t('label.measure'), text: t('measure', values), nature: 'process' }
  })
  return { id: 'measures', title: t('part.measures'), day: openedOn, lines }
}

/** What somebody made of the clauses in another language, also where the German words were changed since. */
function translatedLines({ clauses, translated }: Agreement, language: Foreign): RecordLine[] {
  const made = translated[language]
  return fitted(clauses, made?.lines).flatMap((one, place) => {
    const clause = clauses[place]
    if (!one || !clause || !made) return []
    const { who, what, tell } = one.said
    const values = { who, what, tell: tell ?? '', by: made.by }
    return {
      id: `clause-${clause.id}-${language}`,
      label: t(one.before ? 'label.translated.before' : 'label.translated', {
        place: place + 1,
        language: label('language', language),
      }),
      text: t(tell ? 'translated.tell' : 'translated', values),
      nature: 'process' as const,
    }
  })
}

export function agreementPart(one: Agreement): RecordPart {
  const state = t(`state.${one.state}` as RecordKeyWord, { day: one.signedOn ? inFull(one.signedOn) : '' })
  const clauses = one.clauses.map(({ id, who, what, dueOn }, i): RecordLine => ({
    id: `clause-${id}`,
    label: t('label.clause', { place: i + 1 }),
    text: dueOn ? t('clause.due', { who, what, day: inFull(dueOn) }) : t('clause', { who, what }),
    nature: 'process',
  }))
  const translated = foreign.flatMap((language) => translatedLines(one, language))
  return {
    id: `agreement-${one.number}`,
    title: t('part.agreement', { day: inFull(one.madeOn), number: one.number }),
    day: one.madeOn,
    lines: [
      { id: `agreement-${one.number}-state`, label: t('label.signed'), text: state, nature: 'process' },
      ...clauses,
      ...translated,
    ],
  }
}

export function looksPart(looks: Course['followUps'], openedOn: string): RecordPart {
  const lines = looks.map(({ id, dueOn, doneOn, holding }): RecordLine => {
    const text = holding
      ? t('look.done', { holding: tc(`holding.${holding}` as WordKey) })
      : t(doneOn ? 'look.dropped' : 'look.open')
    return { id: `look-${id}`, label: t('label.look', { day: inFull(dueOn) }), text, nature: 'process' }
  })
  return { id: 'looks', title: t('part.looks'), day: openedOn, lines }
}
