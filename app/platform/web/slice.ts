import type { JobHandlers, Timed } from '../jobs/index.ts'
import type { BulkLetters, Letters } from '../mail/index.ts'
import type { Retained } from '../retention/index.ts'
import type { Findable } from '../search/index.ts'
import type { TenantTx } from '../tenancy/index.ts'
import type { Route } from './route.ts'
import type { Person } from './visit.ts'

/** One line of Heute: who waits for what since when; opens the very step. */
export interface Waiting {
  readonly section: 'now' | 'this-week' | 'later' | 'others'
  /** What has to be done, as a sentence in German. */
  readonly what: string
  readonly since: string
  readonly dueAt: Date | null
  readonly href: string
}

/** Until when somebody must have done something; neither headline nor any other text of the record. */
export interface Deadline {
  /** The record, `report:<id>`; it does not leave the program. */
  readonly thing: string
  readonly at: Date
  /** The kind of task in German, the same for every record of that kind. */
  readonly what: string
}

/** One find of the global search. */
export interface Found {
  readonly title: string
  readonly about: string
  readonly href: string
}

/** What another field of work has to show on the page of a case. */
export interface CasePart {
  readonly title: string
  readonly lines: readonly { readonly text: string; readonly about: string; readonly href: string }[]
}

interface Measured {
  readonly label: string
  readonly each: readonly number[]
}

/** What a field of work counts of a year, every number as it is: whoever shows them hides the small ones first. */
export interface Counted {
  /** The heading, in German. */
  readonly title: string
  /** The same things divided in several ways; each way adds up to the same total. */
  readonly divisions: readonly {
    readonly label: string
    readonly parts: readonly { readonly label: string; readonly count: number }[]
  }[]
  /** How long something took, in working days: a number for each thing of which it is known. */
  readonly times?: readonly Measured[]
  /** What is added up over all of them, in hours: a number for each thing of which it is known. */
  readonly hours?: readonly Measured[]
}

/** An entry of the navigation; shown when the person has one of the verbs. */
export interface NavigationEntry {
  readonly group: 'work' | 'learn' | 'set-up'
  readonly order: number
  readonly label: string
  readonly href: (slug: string) => string
  readonly verbs: readonly string[]
}

/** One thing somebody works on, for the day she leaves or gives up a role. */
export interface Held {
  /** The record's id. */
  readonly record: string
  /** The heading it stands under, in German. */
  readonly among: string
  /** What it is called to people who may not read it: its number. */
  readonly what: string
  /** Who could take it over, by name; `nobody` as the id of a way that needs no person. Empty: she cannot leave yet. */
  readonly to: readonly { readonly id: string; readonly name: string }[]
  /** Whether she could go on with these roles alone, and the verbs they give; absent where it hangs on no role. */
  readonly keeps?: (left: { readonly roles: readonly string[]; readonly verbs: ReadonlySet<string> }) => boolean
  readonly handOver: (tx: TenantTx, to: string) => Promise<void>
}

/** The id that stands for a way without a person in `Held.to`. */
export const nobody = 'nobody'

/** A question that only one of these roles may answer: nobody can take it over, somebody has to be appointed first. */
export const onlyAnsweredBy = (roles: readonly string[], question: Pick<Held, 'record' | 'among' | 'what'>): Held => ({
  ...question,
  to: [],
  keeps: (left) => roles.some((role) => left.roles.includes(role)),
  handOver: () => Promise.resolve(),
})

/** What crosses all fields of work goes through this one contract. */
export interface Slice {
  readonly name: string
  readonly routes: readonly Route[]
  readonly navigation?: readonly NavigationEntry[]
  readonly jobs?: JobHandlers
  /** Writes the mails this slice has queued, by kind. */
  readonly letters?: Letters
  /** The same for letters to many, some dozen at a time. */
  readonly bulkLetters?: BulkLetters
  /** What this slice does by itself at set times. */
  readonly timed?: readonly Timed[]
  /** Puts into the queue what the rows say still has to be done: a restored backup brings rows and no queue. */
  readonly owed?: (tx: TenantTx) => Promise<void>
  readonly waiting?: (tx: TenantTx, person: Person, slug: string) => Promise<Waiting[]>
  /** What this person works on and somebody else must take over when she leaves. */
  readonly held?: (tx: TenantTx, person: string) => Promise<Held[]>
  readonly deadlines?: (tx: TenantTx, person: Person) => Promise<Deadline[]>
  /** What search finds of this slice, so that a lost index can be made anew. */
  readonly findable?: Findable
  /** How long what this slice keeps lives, and what is left of it afterwards. */
  readonly retained?: Retained
  /** What this slice knows of a case, as far as the person may see it; the page of the case shows it. */
  readonly aboutCase?: (tx: TenantTx, slug: string, caseId: string) => Promise<CasePart | undefined>
  /**
   * What of this slice stands in the figures of a calendar year. Asked as the program, so that everybody reads the same:
   * what somebody is kept from is left out.
   */
  readonly counted?: (tx: TenantTx, year: number) => Promise<Counted>
  readonly search?: (tx: TenantTx, person: Person, slug: string, words: string) => Promise<Found[]>
}
