import { newId } from '#platform/kernel/index.ts'
import { stemsOf } from '#platform/search/index.ts'
import type { Tenants, TenantTx } from '#platform/tenancy/index.ts'
import { modelInForce, stepOfKind, type Published } from '#work/model/index.ts'
import { sql } from 'kysely'

const places = ['altstadt', 'nordviertel', 'hafen', 'weststadt', 'suedhang', 'lindenfeld', 'rosenaue']
const subjects = ['noise', 'litter', 'youth', 'neighbours', 'shelter', 'school', 'clubs']
const starts = [
  'Abends',
  'Seit Wochen',
  'Am Wochenende',
  'Vor der Schule',
  'Im Hof',
  'An der Haltestelle',
  'Nach dem Fest',
  'Jeden Freitag',
]
const who = ['Jugendliche', 'Anwohnende', 'Eltern', 'Nachbarn', 'Vereinsmitglieder', 'Händler', 'Gäste', 'Radfahrende']
const what = [
  'streiten',
  'lärmen',
  'beschweren sich',
  'räumen nicht auf',
  'bedrängen Kinder',
  'blockieren den Weg',
  'filmen andere',
  'drohen',
]
const where = [
  'auf dem Spielplatz',
  'am Brunnen',
  'vor der Unterkunft',
  'im Park',
  'auf dem Marktplatz',
  'im Treppenhaus',
  'am Hafenbecken',
  'vor der Moschee',
]

/** Deterministic, so that two runs fill the same. */
function* numbers(seed: number): Generator<number, never> {
  let state = seed
  for (;;) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    yield state
  }
}

const pick = <T>(list: readonly T[], random: Generator<number, never>): T =>
  list[Math.floor((random.next().value / 2_147_483_648) * list.length)]!

function sentences(random: Generator<number, never>, count: number): string {
  return Array.from(
    { length: count },
    () =>
      `${pick(starts, random)} ${pick(who, random)} ${pick(what, random)} ${pick(where, random)} Nummer ${random.next().value % 5000}.`,
  ).join(' ')
}

interface Filled {
  readonly keys: Record<string, unknown>[]
  readonly rows: Record<string, unknown>[]
  readonly tokens: { token: string; record: string }[]
}

function reports(tx: TenantTx, model: Published, random: Generator<number, never>, count: number): Filled {
  const step = model.firstStep
  const made: Filled = { keys: [], rows: [], tokens: [] }
  for (let i = 0; i < count; i++) {
    const id = newId()
    const { key, wrapped } = tx.keys.newKey('report')
    const text = sentences(random, 10)
    const place = (column: string) => ({ table: 'intake.report', column, row: id })
    const day = new Date(tx.now.getTime() - (random.next().value % 300) * 86_400_000)
    made.keys.push({ id: key.id, class: 'report', record_id: id, wrapped })
    made.rows.push({
      id,
      received_on: day.toISOString().slice(0, 10),
      channel: 'web',
      language: 'de',
      anonymity: 'anonymous',
      area: pick(places, random),
      subject: pick(subjects, random),
      step: step.id,
      step_kind: step.kind,
      model_version: model.versionId,
      due_at: day,
      owner_role: 'coordination',
      waiting_since: day,
      content_key: key.id,
      headline: tx.keys.seal(key, place('headline'), text.slice(0, 80)),
      observed: tx.keys.seal(key, place('observed'), text),
    })
  }
  return made
}

function cases(tx: TenantTx, model: Published, random: Generator<number, never>, count: number): Filled {
  const step = stepOfKind(model, 'assess')
  const made: Filled = { keys: [], rows: [], tokens: [] }
  for (let i = 0; i < count; i++) {
    const id = newId()
    const { key, wrapped } = tx.keys.newKey('case')
    const text = sentences(random, 12)
    const day = new Date(tx.now.getTime() - (random.next().value % 300) * 86_400_000)
    made.keys.push({ id: key.id, class: 'case', record_id: id, wrapped })
    made.rows.push({
      id,
      number: `F-${id.slice(-12)}`,
      opened_on: day.toISOString().slice(0, 10),
      area: pick(places, random),
      subject: pick(subjects, random),
      step: step.id,
      step_kind: step.kind,
      model_version: model.versionId,
      due_at: day,
      owner_role: 'coordination',
      content_key: key.id,
      list_at: day,
      matter: tx.keys.seal(key, { table: 'cases.case', column: 'matter', row: id }, text.slice(0, 90)),
    })
    for (const stem of stemsOf(text)) made.tokens.push({ token: tx.keys.searchToken(stem).toString(), record: id })
  }
  return made
}

const batch = 500

async function write(
  tx: TenantTx,
  table: 'intake.report' | 'cases.case',
  { keys, rows, tokens }: Filled,
): Promise<void> {
  await tx.db
    .insertInto('platform.record_key')
    .values(keys as never)
    .execute()
  await tx.db
    .insertInto(table)
    .values(rows as never)
    .execute()
  if (tokens.length === 0) return
  await sql`insert into search.token (token, record_id) select * from unnest(${tokens.map((one) => one.token)}::bigint[], ${tokens.map((one) => one.record)}::uuid[])`.execute(
    tx.db,
  )
}

/** Fills a municipality with so many sealed reports and cases, the same every time. */
export async function fillTown(
  tenants: Tenants,
  municipality: number,
  wanted: { reports: number; cases: number },
): Promise<void> {
  const random = numbers(7)
  for (const [table, make, count] of [
    ['intake.report', reports, wanted.reports],
    ['cases.case', cases, wanted.cases],
  ] as const) {
    for (let done = 0; done < count; done += batch) {
      await tenants.inTenant({ municipality, who: { kind: 'program', name: 'bench' } }, async (tx) => {
        await write(tx, table, make(tx, await modelInForce(tx), random, Math.min(batch, count - done)))
      })
    }
  }
}
