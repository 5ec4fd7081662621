import { barredFrom, holdersOf } from '#platform/access/index.ts'
import { record } from '#platform/audit/index.ts'
import { notify } from '#platform/mail/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import type { Held } from '#platform/web/index.ts'
import { modelInForce, verbsHeld, type Verb } from '#work/model/index.ts'
import { namesOf } from '../queries/requests.ts'
import { secondRoles } from '../queries/seconds.ts'
import { words } from '../words.ts'

const t = words('de')

type Concerning = { readonly cases: readonly string[]; readonly reports: readonly string[]; readonly quiet: boolean }

/** What whoever prepares it has to be able to do. */
const preparing = (quiet: boolean): Verb => (quiet ? 'intake.substitute' : 'cases.export')

/** Whoever may prepare requests and is kept from none of the records this one concerns. */
async function preparers(tx: TenantTx, { cases, reports, quiet }: Concerning): Promise<string[]> {
  const { verbs } = await modelInForce(tx)
  const roles = [...verbs].filter(([, held]) => held.has(preparing(quiet))).map(([role]) => role)
  const barred = await barredFrom(tx, [...cases, ...reports])
  const persons = (await holdersOf(tx, roles)).map(({ person }) => person)
  return [...new Set(persons)].filter((person) => !barred.has(person))
}

/** Tells whoever sees to a request that it goes on; where nobody in particular does, all who prepare requests. */
export async function tellKeeper(tx: TenantTx, row: Concerning & { readonly kept_by: string | null }): Promise<void> {
  const able = await preparers(tx, row)
  const keeper = able.filter((person) => person === row.kept_by)
  const me = tx.who.kind === 'person' ? tx.who.id : ''
  await notify(tx, keeper.length > 0 ? keeper : able.filter((person) => person !== me), tx.now)
}

const keptBy = (tx: TenantTx, person: string) =>
  tx.db
    .selectFrom('inspection.request')
    .select(['id', 'number', 'cases', 'reports', 'quiet', 'kept_by'])
    .where('kept_by', '=', person)
    .where('ended_on', 'is', null)
    .orderBy('due_on')
    .orderBy('id')
    .execute()

/** The running requests she sees to, by number, and who could instead. */
export async function heldRequests(tx: TenantTx, person: string): Promise<Held[]> {
  const held: Held[] = []
  for (const row of await keptBy(tx, person)) {
    const able = (await preparers(tx, row)).filter((one) => one !== person)
    const names = await namesOf(tx, able)
    held.push({
      record: row.id,
      among: t('held.requests'),
      what: t('held.request', { number: row.number }),
      to: able.map((id) => ({ id, name: names.get(id) ?? '' })).toSorted((a, b) => a.name.localeCompare(b.name, 'de')),
      keeps: ({ verbs }) => verbs.has(preparing(row.quiet)),
      handOver: async (inTx, to) => {
        await keepBy(inTx, row.id, to)
        await record(inTx, 'inspection-taken-over', `inspection:${row.id}`)
        await notify(inTx, [to], inTx.now)
      },
    })
  }
  return held
}

const keepBy = (tx: TenantTx, id: string, kept_by: string | null) =>
  tx.db.updateTable('inspection.request').set({ kept_by }).where('id', '=', id).execute()

/** The same after a role of hers ended, where she may not prepare requests any more. */
export async function letGoOfRequestsWithRole(tx: TenantTx, person: string): Promise<void> {
  const verbs = await verbsHeld(tx, person)
  await letGoWhere(tx, person, ({ quiet }) => !verbs.has(preparing(quiet)))
  const able = await holdersOf(tx, secondRoles(await modelInForce(tx)))
  if (!able.some((one) => one.person === person)) await withoutSecond(tx, person)
}

/** As the program, after somebody left: what was not handed over is everybody's who prepares requests. */
export async function letGoOfRequests(tx: TenantTx, person: string): Promise<void> {
  await letGoWhere(tx, person, () => true)
  await withoutSecond(tx, person)
}

type Kept = Awaited<ReturnType<typeof keptBy>>[number]

async function letGoWhere(tx: TenantTx, person: string, which: (row: Kept) => boolean): Promise<void> {
  for (const row of (await keptBy(tx, person)).filter(which)) {
    await keepBy(tx, row.id, null)
    await record(tx, 'inspection-let-go', `inspection:${row.id}`)
    await tellKeeper(tx, { ...row, kept_by: null })
  }
}

/** Whom the substitute asked to decide with her does so no more: she is told, and asks somebody else. */
async function withoutSecond(tx: TenantTx, person: string): Promise<void> {
  const rows = await tx.db
    .updateTable('inspection.request')
    .set({ second_by: null })
    .where('second_by', '=', person)
    .where('ended_on', 'is', null)
    .returning(['id', 'cases', 'reports', 'quiet', 'kept_by'])
    .execute()
  for (const row of rows) await tellKeeper(tx, row)
}
