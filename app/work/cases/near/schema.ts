import { z } from 'zod'

export const purposes = ['joint', 'know', 'advise'] as const
export const bases = ['consent', 'duty', 'assistance'] as const
/** What a guest is shown beyond matter, place, subject and how it stands; `say` lets her leave a message. */
export const guestParts = ['parties', 'map', 'measures', 'agreement', 'course', 'say'] as const
export type GuestPart = (typeof guestParts)[number]

const needed = (message: string) => z.string(message).trim().min(1, message).max(200, message)

/** Whom another municipality is asked for, what for, on which basis, what is shown and until when. */
export const inviting = z.object({
  town: needed('missing.town'),
  name: needed('missing.name'),
  purpose: z.enum(purposes, 'missing.purpose'),
  basis: z.enum(bases, 'missing.basis'),
  // One tick comes as a text, several as a list, none not at all.
  parts: z
    .union([z.enum(guestParts).transform((one) => [one]), z.array(z.enum(guestParts))], 'missing.parts')
    .default([]),
  until: needed('missing.until'),
})

/** An invitation as both municipalities know it. */
export interface Invitation {
  readonly id: string
  readonly name: string
  readonly purpose: (typeof purposes)[number]
  readonly basis: (typeof bases)[number]
  readonly parts: readonly GuestPart[]
  /** Last day, `YYYY-MM-DD`. */
  readonly until: string
}
