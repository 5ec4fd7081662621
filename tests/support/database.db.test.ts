import { Client } from 'pg'
import { expect, test } from 'vitest'
import { asRole } from '#platform/db/prepare.ts'
import { freshDatabase } from './database.ts'

test('a fresh database is migrated, apart from its sisters, and open to the roles of the program', async () => {
  const one = await freshDatabase()
  const two = await freshDatabase()
  const client = new Client(one.config)
  await client.connect()
  await client.query('create table public.only_here (id int)')
  await client.end()

  const app = new Client(asRole(two.config, two.name, 'app'))
  await app.connect()
  const { rows } = await app.query(
    "select to_regclass('intake.report') as report, to_regclass('public.only_here') as mine",
  )
  await app.end()
  expect(rows[0].report).toBe('intake.report')
  expect(rows[0].mine).toBeNull()
  await one.drop()
  await two.drop()
})
