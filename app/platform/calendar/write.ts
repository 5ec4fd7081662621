/** A text as the value of a property: RFC 5545 3.3.11. */
export const escapeText = (text: string): string =>
  text
    .replaceAll(/[\p{Cc}--[\n]]/gv, '')
    .replaceAll(/[\\;,]/g, (sign) => `\\${sign}`)
    .replaceAll('\n', '\\n')

/** 20261123T090000Z: UTC, which every calendar program shows in its own zone. */
export const utcStamp = (at: Date): string => `${at.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`

/** Lines of at most 75 octets; a letter is never cut in the middle. */
function fold(line: string): string {
  let out = ''
  let octets = 0
  for (const letter of line) {
    const length = Buffer.byteLength(letter)
    if (octets + length > 75) {
      out += '\r\n '
      octets = 1
    }
    out += letter
    octets += length
  }
  return out
}

/** A calendar of finished property lines, folded and closed. `product` names the part of the program that wrote it. */
export function calendarText(product: string, lines: readonly string[]): string {
  const all = ['BEGIN:VCALENDAR', 'VERSION:2.0', `PRODID:-//Besonnen//${product}//DE`, 'CALSCALE:GREGORIAN', ...lines]
  return `${[...all, 'END:VCALENDAR'].map(fold).join('\r\n')}\r\n`
}
