import { z } from 'zod'
import { europeanDigits, readStaffDay } from '#platform/forms/index.ts'
import { addDays } from '#platform/kernel/index.ts'

export const kinds = ['conference', 'citizens-dialogue', 'round-table', 'area-round', 'course-session'] as const
export type Kind = (typeof kinds)[number]
const onlines = ['fixed', 'teams', 'bigbluebutton', 'jitsi'] as const
export type Online = (typeof onlines)[number]

/** Each person gets a way in of her own, made when she comes. */
export const isPersonal = (online: Online | null): boolean => online === 'bigbluebutton' || online === 'jitsi'

export type Translations = Readonly<Record<string, { readonly title: string; readonly summary: string } | undefined>>

/** One point of the programme. */
export interface Point {
  readonly from: string
  readonly title: string
  /** Who speaks, with office; empty when nobody in particular. */
  readonly speaker: string
}

export interface Material {
  readonly title: string
  readonly href: string
}

export interface Question {
  readonly label: string
  readonly kind: 'text' | 'choice' | 'yes-no'
  readonly choices: readonly string[]
  readonly needed: boolean
}

/** "10", "10:30", "10.30 Uhr" as `HH:MM`; undefined when it is no time of day. */
export function readClock(text: string): string | undefined {
  const [, hours, minutes = '00'] = /^(\d{1,2})(?:[:.](\d{2}))?(?:\s*Uhr)?$/i.exec(europeanDigits(text).trim()) ?? []
  if (hours === undefined || Number(hours) > 23 || Number(minutes) > 59) return undefined
  return `${hours.padStart(2, '0')}:${minutes}`
}

const line = (most: number, missing: string) => z.string().trim().min(1, missing).max(most, 'error.tooLong')
const free = (most: number) => z.string().trim().max(most, 'error.tooLong').default('')
const yes = z.preprocess((value) => value === 'yes', z.boolean())

/** The first page of a gathering, as typed. */
export const basicsForm = z.object({
  kind: z.enum(kinds, 'error.kind'),
  title: line(120, 'error.title').refine((text) => !text.includes('\n'), 'error.title'),
  summary: line(4_000, 'error.summary'),
  day: z.string().max(40),
  from: z.string().max(20),
  until: z.string().max(20),
  deadline: z.string().max(40),
  places: free(10),
  where: z.enum(['online', 'place', 'both'], 'error.where'),
  place: free(300),
  online: z.preprocess((value) => (value === '' ? undefined : value), z.enum(onlines).default('fixed')),
  room: free(2_000),
  instructions: free(4_000),
  listed: yes,
  byHand: yes,
  confirmMail: yes,
  deleteOn: free(40),
})
/** The same with title and summary as they are. */
export const roughBasics = basicsForm.extend({ title: z.string(), summary: z.string() })
export type BasicsForm = z.output<typeof basicsForm>

/** The same, read and checked. */
export interface Basics {
  readonly kind: Kind
  readonly title: string
  readonly summary: string
  readonly day: string
  readonly from: string
  readonly until: string
  readonly deadline: string
  readonly places: number | null
  readonly place: string | null
  readonly online: Online | null
  readonly room: string
  readonly instructions: string
  readonly listed: boolean
  readonly byHand: boolean
  /** A registration holds only once its address is confirmed. */
  readonly confirmMail: boolean
  /** When participants' data are deleted. */
  readonly deleteOn: string
}

/** A field and the key of the sentence that says what is wrong with it. */
export interface Fault {
  readonly field: string
  readonly key: 'day' | 'day.past' | 'time' | 'time.order' | 'deadline' | 'deadline.past' | 'deadline.late' | FaultKey
  readonly count?: number
}
type FaultKey = 'delete' | 'places' | 'places.taken' | 'place' | 'room'

const isHttps = (text: string) => URL.parse(text)?.protocol === 'https:'

/** Reads days, times and numbers. `today` is Berlin's; `held`: places given or offered already. */
export function readBasics(
  form: BasicsForm,
  today: string,
  held: number,
): { ok: true; basics: Basics } | { ok: false; faults: Fault[] } {
  const faults: Fault[] = []
  const bad = (field: string, key: Fault['key'], count?: number) =>
    void faults.push(count === undefined ? { field, key } : { field, key, count })
  const [day, deadline] = [readStaffDay(form.day, today), readStaffDay(form.deadline, today)]
  const [from, until] = [readClock(form.from), readClock(form.until)]
  if (!day) bad('day', 'day')
  else if (day < today) bad('day', 'day.past')
  if (!from) bad('from', 'time')
  if (!until) bad('until', 'time')
  if (from && until && until <= from) bad('until', 'time.order')
  if (!deadline) bad('deadline', 'deadline')
  else if (deadline < today) bad('deadline', 'deadline.past')
  else if (day && deadline > day) bad('deadline', 'deadline.late')
  const places = form.places === '' ? null : Number(europeanDigits(form.places))
  if (places !== null && (!Number.isInteger(places) || places < 1 || places > 100_000)) bad('places', 'places')
  else if (places !== null && places < held) bad('places', 'places.taken', held)
  const online = form.where === 'place' ? null : form.online
  const place = form.where === 'online' ? null : form.place
  if (place === '') bad('place', 'place')
  if (online === 'fixed' && !isHttps(form.room)) bad('room', 'room')
  const deleteOn = form.deleteOn === '' ? day && deletedAfter(day) : readStaffDay(form.deleteOn, today)
  if (day && (!deleteOn || deleteOn <= day || deleteOn > addDays(day, mostKeptDays))) bad('deleteOn', 'delete')
  if (faults.length > 0 || !deleteOn || !day || !from || !until || !deadline) return { ok: false, faults }
  const { kind, title, summary, room, instructions, listed, byHand, confirmMail } = form
  return {
    ok: true,
    basics: {
      kind,
      title,
      summary,
      day,
      from,
      until,
      deadline,
      places,
      place,
      online,
      instructions,
      listed,
      byHand,
      confirmMail,
      deleteOn,
      room: online === 'fixed' ? room : '',
    },
  }
}

/** How long participants' data are kept after the day, unless the organiser says another day. */
const keptDays = 90
/** Longer than a year nobody needs them. */
const mostKeptDays = 365
/** What somebody needs in order to take part is of no use a week later. */
export const needKeptDays = 7
export const deletedAfter = (day: string): string => addDays(day, keptDays)

const rows = z.string().max(20_000, 'error.tooLong').default('')
const linesOf = (text: string) =>
  text
    .split('\n')
    .map((one) => one.trim())
    .filter(Boolean)

/** "10:00 Begrüßung | Anke Brandt, Oberbürgermeisterin", a line each. Undefined names the first line that is none. */
export function readProgramme(text: string): { points: Point[] } | { broken: string } {
  const points: Point[] = []
  for (const one of linesOf(text)) {
    const [, clock = '', rest = ''] = /^(\S+?)(?:\s*Uhr)?\s+(.+)$/.exec(one) ?? []
    const from = readClock(clock)
    if (!from || rest === '') return { broken: one }
    const [title = '', ...speaker] = rest.split('|').map((part) => part.trim())
    points.push({ from, title, speaker: speaker.join(', ') })
  }
  return { points }
}

export const writeProgramme = (points: readonly Point[]): string =>
  points.map(({ from, title, speaker }) => `${from} ${title}${speaker && ` | ${speaker}`}`).join('\n')

/** One date of a series. */
export interface DateOf {
  readonly day: string
  readonly from: string
  readonly until: string
}

/** Twenty dates are a whole year of a dialogue. */
const mostDates = 20

/** "17.12." or "17.12. 18:00 bis 20:00", a line each; without times it is at those of `usual`. */
export function readDates(
  text: string,
  today: string,
  usual: Pick<DateOf, 'from' | 'until'>,
): { dates: DateOf[] } | { broken: string } {
  const dates: DateOf[] = []
  for (const one of linesOf(text)) {
    const [, typed = '', first, last] =
      /^(.+?)(?:[,\s]+([\d:.]+)\s*(?:bis|-|–)\s*([\d:.]+)(?:\s*Uhr)?)?$/.exec(one) ?? []
    const day = readStaffDay(typed, today)
    const [from, until] = first && last ? [readClock(first), readClock(last)] : [usual.from, usual.until]
    if (!day || day < today || !from || !until || until <= from || dates.length === mostDates) return { broken: one }
    dates.push({ day, from, until })
  }
  return { dates }
}

/** "Handbuch | https://…", a line each. */
export function readMaterials(text: string): { materials: Material[] } | { broken: string } {
  const materials: Material[] = []
  for (const one of linesOf(text)) {
    const cut = one.lastIndexOf('|')
    const [title, href] = [one.slice(0, Math.max(0, cut)).trim(), one.slice(cut + 1).trim()]
    if (!title || !isHttps(href)) return { broken: one }
    materials.push({ title, href })
  }
  return { materials }
}

export const writeMaterials = (materials: readonly Material[]): string =>
  materials.map(({ title, href }) => `${title} | ${href}`).join('\n')

/** "Welche Kommune vertreten Sie?*" asks for text and needs an answer; "Essen: vegan; egal" offers a choice. */
export const readQuestions = (text: string): Question[] =>
  linesOf(text).map((one): Question => {
    const needed = one.endsWith('*')
    const plain = needed ? one.slice(0, -1).trim() : one
    const [, label, choices] = /^(.+?):\s*(.+;.+)$/.exec(plain) ?? []
    if (label && choices) {
      const offered = choices.split(';').map((choice) => choice.trim())
      return { label, kind: 'choice', choices: offered.filter(Boolean), needed }
    }
    const asked = plain.replace(yesNo, '')
    return { label: asked, kind: asked === plain ? 'text' : 'yes-no', choices: [], needed }
  })
const yesNo = /\s*\(ja\/nein\)$/i

export const writeQuestions = (questions: readonly Question[]): string =>
  questions
    .map(
      ({ label, kind, choices, needed }) =>
        `${kind === 'yes-no' ? `${label.replace(yesNo, '')} (ja/nein)` : label}${choices.length > 0 ? `: ${choices.join('; ')}` : ''}${needed ? '*' : ''}`,
    )
    .join('\n')

export const formForm = z.object({ questions: rows, groups: rows, askNeeds: yes, needsReader: free(64) })
/** German is the page itself. */
export const otherLanguages = ['en', 'leicht', 'tr', 'ar', 'uk', 'ru'] as const
type Other = (typeof otherLanguages)[number]
const inOthers = Object.fromEntries(
  otherLanguages.flatMap((id) => [
    [`title-${id}`, free(120)],
    [`summary-${id}`, free(4_000)],
  ]),
) as Record<`title-${Other}` | `summary-${Other}`, ReturnType<typeof free>>
export const contentForm = z.object({ programme: rows, ...inOthers })
/** The languages somebody wrote something in. */
export const translationsOf = (form: z.output<typeof contentForm>): Translations =>
  Object.fromEntries(
    otherLanguages
      .map((id) => [id, { title: form[`title-${id}`], summary: form[`summary-${id}`] }] as const)
      .filter(([, { title, summary }]) => title || summary),
  )
export const datesForm = z.object({ dates: rows })
export const afterForm = z.object({ materials: rows, proceedings: free(60_000) })
export const groupsOf = (text: string): string[] => linesOf(text).slice(0, 10)

/** What somebody who registers says. Answers to the gathering's own questions are `q0`, `q1`… */
export const registrationForm = z.object({
  name: line(120, 'register.error.name').refine((text) => !/[\n<>]/.test(text), 'register.error.name'),
  mail: z.preprocess(
    (value) => (typeof value === 'string' ? value.trim() : value),
    z.email('register.error.mail').max(200),
  ),
  group: z.coerce.number().int().min(0).max(9).default(0),
  need: z.string().trim().max(1_000, 'register.error.long').default(''),
})
export interface NewRegistration {
  readonly name: string
  readonly mail: string
  readonly rank: number
  readonly need: string
  readonly answers: readonly string[]
  readonly language: string
}

/** One spelling for one address: case and the way of writing the domain make no other person. */
export function oneSpelling(mail: string): string {
  const at = mail.trim().lastIndexOf('@')
  const [local, domain] = [mail.trim().slice(0, at), mail.trim().slice(at + 1)]
  const host = URL.parse(`http://${domain}`)?.hostname ?? domain
  return `${local}@${host}`.normalize('NFC').toLowerCase()
}
