import { randomInt, timingSafeEqual } from 'node:crypto'
import { holdersOf } from '#platform/access/index.ts'
import { record } from '#platform/audit/index.ts'
import { invite } from '#platform/auth/index.ts'
import { berlinDay, newId, NotAllowed } from '#platform/kernel/index.ts'
import { notify, queueMail } from '#platform/mail/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { modelInForce } from '#work/model/index.ts'
import { commandLine, recoveryLife, releasing } from '../rules.ts'

/** Time for the person herself to notice and stop it. */
const recoveryWait = 24 * 3_600_000
const linkLength = 86_400_000
const mostOpen = 3

const numberOf = (tx: TenantTx, id: string, number: string) => tx.lookup('recovery', `${id}:${number}`)

/** Six digits that whoever asks reads to the two who confirm. */
export const newRecoveryNumber = (): string => String(randomInt(1_000_000)).padStart(6, '0')

/** Proves in the address of a mail that it was sent to the person concerned. */
export const stopToken = (tx: TenantTx, id: string): string =>
  `${id}.${tx.lookup('recovery-stop', id).toString('base64url')}`

/** Everybody who may be the second person in what concerns this one. */
export async function helpersFor(tx: TenantTx, person: string): Promise<string[]> {
  const { verbs } = await modelInForce(tx)
  const roles = [...verbs].filter(([, held]) => releasing.some((verb) => held.has(verb))).map(([role]) => role)
  return [...new Set((await holdersOf(tx, roles)).map((row) => row.person))].filter((one) => one !== person)
}

/** The person by mail, and everybody who may confirm or stop, as usual. `once` keeps the same mail from leaving twice. */
async function tellAll(tx: TenantTx, id: string, person: string, kind: 'asked' | 'confirmed' | 'issued') {
  await queueMail(tx, {
    kind: `people.recovery.${kind}`,
    once: id,
    person,
    thing: `recovery:${id}`,
    priority: 'alert',
  })
  await notify(tx, await helpersFor(tx, person), tx.now)
}

/**
 * Somebody says she has lost her access. Does nothing for an unknown address, so the answer must not depend on it.
 * At most three requests stand open for one person.
 */
export async function askRecovery(tx: TenantTx, mail: string, number: string): Promise<void> {
  await tx.db
    .deleteFrom('people.recovery')
    .where('asked_at', '<', new Date(tx.now.getTime() - recoveryLife))
    .execute()
  const person = await tx.db
    .selectFrom('auth.person')
    .select('id')
    .where((eb) => eb(eb.fn('lower', ['mail']), '=', mail.trim().toLowerCase()))
    .where((eb) => eb.or([eb('left_on', 'is', null), eb('left_on', '>', berlinDay(tx.now))]))
    .forUpdate()
    .executeTakeFirst()
  if (!person) return
  const open = await tx.db.selectFrom('people.recovery').select('id').where('person_id', '=', person.id).execute()
  if (open.length >= mostOpen) return
  const id = newId()
  await tx.db
    .insertInto('people.recovery')
    .values({ id, person_id: person.id, number_hash: numberOf(tx, id, number), asked_at: tx.now })
    .execute()
  await record(tx, 'recovery-asked', `person:${person.id}`)
  await tellAll(tx, id, person.id, 'asked')
}

async function lockRecovery(tx: TenantTx, id: string) {
  const row = await tx.db
    .selectFrom('people.recovery')
    .selectAll()
    .where('id', '=', id)
    .where('asked_at', '>=', new Date(tx.now.getTime() - recoveryLife))
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw new NotAllowed('recovery', { hidden: true })
  return row
}

/**
 * One of two people says that she spoke with the person and heard the number from her. With the second the waiting time
 * begins. False for a wrong number. Throws NotAllowed for the person herself and for the same helper twice; the program stands for the command line.
 */
export async function confirmRecovery(tx: TenantTx, id: string, number: string): Promise<boolean> {
  const row = await lockRecovery(tx, id)
  const me = tx.who.kind === 'person' ? tx.who.id : commandLine
  if ([row.person_id, row.first_by, row.second_by].includes(me) || row.second_by)
    throw new NotAllowed('recovery', { hidden: false })
  if (!timingSafeEqual(numberOf(tx, id, number.replaceAll(/\s/g, '')), row.number_hash)) return false
  const values = row.first_by
    ? { second_by: me, ready_at: new Date(tx.now.getTime() + recoveryWait) }
    : { first_by: me }
  await tx.db.updateTable('people.recovery').set(values).where('id', '=', id).execute()
  await record(tx, 'recovery-confirmed', `person:${row.person_id}`)
  if (row.first_by) await tellAll(tx, id, row.person_id, 'confirmed')
  return true
}

/**
 * Whoever runs the machine is one of the two, for an office of two people; the other, a person, gives the link out.
 * False when nothing open has this address and number.
 */
export async function confirmFromCommandLine(tx: TenantTx, mail: string, number: string): Promise<boolean> {
  const open = await tx.db
    .selectFrom('people.recovery as r')
    .innerJoin('auth.person as p', (join) =>
      join.onRef('p.municipality_id', '=', 'r.municipality_id').onRef('p.id', '=', 'r.person_id'),
    )
    .select('r.id')
    .where((eb) => eb(eb.fn('lower', ['p.mail']), '=', mail.trim().toLowerCase()))
    .where('r.asked_at', '>=', new Date(tx.now.getTime() - recoveryLife))
    .where('r.second_by', 'is', null)
    .where((eb) => eb.or([eb('r.first_by', 'is', null), eb('r.first_by', '<>', commandLine)]))
    .execute()
  for (const { id } of open) if (await confirmRecovery(tx, id, number)) return true
  return false
}

/** Ends it: the person herself, whoever may confirm, or the program for the link in her mail. */
export async function stopRecovery(tx: TenantTx, id: string): Promise<void> {
  const row = await lockRecovery(tx, id)
  await tx.db.deleteFrom('people.recovery').where('id', '=', id).execute()
  await record(tx, 'recovery-stopped', `person:${row.person_id}`)
  await notify(tx, await helpersFor(tx, row.person_id), tx.now)
}

/** The recovery a link in a mail is about; undefined when the link is none of ours or it is over. */
export async function recoveryOf(tx: TenantTx, token: string): Promise<string | undefined> {
  const [id = ''] = token.split('.')
  if (!/^[0-9a-f-]{36}$/.test(id)) return undefined
  const [given, right] = [Buffer.from(token), Buffer.from(stopToken(tx, id))]
  if (given.length !== right.length || !timingSafeEqual(given, right)) return undefined
  const row = await tx.db.selectFrom('people.recovery').select('id').where('id', '=', id).executeTakeFirst()
  return row?.id
}

/** After the waiting time one of the two gets the token of the one-time link, which is good for a day. */
export async function issueRecovery(tx: TenantTx, id: string): Promise<string> {
  const row = await lockRecovery(tx, id)
  const mine = tx.who.kind === 'person' && [row.first_by, row.second_by].includes(tx.who.id)
  if (!mine || !row.ready_at || row.ready_at > tx.now) throw new NotAllowed('recovery', { hidden: false })
  await tx.db.deleteFrom('people.recovery').where('id', '=', id).execute()
  await record(tx, 'recovery-issued', `person:${row.person_id}`)
  await tellAll(tx, id, row.person_id, 'issued')
  return invite(tx, row.person_id, { anew: true, length: linkLength })
}
