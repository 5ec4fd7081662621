import { join } from 'node:path'
import { readHeads, verifyAudit } from '#platform/audit/index.ts'
import { checkData, type DataFinding } from '#platform/backup/index.ts'
import { readEnvironment } from '#platform/config/index.ts'
import { asRole } from '#platform/db/prepare.ts'
import { inSentences } from './backup-commands.ts'
import { withTenants } from './database.ts'

const sentences: Record<DataFinding['kind'], (where: string, count: number) => string> = {
  'no-municipality': (where, count) => `${count} Zeilen in ${where} gehören zu keiner Kommune.`,
  'points-nowhere': (where, count) => `${count} Zeilen in ${where} zeigen auf etwas, das es nicht gibt.`,
  'does-not-open': (where, count) => `${count} Werte in ${where} lassen sich mit ihrem Schlüssel nicht öffnen.`,
  'no-key': (where, count) => `${count} Werte in ${where} haben keinen Schlüssel und keinen Nachweis einer Löschung.`,
  'no-record': (_where, count) => `${count} Schlüssel gehören zu keinem Vorgang.`,
}

/**
 * `check data`: looks at every row and opens every sealed value; shows counts, never content. Exit code 0: everything
 * fits; 1: findings; 2: wrong call.
 */
export function check([what, ...more]: string[]): Promise<number> {
  return inSentences(async () => {
    if (what !== 'data' || more.length > 0) {
      process.stderr.write('Aufruf: check data\n')
      return 2
    }
    const env = readEnvironment()
    const heads = readHeads(join(env.BESONNEN_DATA, 'audit-heads.jsonl'))
    const lines: string[] = []
    await withTenants(env, async (tenants, { admin, name, passwords }) => {
      for (const { kind, where, count, municipality } of await checkData(
        asRole(admin, name, 'owner', passwords),
        tenants,
      ))
        lines.push((municipality ? `Kommune ${municipality}: ` : '') + sentences[kind](where, count))
      await tenants.inAllTenants('check', async (tx) => {
        const found = await verifyAudit(tx, heads)
        if (found.length > 0)
          lines.push(
            `Kommune ${tx.municipality}: Im Protokoll stimmen ${found.length} Stellen nicht. Näheres: audit verify`,
          )
      })
    })
    process.stdout.write(lines.length === 0 ? 'Die Daten sind in Ordnung.\n' : `${lines.join('\n')}\n`)
    return lines.length === 0 ? 0 : 1
  })
}
