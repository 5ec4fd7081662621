import { afterAll, beforeAll, expect, test } from 'vitest'
import { startSession } from '#platform/auth/index.ts'
import { conference, guest, organiser, postAll } from '#tests/support/gathering.ts'
import { bbbStandIn } from '#tests/support/meetings.ts'
import { foundTowns, program, type Towns } from '#tests/support/town.ts'
import { programOver, Visitor } from '#tests/support/web.ts'
import { linkToken } from './commands/own.ts'
import { announce, planGathering } from './commands/plan.ts'
import { registerAll } from './commands/register.ts'
import { sendReminders } from './commands/reminders.ts'
import { makeRoom } from './commands/room.ts'
import { service, setService } from './commands/services.ts'
import { participants } from './queries.ts'

let towns: Towns
beforeAll(async () => void (towns = await foundTowns(new Date('2026-11-20T09:00:00Z'))))
afterAll(() => towns.end())

const address = '/lindenau/verwaltung/videodienste'

async function administrator(): Promise<Visitor> {
  const who = await towns.appoint('administrator')
  const visitor = new Visitor(towns, programOver(towns))
  const { token } = await towns.at((tx) => startSession(tx, who.kind === 'person' ? who.id : ''), program)
  visitor.setCookie('b-lindenau', token)
  return visitor
}

test('the page tests the connection at once, says what is wrong, and never shows a secret', async () => {
  const bbb = await bbbStandIn('geheim')
  const admin = await administrator()
  const typed = {
    provider: 'bigbluebutton',
    do: 'save',
    'bigbluebutton-base': `${bbb.url}/bigbluebutton`,
    'bigbluebutton-secret': 'falsch',
  }
  const wrong = await admin.post(address, typed)
  expect(wrong.status).toBe(422)
  expect(wrong.text).toContain('kennt diese Zugangsdaten nicht')
  const right = await admin.post(address, { ...typed, 'bigbluebutton-secret': 'geheim' })
  expect(right.text).toContain('Die Verbindung steht.')
  expect(right.text).not.toContain('geheim')
  const kept = await admin.post(address, { ...typed, 'bigbluebutton-secret': '' })
  expect(kept.text, 'an empty secret leaves the old one').toContain('Die Verbindung steht.')
  const rows = await towns.at((tx) => tx.db.selectFrom('gatherings.service').selectAll().execute(), program)
  expect(rows.map((row) => row.settings.toString('latin1')).join('')).not.toContain('geheim')
  await bbb.stop()
  const gone = await admin.post(address, { provider: 'bigbluebutton', do: 'test' })
  expect(gone.text).toContain('antwortet nicht')
})

test('a guest gets a room of her own by a button, from half an hour before until the end', async () => {
  const bbb = await bbbStandIn('geheim')
  const staff = organiser(await towns.appoint('coordination'))
  const settings = { base: `${bbb.url}/bigbluebutton`, secret: 'geheim', hash: '' }
  await towns.at((tx) => setService(tx, 'bigbluebutton', settings), program)
  const id = await towns.at((tx) => planGathering(tx, { ...conference, online: 'bigbluebutton', room: '' }), staff)
  await towns.at((tx) => announce(tx, id), staff)
  await towns.at((tx) => registerAll(tx, id, [{ one: guest(1), receivedAt: tx.now }]), program)
  const [one] = await towns.at((tx) => participants(tx, id), staff)
  const token = await towns.at(async (tx) => linkToken(tx, one!.id), program)
  const join = `/lindenau/veranstaltungen/anmeldung/${token}/teilnehmen`
  const visitor = new Visitor(towns, programOver(towns))

  expect((await visitor.get(join)).text).toContain('Der Raum ist ab')
  await visitor.post(join)
  expect(bbb.asked, 'too early, the service is not asked').toEqual([])
  towns.clock.now = new Date('2026-12-03T08:31:00Z')
  expect((await visitor.get(join)).text).toContain('Raum öffnen')
  expect(bbb.asked, 'looking opens nothing').toEqual([])
  const opened = await visitor.post(join)
  const url = /href="(http:\/\/127[^"]+\/api\/join\?[^"]+)"/.exec(opened.text)?.[1]?.replaceAll('&amp;', '&') ?? ''
  expect(await (await fetch(url)).text()).toContain('SUCCESS')
  expect(new URL(url).searchParams.get('role')).toBe('VIEWER')
  expect(url).not.toContain(one!.id)
  await bbb.stop()
  expect((await visitor.post(join)).status, 'no fault, a sentence').toBe(503)
  towns.clock.now = new Date('2026-11-20T09:00:00Z')
})

test('a room that cannot be made is told to the organiser, asked for again, and no letter leaves without it', async () => {
  const staff = organiser(await towns.appoint('coordination'))
  const id = await towns.at(
    (tx) => planGathering(tx, { ...conference, title: 'Ohne Raum', online: 'teams', room: '' }),
    staff,
  )
  await towns.at((tx) => announce(tx, id), staff)
  await towns.at((tx) => makeRoom(tx, { gathering: id }), program)
  const row = () =>
    towns.at(
      (tx) => tx.db.selectFrom('gatherings.gathering').selectAll().where('id', '=', id).executeTakeFirstOrThrow(),
      program,
    )
  expect((await row()).room_trouble).toBe('not-set-up')
  await towns.at((tx) => registerAll(tx, id, [{ one: guest(9), receivedAt: tx.now }]), program)
  towns.clock.now = new Date('2026-12-02T12:00:00Z')
  await towns.at(sendReminders, program)
  expect((await postAll(towns.tenants)).map(({ subject }) => subject)).not.toContain('Bald ist es so weit: Ohne Raum')
  const waiting = await towns.at(
    (tx) => tx.db.selectFrom('mail.delivery').select('due_at').where('kind', '=', 'gatherings.link').execute(),
    program,
  )
  expect(
    waiting.some(({ due_at: due }) => due !== null && due > towns.clock.now),
    'it comes again',
  ).toBe(true)
  expect(await towns.at((tx) => service(tx, 'teams'), program)).toBeUndefined()
})
