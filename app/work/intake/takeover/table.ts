/** One row of the source: the number people see beside it, and its cells as text (days `YYYY-MM-DD`, numbers with comma). */
export interface Line {
  readonly line: number
  readonly cells: readonly string[]
}
export interface Table {
  readonly lines: readonly Line[]
}
