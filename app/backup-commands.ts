import { Client, type ClientConfig } from 'pg'
import { existsSync, renameSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { record } from '#platform/audit/index.ts'
import { BackupError, backUp, notEmpty, restoreFrom, type Restored } from '#platform/backup/index.ts'
import { EnvironmentError, readEnvironment, root, type Environment } from '#platform/config/index.ts'
import { Installation, KeyFileError } from '#platform/crypto/index.ts'
import { EmbeddedError, type EmbeddedServer } from '#platform/db/embedded/index.ts'
import { migrate, migrationsOf } from '#platform/db/migrate.ts'
import { asRole } from '#platform/db/prepare.ts'
import { createDatabase, createRoles } from '#platform/db/roles.ts'
import { prepareJobs } from '#platform/jobs/index.ts'
import { silentLog } from '#platform/log/index.ts'
import { clearGone } from '#platform/retention/index.ts'
import { Tenants } from '#platform/tenancy/index.ts'
import { openDatabase, withTenants, type Database } from './database.ts'
import { retainedOf, slices } from './slices.ts'

const say = (text: string) => process.stdout.write(`${text}\n`)
const complain = (text: string) => (process.stderr.write(`${text}\n`), 2)

/** Runs a command; whatever an administrator can mend is one sentence and code 1. */
export async function inSentences(work: () => Promise<number>): Promise<number> {
  try {
    return await work()
  } catch (error) {
    const sentence = [BackupError, KeyFileError, EmbeddedError, EnvironmentError].some((kind) => error instanceof kind)
    const { code, syscall } = error as { code?: string; syscall?: string }
    if (!sentence && !syscall && code !== 'ECONNREFUSED') throw error
    process.stderr.write(
      sentence
        ? `${(error as Error).message}\n`
        : `Das ging nicht: ${(error as Error).message}. Es wurde nichts verändert.\n`,
    )
    return 1
  }
}

/** `backup FILE`: everything as it stands now, encrypted to the recovery key; the program may go on running. */
export function backup([file, ...more]: string[]): Promise<number> {
  return inSentences(async () => {
    if (!file || more.length > 0) return complain('Aufruf: backup DATEI')
    const env = readEnvironment()
    const place = resolve(file)
    if (!existsSync(dirname(place))) return complain(`Den Ordner ${dirname(place)} gibt es nicht.`)
    const installation = Installation.read(env.BESONNEN_KEY_FILE, [env.BESONNEN_DATA, dirname(place)])
    const written = await withTenants(env, async (_tenants, { admin, name, passwords }) =>
      backUp(place, {
        installation,
        backup: asRole(admin, name, 'backup', passwords),
        owner: asRole(admin, name, 'owner', passwords),
      }),
    )
    say(`Gesichert: ${written.rows} Zeilen aus ${written.tables} Tabellen in ${written.file}.`)
    say(`Die Schlüssel dazu liegen in ${written.keys}. Davon wird nur die neueste Fassung aufbewahrt.`)
    return 0
  })
}

/** What a witness of the chain says about later seals is no lie after going back; it is put aside, not deleted. */
function putHeadsAside({ BESONNEN_DATA }: Environment, at: Date): void {
  const heads = join(BESONNEN_DATA, 'audit-heads.jsonl')
  if (!existsSync(heads)) return
  const aside = `${heads}.${at.toISOString().slice(0, 19).replaceAll(':', '')}`
  renameSync(heads, aside)
  say(`Die Siegel-Liste von vorher liegt jetzt in ${aside}.`)
}

const login = ({ admin, name, passwords }: Database, role: 'owner' | 'app' | 'jobs'): ClientConfig =>
  asRole(admin, name, role, passwords)

const wrongOwner =
  'In dieser Datenbank liegt schon eine Installation mit einer anderen Schlüsseldatei. Es wurde nichts verändert.'

/** Whether municipalities are there already; asked before anything is touched, roles and their passwords included. */
async function assertNothingThere({ admin, name }: Database, owner: ClientConfig): Promise<void> {
  const asked = async (config: ClientConfig, sql: string, values: unknown[] = []) => {
    const client = new Client(config)
    await client.connect()
    return (await client.query(sql, values).finally(() => client.end())).rowCount ?? 0
  }
  if ((await asked(admin, 'select 1 from pg_database where datname = $1', [name])) === 0) return
  if ((await asked({ ...admin, database: name }, `select 1 from pg_namespace where nspname = 'migration'`)) === 0)
    return
  const towns = asked(owner, 'select 1 from platform.municipality').catch((error: { code?: string }) => {
    // 42P01: begun but not yet migrated; 28…: the owner's password comes from another key file.
    if (error.code === '42P01') return 0
    throw error.code?.startsWith('28') ? new BackupError(wrongOwner) : error
  })
  if ((await towns) > 0) throw new BackupError(notEmpty)
}

/** An empty database in the state the backup was made in; later migrations run once the data are there. */
async function prepareFor(database: Database, wanted: readonly string[]): Promise<ClientConfig> {
  const known = migrationsOf(root)
  const unknown = wanted.filter((name) => known.every((migration) => migration.name !== name))
  if (unknown.length > 0)
    throw new BackupError(
      'Die Sicherung stammt aus einem neueren Stand des Programms. Bitte bringen Sie das Programm auf diesen Stand. Es wurde nichts verändert.',
    )
  await assertNothingThere(database, login(database, 'owner'))
  await createRoles(database.admin, database.passwords)
  await createDatabase(database.admin, database.name)
  await prepareJobs(login(database, 'jobs'))
  await migrate(
    login(database, 'owner'),
    known.filter(({ name }) => wanted.includes(name)),
  )
  return login(database, 'owner')
}

/** What was destroyed since goes with its rows at once, what the rows still owe is queued again, and the audit says that a backup came back. */
async function finish(database: Database, installation: Installation, { at }: Restored): Promise<void> {
  await migrate(login(database, 'owner'), migrationsOf(root))
  const tenants = new Tenants({ app: login(database, 'app'), installation })
  try {
    await tenants.inAllTenants('restore', async (tx) => {
      await clearGone(tx, retainedOf(slices))
      for (const { owed } of slices) await owed?.(tx)
      await record(tx, 'restored', `backup:${at}`)
    })
  } finally {
    await tenants.close()
  }
}

/** `restore FILE [--keys FILE]`: into an empty folder or database, with the newest keys. */
export function restore([file, option, keys, ...more]: string[]): Promise<number> {
  return inSentences(async () => {
    if (!file || more.length > 0 || (option !== undefined && (option !== '--keys' || !keys)))
      return complain('Aufruf: restore DATEI [--keys DATEI]')
    const env = readEnvironment()
    const installation = Installation.read(env.BESONNEN_KEY_FILE, [env.BESONNEN_DATA, dirname(resolve(file))])
    let database: (Database & { server?: EmbeddedServer }) | undefined
    try {
      const restored = await restoreFrom(resolve(file), {
        installation,
        keys: keys && resolve(keys),
        prepare: async (migrations) => {
          database = await openDatabase(env, installation, silentLog)
          return prepareFor(database, migrations)
        },
      })
      putHeadsAside(env, new Date())
      await finish(database!, installation, restored)
      say(`Zurückgespielt: ${restored.rows} Zeilen, Stand vom ${restored.at}.`)
      if (restored.gone > 0) say(`${restored.gone} Schlüssel waren seitdem vernichtet und bleiben es.`)
      say('Die Suche wird beim nächsten Start neu angelegt. Bitte prüfen Sie danach: check data')
      return 0
    } finally {
      await database?.server?.stop()
    }
  })
}
