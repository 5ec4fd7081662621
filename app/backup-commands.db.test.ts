import { chmodSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, afterEach, beforeAll, expect, inject, test, vi } from 'vitest'
import { Installation, makeRecovery } from '#platform/crypto/index.ts'
import { readEnvironment } from '#platform/config/index.ts'
import { asRole, prepareDatabase } from '#platform/db/prepare.ts'
import { queueLengths } from '#platform/jobs/index.ts'
import { queueMail } from '#platform/mail/index.ts'
import { silentLog } from '#platform/log/index.ts'
import { foundMunicipality } from '#platform/tenancy/index.ts'
import { run } from '#tests/support/engine-command.ts'
import { newReport, receiveReport } from '#work/intake/index.ts'
import { publish, shippedDocument } from '#work/model/index.ts'
import { backup, restore } from './backup-commands.ts'
import { openDatabase, withTenants } from './database.ts'
import { check } from './check-command.ts'
import { recover } from './recover-command.ts'
import { user } from './user-command.ts'

/* Two machines: each with a data folder, a key file and an embedded database of its own. */
const folder = mkdtempSync(join(tmpdir(), 'machines-'))
const backups = mkdtempSync(join(tmpdir(), 'backups-'))
const file = join(backups, 'besonnen.sicherung')
const machine = (name: string) => {
  vi.stubEnv('BESONNEN_DATA', join(folder, name))
  vi.stubEnv('BESONNEN_KEY_FILE', join(folder, `${name}-key`, 'key'))
  vi.stubEnv('DATABASE_URL', '')
  return readEnvironment()
}
let parts: string[][]

beforeAll(async () => {
  chmodSync(folder, 0o755)
  const env = machine('one')
  const installation = Installation.create(env.BESONNEN_KEY_FILE, [env.BESONNEN_DATA])
  ;({ parts } = makeRecovery(installation.secret()))
  const database = await openDatabase(env, installation, silentLog)
  await prepareDatabase(database.admin, database.name)
  const owner = asRole(database.admin, database.name, 'owner')
  await foundMunicipality(owner, installation, { slug: 'lindenau', name: 'Lindenau', kind: 'independent-city' })
  await database.server?.stop()
})
afterEach(() => vi.unstubAllEnvs())
afterAll(() => [folder, backups].forEach((one) => rmSync(one, { recursive: true, force: true })))

const inTown = <T>(work: Parameters<typeof withTenants<T>>[1]) => withTenants(readEnvironment(), work)
/** What the worker and the postman of this machine would find to do. */
const waitingWork = () =>
  inTown(async (tenants, { admin, name, passwords }) => ({
    jobs: (await queueLengths(asRole(admin, name, 'jobs', passwords))).map(({ task }) => task),
    mails: await tenants.inTenant({ municipality: 1, who: { kind: 'program', name: 'test' } }, async (tx) =>
      (await tx.db.selectFrom('mail.delivery').select(['kind', 'state']).execute()).map(
        (one) => `${one.kind} ${one.state}`,
      ),
    ),
  }))
const typed =
  (...lines: string[]) =>
  (args: string[]) =>
    recover(args, Readable.from([`${lines.join('\n')}\n`]))

test('two parts typed on another machine bring the key back, the backup brings everything else', async () => {
  machine('one')
  await inTown((tenants) =>
    tenants.inTenant({ municipality: 1, who: { kind: 'program', name: 'test' } }, async (tx) => {
      const document = await shippedDocument('klein-anfangen')
      await publish(tx, { document, number: '1.0', decidedBy: 'Rat', note: '' })
      await receiveReport(tx, newReport.parse({ observed: 'Streit am Brunnen' }))
      await receiveReport(tx, newReport.parse({ observed: 'Er droht mir', danger: true }))
      await queueMail(tx, { kind: 'notice.news', once: 'one' })
    }),
  )
  const saved = await run(backup, file)
  expect(saved).toMatchObject({ code: 0, err: '' })
  expect(saved.out).toMatch(/^Gesichert: \d+ Zeilen/)
  expect(statSync(file).mode & 0o077).toBe(0)
  expect((await run(restore, file)).err).toContain('Hier gibt es schon Daten')

  const { BESONNEN_KEY_FILE } = machine('two')
  const without = await run(restore, file)
  expect(without).toMatchObject({ code: 1 })
  expect(without.err).toContain('Wiederherstellungsblatt')
  const slip = parts[0]!.with(
    1,
    parts[0]![1]!.replace(/^./, (letter) => (letter === 'A' ? 'B' : 'A')),
  )
  const typing = typed(...slip, '', ...parts[0]!, '', ...parts[2]!, '')
  expect(await run(typing)).toMatchObject({ code: 0, err: '', out: expect.stringContaining('Zeile 2 stimmt nicht') })
  expect(statSync(BESONNEN_KEY_FILE).mode & 0o777).toBe(0o400)
  const again = await run(typed(...parts[1]!, '', ...parts[2]!, ''))
  expect(again.err).toContain('wird nicht überschrieben')

  const back = await run(restore, file)
  expect(back).toMatchObject({ code: 0, err: '' })
  const found = await inTown((tenants) =>
    tenants.inTenant({ municipality: 1, who: { kind: 'program', name: 'test' } }, async (tx) => {
      const { content_key, observed, id } = await tx.db
        .selectFrom('intake.report')
        .selectAll()
        .where('danger', '=', false)
        .executeTakeFirstOrThrow()
      const row = await tx.db
        .selectFrom('platform.record_key')
        .selectAll()
        .where('id', '=', content_key)
        .executeTakeFirstOrThrow()
      return tx.keys.reveal(tx.keys.open(row), { table: 'intake.report', column: 'observed', row: id }, observed)
    }),
  )
  expect(found).toBe('Streit am Brunnen')
  expect(await waitingWork()).toEqual({ jobs: ['intake.danger-unopened'], mails: ['notice.news ready'] })
  expect(await run(check, 'data')).toEqual({ code: 0, out: 'Die Daten sind in Ordnung.\n', err: '' })
  expect((await run(restore, file)).err).toContain('Hier gibt es schon Daten')
})

test('backup and restore on a server of one’s own (DATABASE_URL), whatever its version from 15 on', async () => {
  const { host, port, user: admin } = inject('database')
  const on = (name: string) => {
    machine(name)
    vi.stubEnv('DATABASE_URL', `postgres://${admin}@${encodeURIComponent(host)}:${port}/own_${name}_${process.pid}`)
    return readEnvironment()
  }
  const env = on('five')
  const installation = Installation.create(env.BESONNEN_KEY_FILE, [env.BESONNEN_DATA])
  const { admin: config, name, passwords } = await openDatabase(env, installation, silentLog)
  await prepareDatabase(config, name, passwords)
  const owner = asRole(config, name, 'owner', passwords)
  await foundMunicipality(owner, installation, { slug: 'lindenau', name: 'Lindenau', kind: 'independent-city' })
  const own = join(backups, 'eigener.sicherung')
  expect(await run(backup, own)).toMatchObject({ code: 0, err: '' })
  expect((await run(restore, own)).err).toContain('Hier gibt es schon Daten')
  cpSync(env.BESONNEN_KEY_FILE, join(folder, 'six-key', 'key'))
  on('six')
  expect(await run(restore, own)).toMatchObject({ code: 0, err: '' })
  expect(await inTown(async (tenants) => (await tenants.municipalities()).map(({ slug }) => slug))).toEqual([
    'lindenau',
  ])
  expect(await run(check, 'data')).toEqual({ code: 0, out: 'Die Daten sind in Ordnung.\n', err: '' })
})

test('a person from the command line: the first is in, later ones wait for somebody of the field of work', async () => {
  machine('one')
  const add = (name: string, ...roles: string[]) =>
    run(
      user,
      'add',
      '--town',
      'lindenau',
      '--name',
      name,
      '--mail',
      `${name}@example.org`,
      ...roles.flatMap((role) => ['--role', role]),
    )
  expect((await add('erika', 'koenig')).err).toContain('kennt diese Rollen nicht: koenig')
  const first = await add('erika', 'coordination')
  expect(first).toMatchObject({ code: 0, err: '' })
  expect(first.out).toMatch(/^Einladung, sieben Tage gültig: http:\/\/localhost:\d+\/lindenau\/einladung\/[\w-]{22}\n$/)
  expect((await add('ERIKA', 'coordination')).err).toContain('gehört schon zu einem Zugang')
  expect((await add('max', 'coordination')).out).toContain('Die Rollen sind vorgeschlagen.')
  const held = await inTown((tenants) =>
    tenants.inTenant({ municipality: 1, who: { kind: 'program', name: 'test' } }, async (tx) => [
      await tx.db.selectFrom('auth.appointment').select('role').execute(),
      await tx.db.selectFrom('people.proposal').select('role').execute(),
    ]),
  )
  expect(held).toEqual([[{ role: 'coordination' }], [{ role: 'coordination' }]])
  expect((await run(user, 'add', '--town', 'lindenau', '--name', 'x')).code).toBe(2)
  expect(
    (await run(user, 'add', '--town', 'nirgends', '--name', 'x', '--mail', 'x@example.org', '--role', 'y')).err,
  ).toContain('gibt es hier nicht')
})

test('wrong calls and wrong sheets are told in a sentence, and nothing is written', async () => {
  const { BESONNEN_KEY_FILE, BESONNEN_DATA } = machine('three')
  expect(await run(backup)).toMatchObject({ code: 2, err: 'Aufruf: backup DATEI\n' })
  expect(await run(check, 'all')).toMatchObject({ code: 2 })
  expect(await run(restore, file, '--key')).toMatchObject({ code: 2 })
  const other = makeRecovery(Installation.create(join(folder, 'strange')).secret()).parts
  expect((await run(typed(...parts[0]!, '', ...other[1]!, ''))).err).toContain('nicht vom selben Ausdruck')
  expect((await run(typed(...parts[0]!, '', ...parts[0]!, ''))).err).toContain('zwei verschiedene Teile')
  expect((await run(typed(...parts[0]!))).err).toContain('fehlt ein Teil')
  expect(existsSync(BESONNEN_KEY_FILE)).toBe(false)
  Installation.create(BESONNEN_KEY_FILE)
  expect((await run(restore, join(backups, 'keine'))).err).toContain('gibt es nicht')
  expect((await run(restore, file, '--keys', file)).err).toContain('anderen Schlüssel')
  expect((await run(backup, join(folder, 'three-key', 'sicherung'))).err).toContain(
    'Die Schlüsseldatei liegt im Ordner',
  )
  expect(existsSync(join(BESONNEN_DATA, 'postgres'))).toBe(false)
  expect(readFileSync(file).includes('Lindenau')).toBe(false)
})
