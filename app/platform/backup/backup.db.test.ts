import fc from 'fast-check'
import { spawn } from 'node:child_process'
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { retainedOf, slices } from '#app/slices.ts'
import { readHeads, Sealer, verifyAudit } from '#platform/audit/index.ts'
import { Installation } from '#platform/crypto/index.ts'
import { asRole } from '#platform/db/prepare.ts'
import { silentLog } from '#platform/log/index.ts'
import { clearGone, dateKeys, destroyRound } from '#platform/retention/index.ts'
import { SearchKeeper } from '#platform/search/index.ts'
import { foundMunicipality, Tenants, type TenantTx } from '#platform/tenancy/index.ts'
import { freshDatabase, type FreshDatabase } from '#tests/support/database.ts'
import { foundTowns, program, type Towns } from '#tests/support/town.ts'
import { openCase } from '#work/cases/index.ts'
import { makeFindable, newReport, receiveReport } from '#work/intake/index.ts'
import { modelInForce, readingsUntil, stepOfKind } from '#work/model/index.ts'
import { mailbox } from '../../work/intake/queries.ts'
import { findReports } from '../../work/intake/queries/lists.ts'
import { BackupError, backUp, keysFileFor, quoted, restoreFrom, travelling } from './index.ts'

const canary = 'Wellensittichgeheimnis'
const folder = mkdtempSync(join(tmpdir(), 'backup-'))
const file = join(folder, 'montag.besonnen')
const retained = retainedOf(slices)
let towns: Towns
let code: string
let reportId: string
let installation: Installation
const emptied: FreshDatabase[] = []

const as = (database: FreshDatabase, role: 'backup' | 'owner' | 'app' | 'shred') =>
  asRole(database.config, database.name, role)
const save = (to = file, now = new Date()) =>
  backUp(to, { backup: as(towns.database, 'backup'), owner: as(towns.database, 'owner'), installation, now })
async function target(): Promise<FreshDatabase> {
  const database = await freshDatabase()
  emptied.push(database)
  return database
}
const bring = (into: FreshDatabase, more: object = {}, from = file) =>
  restoreFrom(from, { installation, prepare: async () => as(into, 'owner'), ...more })

beforeAll(async () => {
  towns = await foundTowns(new Date('2026-11-23T13:37:42Z'))
  installation = towns.tenants.installation
  const person = await towns.appoint('coordination')
  ;({ code, id: reportId } = await towns.at((tx) =>
    receiveReport(
      tx,
      newReport.parse({ observed: `${canary} am Brunnen`, area: 'altstadt', anonymity: 'office', contact: canary }),
    ),
  ))
  await towns.at((tx) => makeFindable(tx, reportId), program)
  await towns.at(async (tx) => {
    const model = await modelInForce(tx)
    const at = stepOfKind(model, 'assess').id
    return openCase(tx, { matter: canary, area: 'altstadt', subject: 'noise', at, modelVersion: model.versionId })
  }, person)
  for (let i = 0; i < 600; i++)
    await towns.at((tx) => receiveReport(tx, newReport.parse({ observed: `Nummer ${i} "„\\ \n`, area: 'altstadt' })))
  const seal = asRole(towns.database.config, towns.database.name, 'seal')
  const sealer = new Sealer({ seal, headsFile: join(folder, 'heads'), log: silentLog, now: () => towns.clock.now })
  await sealer.stop()
  await save()
})
afterAll(async () => {
  await towns.end()
  for (const database of emptied) await database.drop()
  rmSync(folder, { recursive: true })
})

async function withTenants<T>(database: FreshDatabase, work: (tx: TenantTx) => Promise<T>, now = towns.clock.now) {
  const tenants = new Tenants({ app: as(database, 'app'), installation, now: () => now })
  try {
    return await tenants.inTenant({ municipality: towns.city, who: program }, work)
  } finally {
    await tenants.close()
  }
}

/** Every row of every table that travels, as text. */
async function contents(database: FreshDatabase): Promise<Record<string, string[]>> {
  const client = new Client(database.config)
  await client.connect()
  const found: Record<string, string[]> = {}
  for (const { name } of [...(await travelling(client)), { name: 'platform.municipality_key' }]) {
    const { rows } = await client.query<{ row: string }>(`select t::text as row from ${quoted(name)} t order by 1`)
    if (rows.length > 0) found[name] = rows.map(({ row }) => row)
  }
  await client.end()
  return found
}

test('what comes back is what was there: every row, the mailbox, the search, the audit, the next number', async () => {
  const into = await target()
  expect(await bring(into)).toMatchObject({ gone: 0 })
  const [before, after] = [await contents(towns.database), await contents(into)]
  expect(Object.keys(before).length).toBeGreaterThan(8)
  expect(after).toEqual(before)
  await withTenants(into, async (tx) => {
    expect(await mailbox(tx, code)).toMatchObject({ id: reportId })
    expect(await verifyAudit(tx, readHeads(join(folder, 'heads')))).toEqual([])
    expect(await findReports(tx, canary)).toEqual([])
  })
  const tenants = new Tenants({ app: as(into, 'app'), installation })
  await new SearchKeeper(
    tenants,
    slices.flatMap((slice) => slice.findable ?? []),
    silentLog,
  ).rebuild()
  await tenants.close()
  expect(await withTenants(into, (tx) => findReports(tx, canary))).toMatchObject([{ id: reportId }])
  const next = { slug: 'neu', name: 'Neu', kind: 'member-town' } as const
  expect(await foundMunicipality(as(into, 'owner'), installation, next)).toBe(3)
  await expect(bring(into)).rejects.toThrow(/schon Daten/)
})

test('yesterday’s backup with today’s keys: what was deleted since stays deleted, and nothing of it is left', async () => {
  const yesterday = join(folder, 'gestern.besonnen')
  await save(yesterday)
  const before = readFileSync(keysFileFor(yesterday, installation))
  const kept = join(folder, 'alt')
  writeFileSync(kept, before)
  const { id } = await towns.at((tx) => receiveReport(tx, newReport.parse({ observed: 'Später', area: 'altstadt' })))
  const today = new Date('2027-02-23T03:00:00Z')
  const night = towns.clock.now
  towns.clock.now = today
  await towns.at(
    (tx) => tx.db.updateTable('intake.report').set({ step_kind: 'watch' }).where('id', '<>', reportId).execute(),
    program,
  )
  await towns.at((tx) => dateKeys(tx, retained), program)
  const shred = as(towns.database, 'shred')
  await towns.at((tx) => destroyRound(tx, { shred, retained, readingsUntil }), program)
  towns.clock.now = night
  await save(join(folder, 'heute.besonnen'))
  expect(readdirSync(folder).filter((name) => name.endsWith('.keys'))).toHaveLength(1)

  const into = await target()
  expect(await bring(into, {}, yesterday)).toMatchObject({ gone: 2 })
  await withTenants(into, async (tx) => {
    const row = await tx.db.selectFrom('intake.report').selectAll().where('id', '=', reportId).executeTakeFirstOrThrow()
    const keys = await tx.db.selectFrom('platform.record_key').select('id').where('record_id', '=', reportId).execute()
    expect([row.contact === null, keys]).toEqual([false, []])
    expect(await mailbox(tx, code)).toBeUndefined()
    await clearGone(tx, retained)
    expect(await tx.db.selectFrom('intake.report').selectAll().where('id', '=', reportId).execute()).toEqual([])
    // What came after the backup is lost with the machine, and brings no key without a record.
    expect(await tx.db.selectFrom('platform.record_key').select('id').where('record_id', '=', id).execute()).toEqual([])
  })
  const other = await target()
  await expect(bring(other, { keys: kept }, join(folder, 'heute.besonnen'))).rejects.toThrow(/älter als die Sicherung/)
  await save()
})

test('another key, half a file, a changed byte, no keys: refused with a sentence, and nothing is there', async () => {
  const into = await target()
  const strange = Installation.create(join(folder, `key-${crypto.randomUUID()}`))
  const keys = keysFileFor(file, installation)
  await expect(bring(into, { installation: strange, keys })).rejects.toThrow(/anderen Schlüssel/)
  await expect(bring(into, { keys: join(folder, 'keine') })).rejects.toThrow(/gibt es nicht/)
  await expect(bring(into, { keys: file })).rejects.toThrow(BackupError)
  const whole = readFileSync(file)
  const hurt = join(folder, 'verletzt')
  await fc.assert(
    fc.asyncProperty(fc.nat(whole.length - 1), fc.boolean(), async (at, cut) => {
      const bytes = cut ? whole.subarray(0, at) : Buffer.from(whole)
      if (!cut) bytes[at]! ^= 1
      writeFileSync(hurt, bytes)
      await expect(bring(into, { keys }, hurt)).rejects.toThrow(BackupError)
    }),
    { numRuns: 40 },
  )
  expect(await contents(into)).toEqual({})
})

test('a stolen folder: neither backup nor data folder holds the text, and no word can be tried without the key', async () => {
  const words = [canary, Buffer.from(canary).toString('base64').slice(0, 24), Buffer.from(canary).toString('hex')]
  const client = new Client(towns.database.config)
  await client.connect()
  await client.query('checkpoint')
  const { rows } = await client.query<{ data: string; oid: number }>(
    `select current_setting('data_directory') as data, oid from pg_database where datname = current_database()`,
  )
  const { data, oid } = rows[0]!
  const places = [folder, join(data, 'base', String(oid)), join(data, 'pg_wal')]
  const files = places.flatMap((place) =>
    readdirSync(place, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile() && !entry.name.startsWith('key-'))
      .map((entry) => join(entry.parentPath, entry.name)),
  )
  expect(files.length).toBeGreaterThan(100)
  let plain = 0
  for (const path of files) {
    const bytes = readFileSync(path)
    for (const word of words) expect(bytes.includes(word), `${basename(path)} holds ${word}`).toBe(false)
    // The same search does find what is meant to be plain.
    if (bytes.includes('independent-city')) plain += 1
  }
  expect(plain).toBeGreaterThan(0)
  const { rows: tokens } = await client.query<{ token: string }>('select token::text from search.token')
  await client.end()
  const strange = Installation.create(join(folder, `key-${crypto.randomUUID()}`)).newMunicipality(towns.city).keys
  const guessed = [...new Set(['wellensittichgeheimnis', 'wellensittichgeheimn', 'brunn', 'brunnen'])]
  const all = new Set(tokens.map(({ token }) => String(token)))
  expect(all.size).toBeGreaterThan(0)
  expect(guessed.some((word) => all.has(strange.searchToken(word).toString()))).toBe(false)
  expect(
    await towns.at(async (tx) => guessed.some((word) => all.has(tx.keys.searchToken(word).toString())), program),
  ).toBe(true)
  const secret = installation.secret()
  for (const name of [file, keysFileFor(file, installation)])
    for (const half of [secret.subarray(0, 32), secret.subarray(32)])
      for (const form of [half, half.toString('base64url'), half.toString('hex')])
        expect(readFileSync(name).includes(form)).toBe(false)
})

/** Starts an errand in a process of its own and kills it after so many milliseconds; true when it had finished. */
async function killed(what: 'backup' | 'restore', into: FreshDatabase, to: string, after: number): Promise<boolean> {
  const key = join(folder, 'key-child')
  rmSync(key, { force: true })
  Installation.recover(key, installation.secret())
  const errand = join(folder, 'key-errand.json')
  writeFileSync(errand, JSON.stringify({ what, file: to, key, backup: as(into, 'backup'), owner: as(into, 'owner') }))
  const child = spawn(process.execPath, [
    '--disable-warning=ExperimentalWarning',
    'tests/support/backup-child.ts',
    errand,
  ])
  let said = ''
  await new Promise<void>((resolve, reject) => {
    child.stderr.on('data', (chunk: Buffer) => reject(new Error(String(chunk))))
    child.stdout.on('data', (chunk: Buffer) => (said += chunk).includes('begun') && resolve())
  })
  const ended = new Promise((resolve) => child.on('exit', resolve))
  setTimeout(() => child.kill('SIGKILL'), after)
  await ended
  return said.includes('done')
}

test('killed while writing: the backup of before stays whole', async () => {
  const to = join(folder, 'oft.besonnen')
  await save(to)
  const before = readFileSync(to)
  for (const after of [1, 15, 40, 80]) {
    const finished = await killed('backup', towns.database, to, after)
    if (!finished) expect(readFileSync(to).equals(before)).toBe(true)
    copyFileSync(to, `${to}.da`)
  }
  expect(await bring(await target(), {}, to)).toMatchObject({ gone: 0 })
})

test('killed while bringing back: nothing is there, and the next try brings everything', async () => {
  const into = await target()
  let finished = false
  for (const after of [1, 40, 120]) {
    finished ||= await killed('restore', into, file, after)
    if (!finished) expect(await contents(into)).toEqual({})
  }
  if (!finished) await bring(into)
  expect(await contents(into)).toEqual(await contents(towns.database))
})
