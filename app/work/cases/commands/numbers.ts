import { sql } from 'kysely'
import { caseNumber } from '#platform/kernel/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'

/** Numbers for new cases, each another and none borne already, also not by a case this person must not know of. */
export async function newNumbers(tx: TenantTx, count: number, draw: () => string = caseNumber): Promise<string[]> {
  const numbers = new Set<string>()
  while (numbers.size < count) {
    const drawn = Array.from({ length: count - numbers.size }, draw)
    const { rows } = await sql<{ number: string }>`select cases.borne(${drawn}) as number`.execute(tx.db)
    const borne = new Set(rows.map(({ number }) => number))
    for (const one of drawn) if (!borne.has(one)) numbers.add(one)
  }
  return [...numbers]
}
