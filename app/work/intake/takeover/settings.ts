import type { Field } from './columns.ts'
import type { Reading } from './rows.ts'

/** All that was chosen about a file, sealed with it. */
export interface Settings extends Reading {
  /** The headings of the source, for choosing columns. */
  readonly headings: readonly string[]
  /** Of a register: the step running rows begin at, in this version of the model. */
  readonly step: string
  readonly modelVersion: string
  /** Of a list: into the inbox, or only watched until a day. */
  readonly goal: 'inbox' | 'watch'
  readonly watchUntil?: string
  /** What columns that are filled down held at the end of the part before. */
  readonly above?: readonly (readonly [Field, string])[]
}

/** Undoing is possible for so many days. */
export const undoDays = 14
