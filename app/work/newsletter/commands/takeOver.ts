import { record } from '#platform/audit/index.ts'
import { berlinDay, newId } from '#platform/kernel/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { most, readList, type Faulty, type Line, type ReadList } from '../takeOver.ts'
import { topics } from '../queries.ts'
import { prove, type NewProof } from './proof.ts'
import { addressToken, placeOfAddress, subscribe, type Asking } from './subscribe.ts'

const chunk = 500

/** Which of these lines may not be taken: whoever ended it or never got it is left alone, whoever has it keeps it. */
async function knownOnes(tx: TenantTx, lines: readonly Line[]): Promise<Map<string, 'suppressed' | 'known'>> {
  const found = new Map<string, 'suppressed' | 'known'>()
  for (let at = 0; at < lines.length; at += chunk) {
    const tokens = lines.slice(at, at + chunk).map(({ address }) => addressToken(tx, address))
    const known = await tx.db
      .selectFrom('newsletter.subscriber')
      .select('address_token')
      .where('state', 'in', ['confirmed', 'requested'])
      .where((eb) => eb('address_token', '=', eb.fn.any(eb.val(tokens))))
      .execute()
    const suppressed = await tx.db
      .selectFrom('newsletter.suppression')
      .select('address_token')
      .where((eb) => eb('address_token', '=', eb.fn.any(eb.val(tokens))))
      .execute()
    for (const row of known) found.set(row.address_token.toString('hex'), 'known')
    for (const row of suppressed) found.set(row.address_token.toString('hex'), 'suppressed')
  }
  return found
}

/** Reads a list against what is here. Changes nothing. */
export async function checkList(tx: TenantTx, text: string): Promise<ReadList> {
  const read = readList(text, berlinDay(tx.now))
  const known = await knownOnes(tx, read.lines)
  const lines: Line[] = []
  const faults: Faulty[] = [...read.faults]
  let unproven = 0
  for (const line of read.lines) {
    const fault = known.get(addressToken(tx, line.address).toString('hex'))
    const many = !fault && !line.proof && (unproven += 1) > most.unproven
    if (fault) faults.push({ line: line.line, fault })
    else if (many) faults.push({ line: line.line, fault: 'many' })
    else lines.push(line)
  }
  return { lines, faults: faults.toSorted((a, b) => a.line - b.line) }
}

async function takeProven(tx: TenantTx, lines: readonly Line[], chosen: readonly string[]): Promise<void> {
  const keys = []
  const rows = []
  const proofs: NewProof[] = []
  for (const { address, proof } of lines) {
    const id = newId()
    const { key, wrapped } = tx.keys.newKey('newsletter')
    keys.push({ id: key.id, class: key.class, record_id: id, wrapped })
    rows.push({
      id,
      address: tx.keys.seal<'newsletter'>(key, placeOfAddress(id), address),
      address_token: addressToken(tx, address),
      key_id: key.id,
      state: 'confirmed' as const,
      language: 'de',
      topics: [...chosen],
      request: newId(),
      token_until: tx.now,
      requested_at: tx.now,
      confirmed_at: tx.now,
      ended_at: null,
      erase_on: null,
    })
    proofs.push({ subscriber: id, key, step: 'imported', detail: { address, topics: chosen, ...proof } })
  }
  await tx.db.insertInto('platform.record_key').values(keys).execute()
  await tx.db.insertInto('newsletter.subscriber').values(rows).execute()
  await prove(tx, proofs)
}

/**
 * Takes over what can be taken: with its proof as confirmed, without one as a request that has to be confirmed by
 * mail. Returns how many of each; what cannot be taken is left out, as `checkList` names it.
 */
export async function takeOver(tx: TenantTx, text: string, asking: Asking): Promise<{ proven: number; asked: number }> {
  const { lines } = await checkList(tx, text)
  const chosen = (await topics(tx)).map(({ id }) => id)
  const proven = lines.filter(({ proof }) => proof)
  const unproven = lines.filter(({ proof }) => !proof)
  for (let at = 0; at < proven.length; at += chunk) await takeProven(tx, proven.slice(at, at + chunk), chosen)
  for (const { address } of unproven) await subscribe(tx, { address, topics: chosen, language: 'de' }, asking)
  await record(tx, 'taken-over', `newsletter:${proven.length}+${unproven.length}`)
  return { proven: proven.length, asked: unproven.length }
}
