import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { readHeads, verifyAudit, type Finding } from '#platform/audit/index.ts'
import { readEnvironment } from '#platform/config/index.ts'
import { withTenants } from './database.ts'

const sentences: Record<Finding['kind'], string> = {
  'entry-changed': 'Ein Eintrag wurde nachträglich geändert',
  'seal-broken': 'Ein Siegel passt nicht zu seinen Einträgen',
  'entries-missing': 'Einträge fehlen',
  'seals-missing': 'Siegel fehlen',
  'head-differs': 'Ein Siegel ist ein anderes als das hinterlegte',
}

/**
 * `audit verify [--anchor FILE]`: recomputes every entry and the whole chain, and compares it with the heads kept
 * beside the database and, if given, with those an anchor holder kept. `audit heads` prints the heads to hand over.
 * Exit code 0: everything fits; 1: findings; 2: wrong call.
 */
export async function audit([what, ...args]: string[]): Promise<number> {
  const env = readEnvironment()
  const own = join(env.BESONNEN_DATA, 'audit-heads.jsonl')
  if (what === 'heads' && args.length === 0) {
    for (const head of readHeads(own)) process.stdout.write(`${JSON.stringify(head)}\n`)
    return 0
  }
  const anchor = args[0] === '--anchor' ? args[1] : undefined
  if (what !== 'verify' || (args.length > 0 && !anchor)) {
    process.stderr.write('Aufruf: audit verify [--anchor DATEI] oder audit heads\n')
    return 2
  }
  if (anchor && !existsSync(anchor)) {
    process.stderr.write(`Die Datei ${anchor} gibt es nicht.\n`)
    return 2
  }
  const heads = [...readHeads(own), ...(anchor ? readHeads(anchor) : [])]
  const findings: Finding[] = []
  await withTenants(env, (tenants) =>
    tenants.inAllTenants('audit', async (tx) => void findings.push(...(await verifyAudit(tx, heads)))),
  )
  for (const { municipality, kind, where } of findings)
    process.stdout.write(`Kommune ${municipality}: ${sentences[kind]} (${where}).\n`)
  if (findings.length === 0) process.stdout.write('Das Protokoll ist vollständig und unverändert.\n')
  return findings.length === 0 ? 0 : 1
}
