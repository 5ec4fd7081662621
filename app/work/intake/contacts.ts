/** What makes an entry of a contact sheet found again: exact name or number, in one way of writing. Pure. */

const plainName = (text: string): string =>
  text.normalize('NFC').toLocaleLowerCase('de').replaceAll(/\s+/gu, ' ').trim()

/** "Meier, Anna" is Anna Meier. */
function inOrder(name: string): string {
  const [family, given, ...rest] = name.split(',').map((part) => part.trim())
  return given && family && rest.length === 0 ? `${given} ${family}` : name
}

/** Digits only, beginning with 0: "+49 170 …", "0049 170 …" and "0170/…" are one number. */
function plainNumber(text: string): string {
  const digits = text.replaceAll(/\D/g, '')
  if (/^\s*\+/.test(text)) return digits.startsWith('49') ? `0${digits.slice(2)}` : `00${digits}`
  return digits.startsWith('0049') ? `0${digits.slice(4)}` : digits
}

const numbersIn = (text: string): string[] => (text.match(/\+?\d[\d\s/()-]{4,}\d/g) ?? []).map(plainNumber)

export interface Traces {
  readonly names: string[]
  readonly numbers: string[]
}

/** Under what an entry is found. */
export const tracesOf = ({ name, ways }: { name?: string; ways?: string }): Traces => ({
  names: name ? [plainName(inOrder(name))] : [],
  numbers: numbersIn(ways ?? ''),
})

/** What somebody may be looking for: the whole text is a name, or the whole text is a number. */
export function tracesAsked(asked: string): Traces {
  const number = /^[+\d\s/()-]{6,}$/.test(asked.trim())
  return number ? { names: [], numbers: numbersIn(asked) } : { names: [plainName(inOrder(asked))], numbers: [] }
}
