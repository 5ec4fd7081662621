import type { JobHandlers } from '#platform/jobs/index.ts'
import type { Timed } from '#platform/jobs/index.ts'
import { noticeLetters, type BulkLetters, type Letters } from '#platform/mail/index.ts'
import type { Retained } from '#platform/retention/index.ts'
import type { Slice } from '#platform/web/index.ts'
import { casesSlice } from '#work/cases/index.ts'
import { deskSlice } from '#work/desk/index.ts'
import { gatheringsSlice } from '#work/gatherings/index.ts'
import { inspectionSlice } from '#work/inspection/index.ts'
import { intakeSlice } from '#work/intake/index.ts'
import { networkSlice } from '#work/network/index.ts'
import { newsletterSlice } from '#work/newsletter/index.ts'
import { peopleSlice } from '#work/people/index.ts'

const cases = casesSlice([intakeSlice, inspectionSlice])
const fields: readonly Slice[] = [
  intakeSlice,
  cases,
  inspectionSlice,
  gatheringsSlice,
  peopleSlice([cases, intakeSlice, inspectionSlice]),
  networkSlice,
  newsletterSlice,
]

/** The fields of work; the desk stands above them and asks each. */
export const slices: readonly Slice[] = [deskSlice(fields), ...fields]

export const jobsOf = (all: readonly Slice[]): JobHandlers => Object.assign({}, ...all.map((slice) => slice.jobs ?? {}))
export const lettersOf = (all: readonly Slice[]): Letters =>
  Object.assign({}, noticeLetters, ...all.map((slice) => slice.letters ?? {}))
export const bulkLettersOf = (all: readonly Slice[]): BulkLetters =>
  Object.assign({}, ...all.map((slice) => slice.bulkLetters ?? {}))

export const timedOf = (all: readonly Slice[]): Timed[] => all.flatMap((slice) => slice.timed ?? [])

export const retainedOf = (all: readonly Slice[]): Retained[] => all.flatMap((slice) => slice.retained ?? [])
