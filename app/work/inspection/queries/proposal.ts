import type { TenantTx } from '#platform/tenancy/index.ts'
import { caseRecord } from '#work/cases/index.ts'
import { openContacts, reportRecord } from '#work/intake/index.ts'
import { modelInForce } from '#work/model/index.ts'
import type { Basis } from '../bases.ts'
import { propose, type Named, type ProposedPart, type Source } from '../redaction.ts'
import { speaksOfSecret } from '../secrecy.ts'
import { words } from '../words.ts'

interface Concerning {
  readonly basis: Basis
  readonly cases: readonly string[]
  readonly reports: readonly string[]
}

async function sourcesOf(tx: TenantTx, { cases, reports }: Concerning): Promise<Source[]> {
  const sources: Source[] = []
  for (const id of cases)
    for (const part of (await caseRecord(tx, id)).parts) sources.push({ record: `case:${id}`, part })
  for (const id of reports) {
    const found = await reportRecord(tx, id)
    if (found) sources.push({ record: `report:${id}`, part: found.part })
  }
  return sources
}

/** Everybody on the contact sheets, for finding their names in the texts; empty for who may not open them. */
async function namedIn(tx: TenantTx, { cases, reports }: Concerning): Promise<Named[]> {
  const sheets = [...cases.map((id) => ({ case: id })), ...reports.map((id) => ({ report: id }))]
  const found: Named[] = []
  for (const sheet of sheets)
    for (const { name, role } of await openContacts(tx, sheet)) if (name) found.push({ name, role: role ?? '' })
  return found
}

/** What is proposed to leave, made anew from the records as they are. */
export async function proposalOf(tx: TenantTx, about: Concerning): Promise<ProposedPart[]> {
  const model = await modelInForce(tx)
  const named = model.model.persons ? await namedIn(tx, about) : []
  const asked = { basis: about.basis, named, secret: speaksOfSecret(model), somebody: words('de')('somebody') }
  return propose(await sourcesOf(tx, about), asked)
}
