import type { JobHandlers } from '#platform/jobs/index.ts'
import type { Slice } from '#platform/web/index.ts'
import { casesSlice } from '#work/cases/index.ts'
import { intakeSlice } from '#work/intake/index.ts'

/** The fields of work, in the order of the navigation. */
export const slices: readonly Slice[] = [intakeSlice, casesSlice]

export const jobsOf = (all: readonly Slice[]): JobHandlers => Object.assign({}, ...all.map((slice) => slice.jobs ?? {}))
