import { createHmac, generateKeyPairSync } from 'node:crypto'
import { jwtVerify } from 'jose'
import { afterEach, expect, test, vi } from 'vitest'
import { bbbStandIn, graphStandIn, joinWebUrl, organiser, type Answer, type StandIn } from '#tests/support/meetings.ts'
import { bigBlueButton, checksum } from './bigbluebutton.ts'
import { jitsi } from './jitsi.ts'
import { MeetingTrouble, type Meeting } from './provider.ts'
import { teams } from './teams.ts'

const meeting: Meeting = {
  id: 'besonnen-0f0e0d0c-1111-2222-3333-444455556666',
  title: 'Abschlusskonferenz „Miteinander“ & mehr',
  start: new Date('2026-12-03T09:00:00Z'),
  end: new Date('2026-12-03T14:30:00Z'),
  back: 'https://stadt.example/lindenau/veranstaltungen/abschlusskonferenz',
}
const guest = { id: 'a1b2', name: 'Ada Öz & Söhne = 100 %', moderates: false }

let open: StandIn[] = []
afterEach(async () => {
  await Promise.all(open.map((one) => one.stop()))
  open = []
})
const keep = async (standIn: Promise<StandIn>) => {
  const made = await standIn
  open.push(made)
  return made
}
const trouble = async (work: Promise<unknown>): Promise<MeetingTrouble> => {
  const error = await work.catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(MeetingTrouble)
  return error as MeetingTrouble
}

const graph = async (fault?: Parameters<typeof graphStandIn>[0], more: Record<string, string> = {}) => {
  const standIn = await keep(graphStandIn(fault))
  const settings = { tenant: 'tenant-1', client: 'client-1', secret: 'secret-1', organiser, ...more }
  return { standIn, service: teams(settings, { login: standIn.url, graph: standIn.url }) }
}

test('Teams: one meeting under our id, new or known; the address is passed on letter by letter', async () => {
  const { standIn, service } = await graph()
  const room = { joinUrl: joinWebUrl, dialIn: '+49 69 0000, 123 456', passcode: 'aB3' }
  expect(await service.ensure(meeting)).toEqual(room)
  expect(await service.ensure(meeting), '200 as well as 201').toEqual(room)
  const [create, again] = standIn.asked.filter(({ path }) => path.endsWith('/createOrGet'))
  expect(JSON.parse(create!.body)).toEqual({
    externalId: meeting.id,
    subject: meeting.title,
    startDateTime: '2026-12-03T10:00:00+01:00',
    endDateTime: '2026-12-03T15:30:00+01:00',
  })
  expect(again!.body).toBe(create!.body)
  expect(create!.headers['accept-language']).toBe('de-DE')
  expect(
    standIn.asked.filter(({ path }) => path.endsWith('/token')),
    'the token is kept until it ends',
  ).toHaveLength(1)
  expect(standIn.asked.map(({ path }) => path).join(' ')).not.toMatch(/events|\/me\b/)
  expect(standIn.asked.filter(({ method }) => method === 'PATCH')[0]!.body).toContain('"recordAutomatically":false')
})

test('Teams: the token is asked for anew once it has ended, never before', async () => {
  const { standIn, service } = await graph()
  const asked = () => standIn.asked.filter(({ path }) => path.endsWith('/token')).length
  await service.ensure(meeting)
  const clock = vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 3_500_000)
  await service.ensure(meeting)
  expect(asked()).toBe(1)
  clock.mockReturnValue(Date.now() + 100_000)
  await service.ensure(meeting)
  clock.mockRestore()
  expect(asked()).toBe(2)
})

test('Teams: in summer the offset is two hours', async () => {
  const { standIn, service } = await graph()
  await service.ensure({ ...meeting, start: new Date('2026-07-03T08:00:00Z'), end: new Date('2026-07-03T09:00:00Z') })
  expect(standIn.asked.find(({ path }) => path.endsWith('createOrGet'))!.body).toContain('2026-07-03T10:00:00+02:00')
})

const refusal = (status: number, code: string, message: string): Answer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ error: { code, message } }),
})

test.each([400, 401, 403, 404])(
  'Teams: a missing access policy is known by its words, whatever the status (%i)',
  async (status) => {
    const words = 'App client-1 is not authorized to Create meeting on behalf of user 1111.'
    const { service } = await graph(({ path }) =>
      path.endsWith('/createOrGet') ? refusal(status, 'Unauthorized', words) : undefined,
    )
    expect((await trouble(service.ensure(meeting))).kind).toBe('policy')
  },
)

test('Teams: a wrong secret is a matter of signing in, another refusal is not', async () => {
  const { service } = await graph(undefined, { secret: 'wrong' })
  expect(await trouble(service.ensure(meeting))).toMatchObject({ kind: 'sign-in', code: 'invalid_client' })
  const other = await graph(({ path }) => (path.endsWith('Get') ? refusal(403, 'Forbidden', 'no licence') : undefined))
  expect(await trouble(other.service.ensure(meeting))).toMatchObject({ kind: 'refused', code: 'Forbidden' })
})

test('Teams: asked to wait, it says for how long; without a number it says nothing', async () => {
  const limited = (headers: Record<string, string>) =>
    graph(({ path }) => (path.endsWith('Get') ? { status: 429, headers, body: '{}' } : undefined))
  expect(await trouble((await limited({ 'retry-after': '17' })).service.ensure(meeting))).toMatchObject({
    kind: 'busy',
    retryAfter: 17,
  })
  expect((await trouble((await limited({})).service.ensure(meeting))).retryAfter).toBeUndefined()
})

test('Teams: the trial makes a meeting and takes it away again', async () => {
  const { standIn, service } = await graph()
  await service.test(new Date('2026-11-23T09:00:00Z'))
  expect(standIn.asked.at(-1)).toMatchObject({ method: 'DELETE', path: `/v1.0/users/${organiser}/onlineMeetings/MSo1` })
})

test('BigBlueButton: the documented vector', () => {
  const query = 'name=Test+Meeting&meetingID=abc123&attendeePW=111222&moderatorPW=333444'
  const secret = '639259d4-9dd8-4b25-bf01-95f9567eaf4b'
  expect(checksum('create', query, secret, 'sha1')).toBe('1fcbb0c4fc1f039f73aa6d697d2db9ba7f803f17')
  expect(checksum('create', query, secret)).toBe('da9185f7f333cfdfcd6eeac32dca3777510c4c436020d8b887ba5515bd1d189e')
})

const joined = async (url: string) => (await fetch(url)).text()

test.each(['sha256', 'sha512', 'sha1'])('BigBlueButton: made at every joining, checked with %s', async (hash) => {
  const standIn = await keep(bbbStandIn('geheim', hash))
  const service = bigBlueButton({ base: `${standIn.url}/bigbluebutton/api`, secret: 'geheim', hash })
  expect(await service.ensure(meeting)).toBeUndefined()
  expect(standIn.asked, 'nothing is made before somebody comes').toEqual([])
  for (const moderates of [false, true]) {
    const url = await service.joinUrlFor!(meeting, { ...guest, moderates }, meeting.start)
    expect(await joined(url)).toContain('SUCCESS')
    const values = new URL(url).searchParams
    expect(values.get('role')).toBe(moderates ? 'MODERATOR' : 'VIEWER')
    expect(values.get('fullName')).toBe(guest.name)
    expect([...values.keys()]).not.toContain('password')
  }
  expect(standIn.asked.filter(({ path }) => path.endsWith('/create'))).toHaveLength(2)
})

test('BigBlueButton: an old link opens no later session with the same id', async () => {
  const standIn = await keep(bbbStandIn('geheim'))
  const service = bigBlueButton({ base: `${standIn.url}/bigbluebutton`, secret: 'geheim' })
  const old = await service.joinUrlFor!(meeting, guest, meeting.start)
  await service.end!(meeting)
  await service.joinUrlFor!({ ...meeting, id: 'besonnen-other' }, guest, meeting.start)
  await service.joinUrlFor!(meeting, guest, meeting.start)
  expect(await joined(old)).toContain('mismatchCreateTimeParam')
})

test('BigBlueButton: titles too short, too long or with control characters are brought into shape', async () => {
  const standIn = await keep(bbbStandIn('geheim'))
  const service = bigBlueButton({ base: `${standIn.url}/bigbluebutton`, secret: 'geheim' })
  for (const title of ['X', 'ä'.repeat(120), 'Zeile\u0007eins'])
    expect(await joined(await service.joinUrlFor!({ ...meeting, title }, guest, meeting.start))).toContain('SUCCESS')
})

test('BigBlueButton: a wrong secret and a dead server are told apart', async () => {
  const standIn = await keep(bbbStandIn('geheim'))
  const service = bigBlueButton({ base: `${standIn.url}/bigbluebutton`, secret: 'falsch' })
  expect(await trouble(service.test(meeting.start))).toMatchObject({ kind: 'sign-in', code: 'checksumError' })
  const dead = bigBlueButton({ base: 'http://127.0.0.1:9/bigbluebutton', secret: 'geheim' })
  expect((await trouble(dead.test(meeting.start))).kind).toBe('unreachable')
  const foreign = bigBlueButton({ base: 'http://bbb.example/bigbluebutton', secret: 'geheim' })
  expect((await trouble(foreign.test(meeting.start))).kind, 'never in the clear').toBe('not-set-up')
})

const key = new TextEncoder().encode('ein geheimer Schluessel von genug Laenge')
const settings = { base: 'https://meet.example', application: 'besonnen', secret: new TextDecoder().decode(key) }

test('Jitsi: a token for this room, this person, this time; read by another library', async () => {
  const url = new URL(await jitsi(settings).joinUrlFor!(meeting, guest, meeting.start))
  const token = url.searchParams.get('jwt')!
  const check = { issuer: 'besonnen', audience: 'jitsi', subject: 'meet.example', algorithms: ['HS256'] }
  const { payload } = await jwtVerify(token, key, { ...check, currentDate: meeting.start })
  expect(payload.room).toBe(url.pathname.slice(1))
  expect(payload.room).toBe(meeting.id.toLowerCase())
  expect(payload.room).not.toBe('*')
  expect(payload.exp! * 1000).toBeLessThanOrEqual(meeting.end.getTime() + 30 * 60_000)
  const { user } = payload.context as { user: Record<string, unknown> }
  expect(Object.values(user).every((value) => typeof value === 'string')).toBe(true)
  expect(user).toMatchObject({ name: guest.name, moderator: 'false', affiliation: 'member' })
  expect(JSON.stringify(payload)).not.toMatch(/email|@/)
  const late = new Date(meeting.end.getTime() + 31 * 60_000)
  await expect(jwtVerify(token, key, { ...check, currentDate: late })).rejects.toThrow(/exp/)
})

test('Jitsi: HS512 where the server asks for it, owner only for whoever moderates', async () => {
  const url = await jitsi({ ...settings, hash: 'sha512' }).joinUrlFor!(
    meeting,
    { ...guest, moderates: true },
    meeting.start,
  )
  const [head = '', body = '', sum] = (new URL(url).searchParams.get('jwt') ?? '').split('.')
  expect(JSON.parse(Buffer.from(head, 'base64url').toString())).toEqual({ alg: 'HS512', typ: 'JWT' })
  expect(sum).toBe(createHmac('sha512', settings.secret).update(`${head}.${body}`).digest('base64url'))
  expect(Buffer.from(body, 'base64url').toString()).toContain('"affiliation":"owner"')
})

test('Jitsi: RS256 with the key’s name, read with the public half; the key may have lost its line breaks', async () => {
  const pair = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const pem = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string
  const signed = { ...settings, base: 'https://8x8.example/vpaas-1', hash: 'RS256', key: 'vpaas-1/abc' }
  for (const secret of [pem, pem.replaceAll('\n', ' ')]) {
    const url = new URL(await jitsi({ ...signed, secret }).joinUrlFor!(meeting, guest, meeting.start))
    const check = { issuer: 'besonnen', audience: 'jitsi', algorithms: ['RS256'], currentDate: meeting.start }
    const { payload, protectedHeader } = await jwtVerify(url.searchParams.get('jwt')!, pair.publicKey, check)
    expect(protectedHeader).toEqual({ alg: 'RS256', kid: 'vpaas-1/abc', typ: 'JWT' })
    expect(url.pathname).toBe(`/vpaas-1/${payload.room as string}`)
  }
  const weak = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey.export({ type: 'pkcs8', format: 'pem' })
  const say = async (more: object) => {
    const { kind, code } = await trouble(jitsi({ ...signed, ...more }).joinUrlFor!(meeting, guest, meeting.start))
    return `${kind} ${code}`
  }
  expect(await say({ secret: 'kein Schlüssel' })).toBe('not-set-up key')
  expect(await say({ secret: weak })).toBe('not-set-up key')
  expect(await say({ secret: pem, key: '' })).toBe('not-set-up kid')
})
