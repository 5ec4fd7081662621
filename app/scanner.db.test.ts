import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sql } from 'kysely'
import { organiser, conference, guest } from '#tests/support/gathering.ts'
import { openPress, origin, type Press } from '#tests/support/newsletter.ts'
import { program } from '#tests/support/town.ts'
import type { TenantTx, Who } from '#platform/tenancy/index.ts'
import { announce, checkIn, planGathering, registerAll, round } from '#work/gatherings/index.ts'
import { askRelease, beginIssue, fillSome, release, saveDraft } from '#work/newsletter/commands/issue.ts'
import { draft } from '#work/newsletter/schema.ts'

/* Before a person reads a mail, programs do: they open every link in it, and some send every form they find. */
let press: Press
let staff: Who
beforeAll(async () => {
  press = await openPress()
  press.towns.clock.now = new Date('2026-11-20T09:00:00Z')
  staff = organiser(await press.towns.appoint('coordination'))
})
afterAll(() => press.end())

const as = <T>(work: (tx: TenantTx) => Promise<T>) => press.towns.at(work, program)

/** Everything a link in a mail could change, as one number. */
async function everything(): Promise<string> {
  const tables = ['gatherings.registration', 'gatherings.feedback', 'gatherings.feedback_token', 'gatherings.need']
  const all = [...tables, 'newsletter.subscriber', 'newsletter.proof', 'newsletter.suppression', 'mail.delivery']
  const rows = await press.towns.at(async (tx) => {
    const found = []
    for (const table of all)
      found.push((await sql`select * from ${sql.table(table)} order by 1, 2, 3`.execute(tx.db)).rows)
    return found
  }, program)
  return createHash('sha256').update(JSON.stringify(rows)).digest('hex')
}

/** Mails of every kind that carries a link: a place, an offer to confirm, feedback, a subscription asked for, an issue. */
async function everyMail(): Promise<void> {
  const { towns } = press
  await press.subscribed('anna@example.org')
  await press.send('/lindenau/newsletter', { address: 'offen@example.org', language: 'de' })
  const plan = async (more: object) => {
    const id = await towns.at((tx) => planGathering(tx, { ...conference, ...more }), staff)
    await towns.at((tx) => announce(tx, id), staff)
    const all = [1, 2].map((n) => ({ one: guest(n), receivedAt: towns.clock.now }))
    await as((tx) => registerAll(tx, id, all))
    return id
  }
  const over = await plan({ day: '2026-11-20', from: '10:30', until: '10:45', deadline: '2026-11-20' })
  await plan({ confirmMail: true, title: 'Bestätigen' })
  await plan({ places: 1, title: 'Warten' })
  const rows = await as((tx) =>
    tx.db.selectFrom('gatherings.registration').select('id').where('gathering_id', '=', over).execute(),
  )
  await towns.at(
    (tx) =>
      checkIn(
        tx,
        over,
        rows.map(({ id }) => id),
      ),
    staff,
  )
  const second = await towns.appoint('coordination')
  const id = await towns.at((tx) => beginIssue(tx), staff)
  const blocks = [{ kind: 'paragraph', text: 'Guten Tag.' }]
  const content = draft.parse({ subject: 'Ausgabe', topics: press.topics[0], blocks })
  await towns.at((tx) => saveDraft(tx, id, 1, content), staff)
  await towns.at((tx) => askRelease(tx, id, null), staff)
  await towns.at((tx) => release(tx, id), second)
  while (await as((tx) => fillSome(tx, id)));
  await press.deliver()
  towns.clock.now = new Date('2026-11-20T10:00:00Z')
  await as((tx) => round(tx))
  await press.deliver()
}

test('a program that opens every link and sends every form it has no page of changes nothing; one address alone does', async () => {
  await everyMail()
  const links = new Set(
    press.smtp.caught.flatMap(
      ({ mail }) => `${mail.text}${mail.html}`.match(/https:\/\/lindenau\.example[^\s"<)]+/g) ?? [],
    ),
  )
  const paths = [...links].map((link) => link.slice(origin.length))
  for (const part of ['anmeldung/', 'rueckmeldung/', 'bestaetigen/', 'abmelden/', 'einstellungen/'])
    expect(paths.filter((path) => path.includes(part)).length, part).toBeGreaterThan(0)
  const before = await everything()
  const fields = { do: 'withdraw', worth: '5', sure: 'yes', address: 'x@example.org', language: 'de', by: 'page' }
  for (const path of paths) {
    expect((await press.get(path)).status, path).toBe(200)
    for (const deed of ['withdraw', 'accept', 'confirm', 'change', 'beenden'])
      for (const from of [{}, { origin: 'null' }, { 'sec-fetch-site': 'cross-site' }]) {
        const body = new URLSearchParams({ ...fields, do: deed })
        expect(
          (await press.post(deed === 'beenden' ? `${path}/beenden` : path, { body, headers: from })).status,
          path,
        ).not.toBe(303)
      }
  }
  expect(await everything()).toBe(before)
  const leave = paths.find((path) => path.includes('abmelden/'))!
  await press.post(leave, { body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }) })
  expect(await everything()).not.toBe(before)
}, 60_000)
