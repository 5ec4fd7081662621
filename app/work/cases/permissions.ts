/** Who may do what on the pages of a case, as sentences; which cases somebody sees at all is decided row by row. */
export const may = {
  /** Everybody who works on cases reads those she sees. */
  read: ['cases.read', 'cases.handle'],
  /** Whoever assesses writes down what is known. */
  assess: ['cases.assess'],
  /** Whoever chooses decides how a case is worked on. */
  choose: ['cases.choose'],
  /** Whoever chooses or handles writes down that the parties took their release back. */
  release: ['cases.choose', 'cases.handle'],
  /** Whoever assigns decides who sees a case, and until when. */
  assign: ['cases.assign'],
  /** Whoever handles cases says whether she has time. */
  handle: ['cases.handle'],
  /** Whoever handles or assesses notes talks and measures. */
  note: ['cases.handle', 'cases.assess'],
  /** Whoever closes cases closes those she sees. */
  close: ['cases.close'],
  /** Whoever follows up looks whether it holds. */
  follow: ['cases.follow'],
  /** Whoever evaluates asks those concerned how it was. */
  evaluate: ['cases.evaluate'],
  /** Whoever reads figures sees what they said, all cases together. */
  figures: ['figures.read'],
  /** Whoever exports takes the register of the cases she sees out of the program. */
  export: ['cases.export'],
  /** Whoever may suspend deletion does so for the cases she sees. */
  hold: ['retention.hold'],
  /** The second person needs no case: she reads a question and its reason. */
  second: ['second.decide'],
} as const
