/** What a calendar program answers to an invitation (RFC 5546, 3.2.3): the little of it that is ever used. */
export interface CalendarReply {
  readonly uid: string
  readonly answer: 'accepted' | 'declined' | 'tentative'
  /** Which version of the invitation it is about. */
  readonly sequence: number
  /** When it was written, as that program says. */
  readonly at: Date
}

const answers: Record<string, CalendarReply['answer']> = {
  ACCEPTED: 'accepted',
  DECLINED: 'declined',
  TENTATIVE: 'tentative',
}

/** Name, parameters and value of each line, folds undone. */
const linesOf = (text: string) =>
  text
    .replaceAll(/\r\n|\r/g, '\n')
    .replaceAll(/\n[ \t]/g, '')
    .split('\n')
    .slice(0, 2_000)
    .flatMap((line) => {
      const [, name, parameters = '', value = ''] =
        /^([\w-]+)((?:;[\w-]+=(?:"[^"]*"|[^";:]*)+)*):(.*)$/.exec(line) ?? []
      return name ? [{ name: name.toUpperCase(), parameters, value: value.trim() }] : []
    })

function momentIn(text: string): Date | undefined {
  const [, y, mo, d, h, mi, s] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text) ?? []
  const at = new Date(`${y}-${mo}-${d}T${h}:${mi}:${s}Z`)
  return Number.isNaN(at.getTime()) ? undefined : at
}

/**
 * Reads an answer. Undefined for what is none: another method, several appointments or attendees, no answer we know.
 * Nobody vouches for what it says; it may be shown to somebody, and nothing more.
 */
export function readReply(text: string): CalendarReply | undefined {
  const lines = linesOf(text)
  const all = (name: string) => lines.filter((line) => line.name === name)
  const one = (name: string) => (all(name).length === 1 ? all(name)[0] : undefined)
  const appointments = all('BEGIN').filter(({ value }) => value.toUpperCase() === 'VEVENT')
  if (one('METHOD')?.value.toUpperCase() !== 'REPLY' || appointments.length !== 1) return undefined
  const said = /;PARTSTAT=("?)([A-Z-]+)\1/i.exec(one('ATTENDEE')?.parameters ?? '')?.[2]?.toUpperCase()
  const answer = answers[said ?? '']
  const [uid, at] = [one('UID')?.value, momentIn(all('DTSTAMP')[0]?.value ?? '')]
  const sequence = Number(all('SEQUENCE')[0]?.value ?? 0)
  return answer && uid && at && Number.isSafeInteger(sequence) ? { uid, answer, sequence, at } : undefined
}
