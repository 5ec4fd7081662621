/** Who may do what, as sentences; which requests somebody sees is decided row by row. */
export const may = {
  /** Whoever exports hands a case to the file that leads, and prepares answers to requests. */
  prepare: ['cases.export'],
  /** Whoever prepares or may decide as the second person reads the requests she may see. */
  read: ['cases.export', 'second.decide'],
  /** Only roles the model names decide; the command asks. */
  decide: ['second.decide'],
} as const
