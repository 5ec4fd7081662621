/** Who may do what, as sentences; which requests somebody sees is decided row by row. */
export const may = {
  /** Whoever exports hands a case to the file that leads, and prepares answers to requests. */
  prepare: ['cases.export'],
  /** The substitute prepares her own part as well; which requests, the page asks. */
  extract: ['cases.export', 'intake.substitute'],
  /** The substitute looks for a person in what only she reads. */
  substitute: ['intake.substitute'],
  /** Whoever prepares or may decide as the second person reads the requests she may see; who decides, the command asks the model. */
  read: ['cases.export', 'second.decide', 'intake.substitute'],
} as const
