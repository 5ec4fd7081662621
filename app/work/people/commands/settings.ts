import { createHash } from 'node:crypto'
import { record } from '#platform/audit/index.ts'
import { berlinDay, StaleEdit } from '#platform/kernel/index.ts'
import { setTownSign, type TenantTx } from '#platform/tenancy/index.ts'
import { keepTownRight, type Fault, type TownFacts } from '#work/model/index.ts'
import { whatIsMissing, type Need } from '../office/rules.ts'
import { accents, type NewOffice, type Proxy } from '../office/schema.ts'
import { standingOf } from '../queries/settings.ts'

const thing = 'municipality'
const actor = (tx: TenantTx) => (tx.who.kind === 'person' ? tx.who.id : null)

type Changes = Partial<{
  about: string
  times_on: string
  assessment_on: string | null
  council_on: string | null
  recovery_on: string
  recovery_by: string | null
  probe_on: string
  proxy_by: string | null
}>

/** Writes onto the version a page was made from (any, where none is named). Throws StaleEdit when there is a newer one. */
async function write(tx: TenantTx, changes: Changes, onto?: number): Promise<void> {
  await tx.db
    .insertInto('people.settings')
    .values({ version: 0 })
    .onConflict((conflict) => conflict.column('municipality_id').doNothing())
    .execute()
  const { version } = await tx.db.selectFrom('people.settings').select('version').forUpdate().executeTakeFirstOrThrow()
  if (onto !== undefined && onto !== version) throw new StaleEdit(onto, version)
  await tx.db
    .updateTable('people.settings')
    .set({ ...changes, version: version + 1 })
    .execute()
}

/** Who publishes the small change of the model, as the list of versions names her. */
const publication = (tx: TenantTx, by: string, note: string) => ({ decidedBy: by || String(actor(tx)), note })

/**
 * Name, kind, Land, address, colour and everything the legal pages are made of; what the model also knows changes
 * there too. Throws StaleEdit.
 */
export async function saveOffice(
  tx: TenantTx,
  said: NewOffice,
  { onto, by, note }: { onto: number; by: string; note: string },
): Promise<void> {
  const { name, kind, land, accent, ...about } = said
  await write(tx, { about: JSON.stringify(about) }, onto)
  await setTownSign(tx, { name, kind, accent: accent === 'petrol' ? null : accents[accent] })
  const address = [about.street, about.place].filter(Boolean).join(', ')
  const facts = { body: { name, kind, land }, office: { phone: about.phone, mail: about.mail, address } }
  const result = await keepTownRight(tx, facts, publication(tx, by, note))
  if ('faults' in result) throw new Error(`the model refuses the town's name: ${JSON.stringify(result.faults)}`)
  await record(tx, 'settings-changed', thing)
}

/** Hours, areas, numbers: a new version of the model, or its faults. Throws StaleEdit. */
export async function saveTimes(
  tx: TenantTx,
  facts: Pick<TownFacts, 'hours' | 'areas' | 'numbers'>,
  { onto, by, note }: { onto: number; by: string; note: string },
): Promise<{ faults: readonly Fault[] } | undefined> {
  const result = await keepTownRight(tx, facts, publication(tx, by, note))
  if ('faults' in result) return result
  await write(tx, { times_on: berlinDay(tx.now) }, onto)
  await record(tx, 'times-changed', thing)
  return undefined
}

/** Puts new pictures in place of the coat of arms, or takes it away. */
export async function saveArms(tx: TenantTx, pictures: { small: Buffer; large: Buffer } | undefined): Promise<void> {
  await tx.db.deleteFrom('people.arms').execute()
  const hash = pictures && createHash('sha256').update(pictures.large).digest('hex').slice(0, 16)
  if (pictures && hash)
    await tx.db
      .insertInto('people.arms')
      .values({ ...pictures, hash })
      .execute()
  await setTownSign(tx, { arms: hash ?? null })
  await record(tx, 'arms-changed', thing)
}

/** The agreement about conflicts inside the administration, or null where it ended: a new version of the model. */
export async function saveInside(
  tx: TenantTx,
  agreement: NonNullable<TownFacts['inside']> | null,
  { by, note }: { by: string; note: string },
): Promise<void> {
  const result = await keepTownRight(tx, { inside: agreement }, publication(tx, by, note))
  if ('faults' in result) throw new Error(`the model refuses the agreement: ${JSON.stringify(result.faults)}`)
  await record(tx, agreement ? 'inside-agreed' : 'inside-ended', thing)
}

/** The days of impact assessment and staff council; null takes one back. */
export async function saveDates(tx: TenantTx, days: { assessment: string | null; council: string | null }) {
  await write(tx, { assessment_on: days.assessment, council_on: days.council })
  await record(tx, 'dates-changed', thing)
}

/** What the administration confirms about the machines before this program; residents read it with today's date. */
export async function confirmProxy(tx: TenantTx, { logs, days }: Proxy): Promise<void> {
  const known = logs !== 'unknown'
  await write(tx, { proxy_by: known ? actor(tx) : null })
  await setTownSign(tx, {
    proxy_logs: known ? logs : null,
    proxy_days: logs === 'short' || logs === 'full' ? (days ?? null) : null,
    proxy_on: known ? berlinDay(tx.now) : null,
  })
  await record(tx, `proxy-${logs}`, thing)
}

/** Two parts of the recovery sheet were typed back and gave the secret of this installation. */
export async function recoveryProved(tx: TenantTx): Promise<void> {
  await write(tx, { recovery_on: berlinDay(tx.now), recovery_by: actor(tx) })
  await record(tx, 'recovery-proved', thing)
}

/** A report went through the door and its mailbox opened. */
export async function channelProved(tx: TenantTx): Promise<void> {
  await write(tx, { probe_on: berlinDay(tx.now) })
  await record(tx, 'channel-proved', thing)
}

/** Opens the form to everybody, unless something is missing; then says what, and nothing happens. */
export async function goPublic(tx: TenantTx): Promise<readonly Need[]> {
  const missing = whatIsMissing(await standingOf(tx))
  if (missing.length > 0) return missing
  await setTownSign(tx, { opened_at: tx.now })
  await record(tx, 'opened', thing)
  return []
}

/** Closes it again. Mailboxes stay. */
export async function closeForm(tx: TenantTx): Promise<void> {
  await setTownSign(tx, { opened_at: null })
  await record(tx, 'closed', thing)
}
