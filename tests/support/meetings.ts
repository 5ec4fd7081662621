import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What a stand-in was asked, in order. */
export interface Asked {
  readonly method: string
  readonly path: string
  readonly query: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

export interface Answer {
  readonly status?: number
  readonly headers?: Record<string, string>
  readonly body: string
}

export interface StandIn {
  readonly url: string
  readonly asked: Asked[]
  stop(): Promise<void>
}

async function listen(answer: (asked: Asked) => Answer): Promise<StandIn> {
  const asked: Asked[] = []
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const [path = '', query = ''] = (request.url ?? '').split('?')
      const one = {
        method: request.method ?? '',
        path,
        query,
        headers: request.headers,
        body: Buffer.concat(chunks).toString(),
      }
      asked.push(one)
      const { status = 200, headers = {}, body } = answer(one)
      response.writeHead(status, headers).end(body)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, asked, stop: () => new Promise((resolve) => server.close(() => resolve())) }
}

const json = (body: object, status = 200, headers = {}): Answer => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
})
const no = (why: string): Answer => json({ error: { code: 'BadRequest', message: why } }, 400)

export const organiser = '11111111-2222-3333-4444-555555555555'
export const joinWebUrl =
  'https://teams.microsoft.com/l/meetup-join/19%3ameeting_x%40thread.v2/0?context=%7b%22Tid%22%3a%22t%22%2c%22Oid%22%3a%22o%22%7d'

/** Microsoft's sign-in and Graph as strict as their documentation; `trouble` plays a fault, asked before each answer. */
export function graphStandIn(trouble: (asked: Asked) => Answer | undefined = () => undefined): Promise<StandIn> {
  const made = new Map<string, object>()
  return listen((asked) => {
    const fault = trouble(asked)
    if (fault) return fault
    if (asked.path === '/tenant-1/oauth2/v2.0/token') return token(asked)
    if (asked.headers.authorization !== 'Bearer token-1')
      return json({ error: { code: 'InvalidAuthenticationToken' } }, 401)
    const meetings = `/v1.0/users/${organiser}/onlineMeetings`
    if (!asked.path.startsWith(meetings)) return no('the organiser is named by object id')
    if (asked.method === 'DELETE') return { status: 204, body: '' }
    if (asked.headers['content-type'] !== 'application/json') return no('not JSON')
    const body = JSON.parse(asked.body) as Record<string, string>
    const withOffset = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?([+-]\d\d:\d\d|Z)$/
    if (body.startDateTime && !withOffset.test(body.startDateTime)) return no('no offset')
    if (body.endDateTime && (!body.startDateTime || body.endDateTime <= body.startDateTime))
      return no('end before start')
    if (asked.method === 'PATCH') return json({})
    if (asked.method !== 'POST' || asked.path !== `${meetings}/createOrGet`) return no('no such call')
    const extra = Object.keys(body).filter(
      (name) => !['externalId', 'subject', 'startDateTime', 'endDateTime'].includes(name),
    )
    if (!body.externalId || extra.length > 0) return no(`createOrGet takes no ${extra.join(', ')}`)
    const known = made.has(body.externalId)
    const meeting = {
      id: 'MSo1',
      joinWebUrl,
      audioConferencing: { conferenceId: '123 456', tollNumber: '+49 69 0000' },
      joinMeetingIdSettings: { passcode: 'aB3' },
    }
    made.set(body.externalId, meeting)
    return json(meeting, known ? 200 : 201)
  })
}

function token({ method, headers, body }: Asked): Answer {
  const form = new URLSearchParams(body)
  const right =
    method === 'POST' &&
    headers['content-type'] === 'application/x-www-form-urlencoded' &&
    form.get('grant_type') === 'client_credentials' &&
    form.get('scope') === 'https://graph.microsoft.com/.default' &&
    form.get('client_id') === 'client-1'
  if (!right) return json({ error: 'invalid_request' }, 400)
  if (form.get('client_secret') !== 'secret-1') return json({ error: 'invalid_client' }, 401)
  return json({ token_type: 'Bearer', expires_in: 3599, access_token: 'token-1' })
}

const xml = (inside: string): Answer => ({
  headers: { 'content-type': 'text/xml' },
  body: `<response>${inside}</response>`,
})
const failed = (key: string) =>
  xml(`<returncode>FAILED</returncode><messageKey>${key}</messageKey><message>x</message>`)

/** BigBlueButton: checks the checksum over the query exactly as it came, names, booleans and the order of calls. */
export function bbbStandIn(secret: string, hash = 'sha256'): Promise<StandIn> {
  const created = new Map<string, string>()
  return listen(({ method, path, query }) => {
    const call = /^\/bigbluebutton\/api\/(\w+)$/.exec(path)?.[1]
    if (!call) return { status: 404, body: '' }
    const [, before = '', sum] = /^(?:(.*)&)?checksum=([0-9a-f]+)$/.exec(query) ?? []
    if (
      sum !==
      createHash(hash)
        .update(call + before + secret)
        .digest('hex')
    )
      return failed('checksumError')
    const values = new URLSearchParams(before)
    if (call === 'getMeetings') return xml('<returncode>SUCCESS</returncode><meetings/>')
    const id = values.get('meetingID') ?? ''
    if (!/^[\w-]{2,256}$/.test(id)) return failed('validationError')
    if (call === 'create') {
      const name = values.get('name') ?? ''
      const booleans = ['record', 'muteOnStart'].every((one) => ['true', 'false', null].includes(values.get(one)))
      if ([...name].length < 2 || [...name].length > 64 || /\p{Cc}/u.test(before) || !booleans)
        return failed('validationError')
      const known = created.has(id)
      created.set(id, created.get(id) ?? String(1_531_155_809_613 + created.size))
      return xml(
        `<returncode>SUCCESS</returncode><meetingID>${id}</meetingID><createTime>${created.get(id)}</createTime>${known ? '<messageKey>duplicateWarning</messageKey>' : ''}`,
      )
    }
    if (call === 'end') return created.delete(id) ? xml('<returncode>SUCCESS</returncode>') : failed('notFound')
    if (call !== 'join' || method !== 'GET') return failed('unsupportedRequest')
    if (values.has('password')) return failed('validationError')
    if (!['MODERATOR', 'VIEWER'].includes(values.get('role') ?? '')) return failed('validationError')
    if (!created.has(id)) return failed('invalidMeetingIdentifier')
    if (values.get('createTime') !== created.get(id)) return failed('mismatchCreateTimeParam')
    return xml('<returncode>SUCCESS</returncode>')
  })
}
