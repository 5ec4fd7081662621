import { appointmentUid } from '#platform/calendar/index.ts'
import { isLanguage, languageInfo, type Language } from '#platform/i18n/index.ts'
import { formats } from '#platform/i18n/index.ts'
import type { Letter, Letters, WriteLetter } from '#platform/mail/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import * as addresses from '#app/addresses.ts'
import { feedbackToken } from './commands/attendance.ts'
import { linkToken, opened, sequenceOf, type Own } from './commands/own.ts'
import { revealRoom, whenOf } from './commands/store.ts'
import { invitation, type Appointment } from './invitation.ts'
import { linkSent, needDeletedOn, townName } from './queries.ts'
import { endsAt, startsAt } from './rules.ts'
import { isPersonal } from './schema.ts'
import { titleIn, whenText, whereText } from './sentences.ts'
import { publicWords, type PublicKey } from './words.ts'

/** A paragraph, or one that ends in a link. */
type Line = string | { readonly text: string; readonly href: string }

/** Somebody who gets a letter, with everything it may say. */
interface To extends Own {
  readonly language: Language
  readonly town: { readonly name: string; readonly slug: string }
  readonly origin: string
  readonly token: string
}

const plain = (lines: readonly Line[]) =>
  `${lines.map((line) => (typeof line === 'string' ? line : `${line.text}\n${line.href}`)).join('\n\n')}\n`

/** The same words in HTML: no picture, no style, nothing fetched from anywhere. */
const html = (language: Language, lines: readonly Line[]): string => {
  const { lang, dir } = languageInfo(language)
  const page = (
    <html lang={lang} dir={dir}>
      <head>
        <meta charset="utf-8" />
      </head>
      <body>
        {lines.map((line) =>
          typeof line === 'string' ? (
            <p>{line}</p>
          ) : (
            <p>
              {line.text}
              <br />
              <a href={line.href}>{line.href}</a>
            </p>
          ),
        )}
      </body>
    </html>
  )
  return `<!doctype html>${String(page)}`
}

async function addressee(tx: TenantTx, thing: string | null, origin: string): Promise<To | undefined> {
  const id = /^registration:([0-9a-f-]{36})$/.exec(thing ?? '')?.[1]
  const found = id === undefined ? undefined : await opened(tx, id)
  if (!found) return undefined
  const language = isLanguage(found.row.language) ? found.row.language : 'de'
  return { ...found, language, origin, town: await townName(tx), token: linkToken(tx, found.row.id) }
}

type What =
  | 'confirm'
  | 'confirmed'
  | 'waiting'
  | 'offer'
  | 'lapsed'
  | 'refused'
  | 'already'
  | 'changed'
  | 'cancelled'
  | 'withdrawn'
  | 'left'
  | 'link'
  | 'feedback'

const t = (to: To) => publicWords(to.language)
const ownHref = (to: To) => `${to.origin}${addresses.ownRegistration(to.town.slug, to.token)}`
const ownLink = (to: To): Line => ({ text: t(to)('mail.own'), href: ownHref(to) })
const whenAndWhere = (to: To): Line[] => [
  t(to)('mail.when', { when: whenText(to.gathering, to.language) }),
  t(to)('mail.where', { where: whereText(to.gathering, to.language) }),
]

/** One letter: greeting, one sentence that says how things stand, what belongs to it, and the town's name. */
function letter(
  to: To,
  what: What,
  lines: readonly Line[],
  values: Record<string, string> = {},
): Letter & { to: string } {
  const title = titleIn(to.gathering, to.language)
  const say = (key: PublicKey) => t(to)(key, { title, name: to.name, ...values })
  const all: Line[] = [say('mail.greeting'), say(`mail.${what}.text`), ...lines, to.town.name]
  return { to: to.mail, subject: say(`mail.${what}.subject`), text: plain(all), html: html(to.language, all) }
}

/** The same invitation at every fetch and every change, for this person alone. */
function appointmentOf(tx: TenantTx, to: To): Appointment {
  const when = whenOf(to.gathering)
  return {
    uid: appointmentUid(tx, to.row.id),
    sequence: sequenceOf(to),
    start: startsAt(when),
    end: endsAt(when),
    summary: titleIn(to.gathering, to.language),
    description: t(to)('mail.calendar.description'),
    location: whereText(to.gathering, to.language),
    url: `${to.origin}${addresses.gathering(to.town.slug, to.gathering.slug)}`,
  }
}

const withCalendar = (tx: TenantTx, to: To, method: 'REQUEST' | 'CANCEL', one: Letter & { to: string }) => ({
  ...one,
  calendar: invitation(method, appointmentOf(tx, to), { name: to.name, mail: to.mail }, tx.now),
})

/** That we keep what she needs, who reads it and until when. */
async function needLine(tx: TenantTx, to: To): Promise<Line[]> {
  const day = await needDeletedOn(tx, to.row.id)
  return day ? [t(to)('mail.need', { day: formats(to.language).day(day) })] : []
}

/** The way into the room: one address for all as it is, a personal one by way of our page. */
async function roomLines(tx: TenantTx, to: To): Promise<Line[]> {
  const { room, dialIn, passcode, instructions } = await revealRoom(tx, to.gathering)
  const ownPage = `${to.origin}${addresses.ownRegistration(to.town.slug, to.token, 'teilnehmen')}`
  const href = isPersonal(to.gathering.online) ? ownPage : room
  // A service that has not made the room yet: the ledger keeps the letter and comes again.
  if (to.gathering.online && !href) throw new Error(`gathering ${to.gathering.id} has no room yet`)
  return [
    ...(to.gathering.online ? [{ text: t(to)('mail.room'), href }] : []),
    ...(passcode ? [t(to)('mail.passcode', { passcode })] : []),
    ...(dialIn ? [t(to)('mail.dial-in', { number: dialIn })] : []),
    ...(instructions ? [instructions] : []),
  ]
}

/** Whoever has the old way into the room already gets the new one with the change. */
const newRoom = async (tx: TenantTx, to: To) => ((await linkSent(tx, to.row.id)) ? roomLines(tx, to) : [])

/** The address may have been typed by somebody else, or wrongly: how to undo that. */
const notYou = (to: To): Line => t(to)('mail.not-you')

const writers: Record<What, (tx: TenantTx, to: To) => Promise<(Letter & { to: string }) | undefined>> = {
  confirm: async (tx, to) =>
    to.row.confirm_until && to.row.confirm_until > tx.now && !to.row.ended_on
      ? letter(to, 'confirm', [{ text: t(to)('mail.confirm.link'), href: ownHref(to) }, notYou(to)], {
          until: formats(to.language).dateTime(to.row.confirm_until),
        })
      : undefined,
  confirmed: async (tx, to) =>
    to.row.state === 'confirmed' && !to.row.confirm_until
      ? withCalendar(
          tx,
          to,
          'REQUEST',
          letter(to, 'confirmed', [...whenAndWhere(to), ...(await needLine(tx, to)), ownLink(to), notYou(to)]),
        )
      : undefined,
  waiting: async (_tx, to) =>
    to.row.state === 'waiting' && !to.row.confirm_until
      ? letter(to, 'waiting', [...whenAndWhere(to), ownLink(to), notYou(to)])
      : undefined,
  offer: async (tx, to) =>
    to.row.state === 'offered' && to.row.offered_until && to.row.offered_until > tx.now
      ? letter(to, 'offer', [...whenAndWhere(to), ownLink(to)], {
          until: formats(to.language).dateTime(to.row.offered_until),
        })
      : undefined,
  lapsed: async (_tx, to) => letter(to, 'lapsed', []),
  refused: async (_tx, to) => letter(to, 'refused', []),
  already: async (tx, to) =>
    to.row.confirm_until
      ? writers.confirm(tx, to)
      : to.row.ended_on
        ? undefined
        : letter(to, 'already', [...whenAndWhere(to), ownLink(to)]),
  changed: async (tx, to) =>
    to.row.confirm_until
      ? undefined
      : to.row.state === 'confirmed'
        ? withCalendar(
            tx,
            to,
            'REQUEST',
            letter(to, 'changed', [...whenAndWhere(to), ...(await newRoom(tx, to)), ownLink(to)]),
          )
        : to.row.state === 'offered'
          ? letter(to, 'changed', [...whenAndWhere(to), ownLink(to)])
          : undefined,
  cancelled: async (tx, to) => {
    const one = letter(to, 'cancelled', [])
    return to.row.state === 'confirmed' ? withCalendar(tx, to, 'CANCEL', one) : one
  },
  withdrawn: async (tx, to) => withCalendar(tx, to, 'CANCEL', letter(to, 'withdrawn', [])),
  left: async (_tx, to) => letter(to, 'left', []),
  link: async (tx, to) =>
    to.row.state === 'confirmed' && to.gathering.state === 'announced' && tx.now < endsAt(whenOf(to.gathering))
      ? letter(to, 'link', [...whenAndWhere(to), ...(await roomLines(tx, to)), ownLink(to)])
      : undefined,
  feedback: async (tx, to) =>
    to.row.attended_at
      ? letter(to, 'feedback', [
          {
            text: t(to)('mail.feedback.link'),
            href: `${to.origin}${addresses.gatheringFeedback(to.town.slug, feedbackToken(tx, to.row.id))}`,
          },
        ])
      : undefined,
}

const writerOf =
  (what: What): WriteLetter =>
  async (tx, { thing }, origin) => {
    const to = await addressee(tx, thing, origin)
    return to && writers[what](tx, to)
  }

export const letters: Letters = Object.fromEntries(
  (Object.keys(writers) as What[]).map((what) => [`gatherings.${what}`, writerOf(what)]),
)
