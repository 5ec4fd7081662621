import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseSync } from 'oxc-parser'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase, type FreshDatabase } from '../support/database.ts'

/* The types in every tables.ts against the migrated database: each column by name, and whether it may be empty. */

const root = join(import.meta.dirname, '../..')
let database: FreshDatabase
let client: Client
beforeAll(async () => {
  database = await freshDatabase()
  client = new Client(database.config)
  await client.connect()
})
afterAll(async () => {
  await client.end()
  await database.drop()
})

interface Node {
  readonly type: string
  readonly start: number
  readonly end: number
  readonly [key: string]: unknown
}

/** Every node below one, itself included. */
function* below(node: unknown): Generator<Node> {
  if (Array.isArray(node)) for (const one of node) yield* below(one)
  else if (node && typeof node === 'object') {
    if ('type' in node) yield node as Node
    for (const value of Object.values(node)) yield* below(value)
  }
}

/** `schema.table` → column → may it be null, of one source file. */
function typesIn(file: string): [string, Record<string, boolean>][] {
  const source = readFileSync(join(root, file), 'utf8')
  const { program } = parseSync(file, source)
  const nodes = [...below(program)]
  const bodies = new Map(
    nodes
      .filter(({ type }) => type === 'TSInterfaceDeclaration')
      .map((one) => [(one.id as { name: string }).name, (one.body as { body: Node[] }).body]),
  )
  const nameOf = (member: Node) => {
    const { name, value } = member.key as { name?: string; value?: string }
    return name ?? value ?? ''
  }
  const columns = (members: readonly Node[]) =>
    Object.fromEntries(
      members.map((member) => {
        const annotation = member.typeAnnotation as Node
        // What is read decides: the first argument of ColumnType<read, insert, update>.
        const text = source.slice(annotation.start, annotation.end).replace(/^:\s*/u, '')
        const read = /^ColumnType<([^,]*),/u.exec(text)?.[1] ?? text
        return [nameOf(member), /\bnull\b/u.test(read)]
      }),
    )
  return (bodies.get('Tables') ?? []).map((member) => {
    const type = (member.typeAnnotation as { typeAnnotation: Node }).typeAnnotation
    const members =
      type.type === 'TSTypeLiteral'
        ? (type.members as Node[])
        : (bodies.get((type.typeName as { name: string }).name) ?? [])
    return [nameOf(member), columns(members)]
  })
}

test('the types of all tables are those of the migrated database', async () => {
  const files = globSync('app/**/tables.ts', { cwd: root })
  expect(files.length).toBeGreaterThan(8)
  const typed = Object.fromEntries(files.flatMap(typesIn))
  const { rows } = await client.query<{ name: string; column: string; empty: boolean }>(
    `select table_schema || '.' || table_name as name, column_name as column, is_nullable = 'YES' as empty
       from information_schema.columns where table_schema || '.' || table_name = any ($1)`,
    [Object.keys(typed)],
  )
  const real: Record<string, Record<string, boolean>> = {}
  for (const { name, column, empty } of rows) (real[name] ??= {})[column] = empty
  expect(typed).toEqual(real)
})
