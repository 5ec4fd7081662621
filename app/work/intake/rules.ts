/** Where a list row ends when it shows the beginning of a report. */
const headlineLength = 90

/** The beginning of what was told, cut at a word, for lists: the only sealed text a list row opens. */
export function headlineOf(observed: string): string {
  const line = observed.replace(/\s+/g, ' ').trim()
  if (line.length <= headlineLength) return line
  const cut = line.slice(0, headlineLength)
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), headlineLength / 2))} …`
}

export interface Looked {
  readonly danger: boolean
  readonly notVisibleTo: readonly string[]
}

/** Lists sort by it: 0 for ongoing danger, 1 for everything else. */
export const rankOf = ({ danger }: Looked) => (danger ? 0 : 1)

/**
 * Who reads first. As soon as anybody is named who must not read it, the substitute of the model decides who that
 * is, before anybody is told.
 */
export const heldForOf = ({ notVisibleTo }: Looked): 'substitute' | null => (notVisibleTo.length > 0 ? 'substitute' : null)

/** Contact data contradict anonymity; the form says so at the field. */
export const contradicts = (anonymity: string, contact: string | undefined) => anonymity === 'anonymous' && Boolean(contact?.trim())
