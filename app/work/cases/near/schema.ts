import { z } from 'zod'

export const purposes = ['joint', 'know', 'advise'] as const
export const bases = ['consent', 'duty', 'assistance'] as const
export const extents = ['extract', 'case'] as const

const needed = (message: string) => z.string(message).trim().min(1, message).max(200, message)

/** Whom another municipality is asked for, what for, on which basis, how far and until when. */
export const inviting = z.object({
  town: needed('missing.town'),
  name: needed('missing.name'),
  purpose: z.enum(purposes, 'missing.purpose'),
  basis: z.enum(bases, 'missing.basis'),
  extent: z.enum(extents, 'missing.extent'),
  until: needed('missing.until'),
})

/** An invitation as both municipalities know it. */
export interface Invitation {
  readonly id: string
  readonly name: string
  readonly purpose: (typeof purposes)[number]
  readonly basis: (typeof bases)[number]
  readonly extent: (typeof extents)[number]
  /** Last day, `YYYY-MM-DD`. */
  readonly until: string
}
