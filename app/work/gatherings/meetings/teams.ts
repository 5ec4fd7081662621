import { createHash } from 'node:crypto'
import { berlinDay, berlinTime } from '#platform/kernel/index.ts'
import { ask, MeetingTrouble, type Meeting, type MeetingService, type Room } from './provider.ts'
import type { Settings } from './settings.ts'

/** Where Microsoft answers. */
export interface Hosts {
  readonly login: string
  readonly graph: string
}
const microsoft: Hosts = { login: 'https://login.microsoftonline.com', graph: 'https://graph.microsoft.com' }

const tokens = new Map<string, { token: string; until: number }>()
/** A token is taken for old a minute before it is. */
const margin = 60_000

interface GraphError {
  readonly error?: { readonly code?: string; readonly message?: string } | string
}

/** 2026-12-03T10:00:00+01:00 */
function withOffset(at: Date): string {
  const wall = `${berlinDay(at)}T${berlinTime(at)}:00`
  const minutes = Math.round((Date.parse(`${wall}Z`) - at.getTime()) / 60_000)
  return `${wall}+${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
}

async function accessToken({ tenant = '', client = '', secret = '' }: Settings, { login }: Hosts): Promise<string> {
  const key = createHash('sha256')
    .update(JSON.stringify([login, tenant, client, secret]))
    .digest('hex')
  const held = tokens.get(key)
  if (held && held.until > Date.now()) return held.token
  const answer = await ask(`${login}/${encodeURIComponent(tenant)}/oauth2/v2.0/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      client_id: client,
      client_secret: secret,
      grant_type: 'client_credentials',
      scope: 'https://graph.microsoft.com/.default',
    }).toString(),
  })
  if (answer.status === 429) throw busy(answer)
  const body = (await answer.json().catch(() => ({}))) as GraphError & { access_token?: string; expires_in?: number }
  if (!answer.ok || !body.access_token) throw new MeetingTrouble('sign-in', codeOf(body))
  tokens.set(key, { token: body.access_token, until: Date.now() + (body.expires_in ?? 0) * 1000 - margin })
  return body.access_token
}

const codeOf = ({ error }: GraphError) => ((typeof error === 'string' ? error : error?.code) ?? '').slice(0, 60)

function busy(answer: Response): MeetingTrouble {
  const seconds = Number(answer.headers.get('retry-after'))
  return new MeetingTrouble('busy', '429', Number.isFinite(seconds) && seconds > 0 ? seconds : undefined)
}

/** The tenant's administrator has to grant an application access policy; the body says so, whatever the status is. */
const lacksPolicy = ({ error }: GraphError) =>
  typeof error === 'object' && /not authorized to .* on behalf of user/i.test(error.message ?? '')

interface OnlineMeeting {
  readonly id: string
  readonly joinWebUrl: string
  readonly audioConferencing?: { readonly conferenceId?: string; readonly tollNumber?: string } | null
  readonly joinMeetingIdSettings?: { readonly passcode?: string | null } | null
}

/** Teams through Graph: a stand-alone meeting under our own id. Graph is told title and times, nobody's name. */
export function teams(settings: Settings, hosts: Hosts = microsoft): MeetingService {
  const meetings = `${hosts.graph}/v1.0/users/${encodeURIComponent(settings.organiser ?? '')}/onlineMeetings`
  const call = async (method: string, url: string, body?: object): Promise<OnlineMeeting> => {
    const answer = await ask(url, {
      method,
      headers: {
        authorization: `Bearer ${await accessToken(settings, hosts)}`,
        'accept-language': 'de-DE',
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    })
    if (answer.status === 429) throw busy(answer)
    const said = (await answer.json().catch(() => ({}))) as GraphError & OnlineMeeting
    if (lacksPolicy(said)) throw new MeetingTrouble('policy', codeOf(said))
    if (answer.status === 401) throw new MeetingTrouble('sign-in', codeOf(said))
    if (!answer.ok) throw new MeetingTrouble('refused', codeOf(said) || String(answer.status))
    return said
  }
  const times = ({ title, start, end }: Pick<Meeting, 'title' | 'start' | 'end'>) => ({
    subject: title,
    startDateTime: withOffset(start),
    endDateTime: withOffset(end),
  })
  const createOrGet = (meeting: Pick<Meeting, 'id' | 'title' | 'start' | 'end'>) =>
    call('POST', `${meetings}/createOrGet`, { externalId: meeting.id, ...times(meeting) })
  return {
    async ensure(meeting) {
      const made = await createOrGet(meeting)
      // The meeting may be an older one of ours: times and settings follow.
      await call('PATCH', `${meetings}/${encodeURIComponent(made.id)}`, {
        ...times(meeting),
        allowedPresenters: 'organizer',
        recordAutomatically: false,
        lobbyBypassSettings: { scope: 'everyone', isDialInBypassEnabled: true },
      })
      return roomOf(made)
    },
    async test(now) {
      const start = new Date(now.getTime() + 86_400_000)
      const end = new Date(start.getTime() + 1_800_000)
      const made = await createOrGet({ id: 'besonnen-test', title: 'Test', start, end })
      await call('DELETE', `${meetings}/${encodeURIComponent(made.id)}`)
    },
  }
}

/** The address is passed on letter by letter: it contains percent-encoded JSON. */
function roomOf({ joinWebUrl, audioConferencing, joinMeetingIdSettings }: OnlineMeeting): Room {
  if (!joinWebUrl) throw new MeetingTrouble('refused', 'joinWebUrl')
  const { tollNumber, conferenceId } = audioConferencing ?? {}
  const dialIn = tollNumber ? [tollNumber, conferenceId].filter(Boolean).join(', ') : undefined
  const passcode = joinMeetingIdSettings?.passcode ?? undefined
  return { joinUrl: joinWebUrl, ...(dialIn && { dialIn }), ...(passcode && { passcode }) }
}
