import { readFileSync } from 'node:fs'
import type { ClientConfig } from 'pg'
import { backUp, restoreFrom } from '#platform/backup/index.ts'
import { Installation } from '#platform/crypto/index.ts'

/** What a test wants done by a process that it can kill. */
export interface Errand {
  readonly what: 'backup' | 'restore'
  readonly file: string
  readonly key: string
  readonly backup: ClientConfig
  readonly owner: ClientConfig
}

const errand = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as Errand
const installation = Installation.read(errand.key, [])
process.stdout.write('begun\n')
if (errand.what === 'backup') await backUp(errand.file, { ...errand, installation })
else await restoreFrom(errand.file, { installation, prepare: async () => errand.owner })
process.stdout.write('done\n')
