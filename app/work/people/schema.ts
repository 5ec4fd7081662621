import { z } from 'zod'
import { looksLikeRecoveryCode } from '#platform/auth/index.ts'

const mail = z.email('error.mail').max(200, 'error.mail')
const code = z
  .string()
  .trim()
  .regex(/^\d{3}\s?\d{3}$/, 'error.code')

/** Six digits of the app, or in their place a recovery code. */
export const signIn = z.object({
  mail,
  password: z.string().min(1, 'error.password').max(500),
  code: z.union([code, z.string().max(40).refine(looksLikeRecoveryCode)], 'error.code'),
})

export const lostAccess = z.object({ mail })

/** What a device answered; `sealed` proves what it was asked. */
export const passkeyAnswer = z.object({ sealed: z.string().max(4_000), answer: z.string().max(20_000) })

export const newPasskey = passkeyAnswer.extend({
  name: z.string().trim().min(1, 'error.passkey.name').max(60, 'error.passkey.name'),
})

/** What the invitation asks: a password long enough to be a sentence, and proof that the app works. */
export const firstAccess = z.object({
  password: z.string().min(12, 'error.password.short').max(500, 'error.password.short'),
  code,
  factor: z.string().min(1),
})

export const newPerson = z.object({
  name: z.string().trim().min(1, 'error.name').max(200, 'error.name'),
  mail,
  roles: z.preprocess(
    (value) => (value === undefined ? [] : [value].flat()),
    z.array(z.string().max(60)).min(1, 'error.role').max(30),
  ),
})
export type NewPerson = z.output<typeof newPerson>

export const terms = z.object({
  employed: z.string().max(10).default(''),
  undertaken: z.string().trim().max(20, 'error.day').default(''),
  superior: z.union([z.literal(''), z.uuid('error.superior')]).default(''),
})

/** Days as staff type them; read with today's date by the page. */
export const newAbsence = z.object({
  from: z.string().trim().min(1, 'error.day').max(20, 'error.day'),
  until: z.string().trim().max(20, 'error.day').default(''),
  deputy: z.uuid('error.deputy'),
  /** Of one's staff; without it one's own absence. */
  person: z.union([z.literal(''), z.uuid()]).default(''),
})
