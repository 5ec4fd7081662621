/**
 * Control characters (tab and newline apart), and those that turn the direction of foreign text: they let a text show
 * something other than what it says. Joiners and direction marks stay: Persian and emoji need them.
 */
// oxlint-disable-next-line no-control-regex
const unseen = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069\uFEFF]/g
const newlines = /\r\n|[\r\u2028\u2029\u0085]/g

/** A typed text in the one form we keep: NFC, \n for newlines, trimmed, nothing invisible that misleads. */
export const cleanText = (text: string): string =>
  text.toWellFormed().replace(newlines, '\n').replace(unseen, '').normalize('NFC').trim()

/** European digits for Arabic-Indic and Persian ones, so that codes, dates and phone numbers can be typed as at home. */
export const europeanDigits = (text: string): string =>
  text.replace(/[\u0660-\u0669\u06F0-\u06F9]/g, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf))
