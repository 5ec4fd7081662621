import { rolesHeld } from '#platform/auth/index.ts'
import { berlinDay, startOfBerlinDay } from '#platform/kernel/index.ts'
import type { Tenants, TenantTx } from '#platform/tenancy/index.ts'
import { keptSince } from './choices.ts'
import { read, type Compiled } from './compile.ts'
import { current, verbsOf } from './moves.ts'
import { lentBy, type Lent } from './holding.ts'
import type { Verb } from './rights.ts'
import './tables.ts'

/** A published model with the id of its version. */
export type Published = Compiled & { readonly versionId: string }

/** Versions never change, so what was read once is kept. */
const kept = new Map<string, Published>()
const keptAtMost = 300

/** The version a record is pinned to. Throws when this municipality has no such version. */
export async function modelVersion(tx: TenantTx, id: string): Promise<Published> {
  const key = `${tx.municipality} ${id}`
  const known = kept.get(key)
  if (known) return known
  const { content } = await tx.db
    .selectFrom('model.version')
    .select('content')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  const published = { ...read(content), versionId: id }
  if (kept.size >= keptAtMost) kept.delete(kept.keys().next().value ?? '')
  kept.set(key, published)
  return published
}

const freshFor = 2_000

/** What was read of the model in force; `publications`: how many this process had committed by then. */
interface Read {
  readonly model: Published | undefined
  readonly publications: number
  readonly until: number
}

let publications = 0
const publishing = new WeakSet<TenantTx>()

const fresh = (read: Read | undefined): read is Read =>
  read?.publications === publications && read.until > performance.now()

/**
 * To be called where a transaction publishes: it reads what it wrote, keeping that to itself, and from its commit on
 * nobody is given what was read before, however late that reading ends.
 */
export function publishes(tx: TenantTx): void {
  publishing.add(tx)
  tx.onCommit(() => {
    publications += 1
  })
}

/** By the opened keys of a municipality: one process may serve several databases, and keys are opened anew each minute. */
const inForceBy = new WeakMap<TenantTx['keys'], Read>()

/**
 * The model in force, or undefined before the first publication. Asked on nearly every request, so kept for two
 * seconds: a publication by another process shows by then.
 */
export async function modelIfAny(tx: TenantTx): Promise<Published | undefined> {
  const known = inForceBy.get(tx.keys)
  if (fresh(known) && !publishing.has(tx)) return known.model
  const before = publications
  const row = await tx.db.selectFrom('model.in_force').select('version_id').executeTakeFirst()
  const model = row && (await modelVersion(tx, row.version_id))
  if (!publishing.has(tx)) inForceBy.set(tx.keys, { model, publications: before, until: performance.now() + freshFor })
  return model
}

/** The model in force. Throws before the first publication: until then only set-up pages answer. */
export async function modelInForce(tx: TenantTx): Promise<Published> {
  const model = await modelIfAny(tx)
  if (!model) throw new Error(`municipality ${tx.municipality} has published no model`)
  return model
}

/** All published versions, newest first, without their content. */
export async function versions(tx: TenantTx) {
  const rows = await tx.db
    .selectFrom('model.version')
    .select(['id', 'number', 'published_at', 'decided_by', 'note', 'hash'])
    .execute()
  const key = (row: (typeof rows)[number]) => `${row.published_at} ${row.number}`
  return rows.toSorted((a, b) => key(b).localeCompare(key(a), 'de', { numeric: true }))
}

const inForce = new Map<number, Read & { readonly tenants: Tenants }>()

/**
 * What roles may do by the model in force; roles of older versions count as their successors. Asked on every
 * request, so kept for two seconds: a publication shows to everybody by then.
 */
export async function verbsInForce(
  tenants: Tenants,
  municipality: number,
  roles: readonly string[],
): Promise<Set<Verb>> {
  const model = roles.length > 0 ? await knownInForce(tenants, municipality) : undefined
  return model
    ? verbsOf(
        model,
        roles.flatMap((role) => current(model, 'role', role) ?? []),
      )
    : new Set()
}

/** What whoever holds a record instead of the coordination office does there, by the model in force. */
export async function lentInForce(tenants: Tenants, municipality: number): Promise<Lent> {
  const model = await knownInForce(tenants, municipality)
  return model ? lentBy(model) : { roles: [], verbs: new Set() }
}

async function knownInForce(tenants: Tenants, municipality: number): Promise<Published | undefined> {
  const known = inForce.get(municipality)
  if (known?.tenants === tenants && fresh(known)) return known.model
  const before = publications
  const model = await tenants.inTenant({ municipality, who: { kind: 'program', name: 'model' } }, modelIfAny)
  inForce.set(municipality, { tenants, model, publications: before, until: performance.now() + freshFor })
  return model
}

/** Before which moment readings are forgotten, by the model in force. */
export async function readingsUntil(tx: TenantTx): Promise<Date | undefined> {
  const model = await modelIfAny(tx)
  return model && startOfBerlinDay(keptSince(model, 'read-log', berlinDay(tx.now)))
}

/** What somebody's own roles allow, those to come included and those lent to her left out. */
export const verbsHeld = async (tx: TenantTx, person: string): Promise<Set<string>> =>
  new Set(verbsOf(await modelInForce(tx), await rolesHeld(tx, person)))
