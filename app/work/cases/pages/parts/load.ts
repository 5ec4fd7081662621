import { NotAllowed } from '#platform/kernel/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import type { View, Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import type { Move, Published } from '#work/model/index.ts'
import { readsExtract } from '../../commands/store.ts'
import { openedCase, type OpenedCase } from '../../queries.ts'
import type { Course } from '../../queries/course.ts'
import type { Lacking } from '../../queries/entitled.ts'
import type { KeptCase } from '../../queries/keeping.ts'
import { Whose } from './whose.tsx'

/** What the page of a case is made from. */
export interface Shown {
  readonly found: OpenedCase
  readonly model: Published
  readonly inForce: Published
  readonly moves: readonly Move[]
  readonly told: Course
  readonly keeping: KeptCase
  /** Who works on it without what the format needs; empty for whoever must not know the format. */
  readonly lacking: readonly Lacking[]
  /** A format that two lead has only one; said to whoever knows the format. */
  readonly alone: boolean
  /** It was somebody's and is nobody's today; said to whoever finds somebody. */
  readonly orphan: boolean
}

/** What of a case, beside its own page, is there for whoever is shown an extract. */
const inExtract: readonly string[] = ['zeitstrahl', 'unparteilichkeit']

/** The case an address names; hidden when it, or this part of it, is not there for this person. */
export async function caseOf(tx: TenantTx, visit: Visit): Promise<OpenedCase> {
  const found = await openedCase(tx, visit.params.case ?? '')
  if (!found) throw new NotAllowed('case', { hidden: true })
  const part = visit.url.pathname.split(`/${found.id}/`)[1]
  if (part !== undefined && !inExtract.includes(part) && (await readsExtract(tx, found.id)))
    throw new NotAllowed('extract', { hidden: true })
  return found
}

/** A page about one part of a case, with the way back to it and, given the case, a line that says which one it is. */
export const partOf = (
  visit: Visit,
  of: string | Pick<OpenedCase, 'id' | 'number' | 'matter'>,
  { body, ...view }: Pick<View, 'title' | 'body'> & Partial<View>,
): View => ({
  layout: 'staff',
  at: addresses.cases(visit.town),
  back: addresses.casePage(visit.town, typeof of === 'string' ? of : of.id),
  ...view,
  body: typeof of === 'string' ? body : Whose({ ...of, children: body }),
})

/** Something has to be mended. */
export const mend = { status: 422, error: true } as const
