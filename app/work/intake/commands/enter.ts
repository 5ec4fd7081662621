import type { TenantTx } from '#platform/tenancy/index.ts'
import { modelInForce, stepOfKind } from '#work/model/index.ts'
import type { Entry } from '../schema.ts'
import { decide } from './decide.ts'
import { receiveReport, type Received } from './receive.ts'

/**
 * Staff write down a call, a visit, a letter. With advice given on the spot the report is closed in the same
 * transaction: one page for what took one talk. Returns what can be read out to the caller.
 */
export async function enterReport(
  tx: TenantTx,
  roles: readonly string[],
  entry: Entry,
  id?: string,
): Promise<Received> {
  const { advice, ...report } = entry
  const received = await receiveReport(
    tx,
    { ...report, anonymity: report.contact ? 'office' : 'anonymous', notVisibleTo: [], language: 'de' },
    id,
  )
  if (advice)
    await decide(tx, roles, received.id, {
      to: stepOfKind(await modelInForce(tx), 'advise').id,
      version: 1,
      answer: advice,
    })
  return received
}
