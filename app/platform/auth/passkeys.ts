import { createHash } from 'node:crypto'
import { z } from 'zod'
import { revealWith, sealWith } from '../crypto/index.ts'
import { berlinDay, newId } from '../kernel/index.ts'
import type { TenantTx } from '../tenancy/index.ts'

/** Loaded on first use: it brings a library for certificates that an idle program can do without. */
const library = () => import('@simplewebauthn/server')

/** How long a question to a device may stay unanswered. */
const patience = 10 * 60_000

/** EdDSA, ECDSA and RSA, which every device knows one of; named, because the library's own list is experimental. */
const algorithms = [-8, -7, -257]

/** What a page asks a device: `options` for the browser, `sealed` comes back with the answer and proves the question. */
export interface Question {
  readonly options: string
  readonly sealed: string
}

/** The answer of a device as a form brings it, and where and under which key the question was asked. */
export interface PasskeyAnswer {
  readonly key: Buffer
  /** Public address of this installation; a passkey made for another one does not fit. */
  readonly origin: string
  readonly sealed: string
  readonly answer: string
}

const asked = z.object({ challenge: z.string(), until: z.number() })
const base = { id: z.string(), rawId: z.string(), type: z.literal('public-key') }
const extensions = z.record(z.string(), z.unknown())
const registration = z.object({
  ...base,
  response: z.object({ clientDataJSON: z.string(), attestationObject: z.string() }),
  clientExtensionResults: extensions,
})
const assertion = z.object({
  ...base,
  response: z.object({ clientDataJSON: z.string(), authenticatorData: z.string(), signature: z.string() }),
  clientExtensionResults: extensions,
})

const hostOf = (origin: string) => new URL(origin).hostname
const purposeOf = (person?: string) => (person ? `passkey:add:${person}` : 'passkey:enter')

function question(key: Buffer, now: Date, options: { challenge: string }, person?: string): Question {
  const sealed = sealWith(
    key,
    purposeOf(person),
    JSON.stringify({ challenge: options.challenge, until: now.getTime() + patience }),
  )
  return { options: JSON.stringify(options), sealed: sealed.toString('base64url') }
}

/** Asks a device for a new passkey of this person. */
export async function askToAdd(
  tx: TenantTx,
  { key, origin, town, person }: { key: Buffer; origin: string; town: string; person: { id: string; name: string } },
): Promise<Question> {
  const own = await passkeysOf(tx, person.id)
  const { generateRegistrationOptions } = await library()
  const options = await generateRegistrationOptions({
    rpName: town,
    rpID: hostOf(origin),
    userName: person.name,
    userDisplayName: person.name,
    userID: new TextEncoder().encode(person.id),
    excludeCredentials: own.map(({ credential }) => ({ id: credential })),
    supportedAlgorithmIDs: algorithms,
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
  return question(key, tx.now, options, person.id)
}

/** Asks whichever device is at hand who is there; names nobody. */
export async function askToEnter(key: Buffer, origin: string, now: Date): Promise<Question> {
  const { generateAuthenticationOptions } = await library()
  const options = await generateAuthenticationOptions({ rpID: hostOf(origin), userVerification: 'required' })
  return question(key, now, options)
}

/** The challenge of a question of ours that is not too old and has not been answered before. */
async function challengeOf(tx: TenantTx, { key, sealed }: PasskeyAnswer, person?: string): Promise<string | undefined> {
  const found = attempt(() =>
    asked.parse(JSON.parse(revealWith(key, purposeOf(person), Buffer.from(sealed, 'base64url')))),
  )
  if (!found || found.until < tx.now.getTime()) return undefined
  await tx.db.deleteFrom('auth.spent_challenge').where('expires_at', '<', tx.now).execute()
  const spent = await tx.db
    .insertInto('auth.spent_challenge')
    .values({ hash: createHash('sha256').update(found.challenge).digest(), expires_at: new Date(found.until) })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return spent.numInsertedOrUpdatedRows === 1n ? found.challenge : undefined
}

/** Whatever a browser sends may be nonsense; the checks throw then. */
function attempt<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch {
    return undefined
  }
}

/** Keeps a passkey. False when the answer proves nothing; then nothing is kept. */
export async function addPasskey(tx: TenantTx, person: string, name: string, given: PasskeyAnswer): Promise<boolean> {
  const expectedChallenge = await challengeOf(tx, given, person)
  const response = attempt(() => registration.parse(JSON.parse(given.answer)))
  if (!expectedChallenge || !response) return false
  const { verifyRegistrationResponse } = await library()
  const checked = await verifyRegistrationResponse({
    response,
    expectedChallenge,
    expectedOrigin: given.origin,
    expectedRPID: hostOf(given.origin),
    supportedAlgorithmIDs: algorithms,
  }).catch(() => undefined)
  if (!checked?.verified) return false
  const { id, publicKey, counter } = checked.registrationInfo.credential
  const kept = await tx.db
    .insertInto('auth.passkey')
    .values({
      id: newId(),
      person_id: person,
      credential: id,
      public_key: Buffer.from(publicKey),
      counter,
      name,
      added_on: berlinDay(tx.now),
      used_on: null,
    })
    .onConflict((conflict) => conflict.columns(['municipality_id', 'credential']).doNothing())
    .executeTakeFirst()
  return kept.numInsertedOrUpdatedRows === 1n
}

/** The person whose passkey answered; undefined when the answer proves nothing or she has left. */
export async function enterByPasskey(tx: TenantTx, given: PasskeyAnswer): Promise<string | undefined> {
  const expectedChallenge = await challengeOf(tx, given)
  const response = attempt(() => assertion.parse(JSON.parse(given.answer)))
  if (!expectedChallenge || !response) return undefined
  const row = await tx.db
    .selectFrom('auth.passkey as k')
    .innerJoin('auth.person as p', (join) =>
      join.onRef('p.municipality_id', '=', 'k.municipality_id').onRef('p.id', '=', 'k.person_id'),
    )
    .select(['k.id', 'k.person_id', 'k.credential', 'k.public_key', 'k.counter'])
    .where('k.credential', '=', response.id)
    .where((eb) => eb.or([eb('p.left_on', 'is', null), eb('p.left_on', '>', berlinDay(tx.now))]))
    .forUpdate()
    .executeTakeFirst()
  if (!row) return undefined
  const { verifyAuthenticationResponse } = await library()
  const checked = await verifyAuthenticationResponse({
    response,
    expectedChallenge,
    expectedOrigin: given.origin,
    expectedRPID: hostOf(given.origin),
    credential: { id: row.credential, publicKey: Uint8Array.from(row.public_key), counter: row.counter },
  }).catch(() => undefined)
  if (!checked?.verified) return undefined
  await tx.db
    .updateTable('auth.passkey')
    .set({ counter: checked.authenticationInfo.newCounter, used_on: berlinDay(tx.now) })
    .where('id', '=', row.id)
    .execute()
  return row.person_id
}

/** Somebody's passkeys, oldest first. */
export const passkeysOf = (tx: TenantTx, person: string) =>
  tx.db
    .selectFrom('auth.passkey')
    .select(['id', 'name', 'credential', 'added_on', 'used_on'])
    .where('person_id', '=', person)
    .orderBy('added_on')
    .orderBy('name')
    .execute()

/** Takes one of her passkeys back. False when it is none of hers. */
export async function removePasskey(tx: TenantTx, person: string, id: string): Promise<boolean> {
  const removed = await tx.db
    .deleteFrom('auth.passkey')
    .where('id', '=', id)
    .where('person_id', '=', person)
    .executeTakeFirst()
  return removed.numDeletedRows === 1n
}
