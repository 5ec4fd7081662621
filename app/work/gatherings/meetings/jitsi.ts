import { createHmac } from 'node:crypto'
import { ask, baseOf, MeetingTrouble, type Guest, type Meeting, type MeetingService } from './provider.ts'
import type { Settings } from './settings.ts'

/** How long after the end a token still opens the room, and how long before the start. */
const margin = 30 * 60

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** Lowercase only: servers compare the room of the path with the claim. */
export const roomName = (id: string): string => id.toLowerCase().replaceAll(/[^a-z0-9-]/g, '')

/** Jitsi Meet with a token for this room, this person and this time; no other room is ever opened by it. */
export function jitsi({
  base = '',
  application = '',
  audience = '',
  subject = '',
  secret = '',
  hash = '',
}: Settings): MeetingService {
  const algorithm = hash === 'sha512' ? { name: 'HS512', hash: 'sha512' } : { name: 'HS256', hash: 'sha256' }
  const sign = (claims: object) => {
    const body = `${part({ alg: algorithm.name, typ: 'JWT' })}.${part(claims)}`
    return `${body}.${createHmac(algorithm.hash, secret).update(body).digest('base64url')}`
  }
  return {
    ensure: async () => undefined,
    async joinUrlFor(meeting: Meeting, { id, name, moderates }: Guest) {
      if (!application || !secret) throw new MeetingTrouble('not-set-up', 'application')
      const seconds = (at: Date) => Math.floor(at.getTime() / 1000)
      const token = sign({
        iss: application,
        aud: audience || 'jitsi',
        sub: subject || new URL(baseOf(base)).hostname,
        room: roomName(meeting.id),
        nbf: seconds(meeting.start) - margin,
        exp: seconds(meeting.end) + margin,
        // Every value a string: the server throws on null. No mail address leaves the program.
        context: {
          user: {
            id,
            name: name.replaceAll(/\p{Cc}/gu, ' ').trim(),
            moderator: String(moderates),
            affiliation: moderates ? 'owner' : 'member',
          },
        },
      })
      return `${baseOf(base)}/${roomName(meeting.id)}?jwt=${token}`
    },
    async test() {
      const answer = await ask(baseOf(base))
      if (answer.status >= 400) throw new MeetingTrouble('refused', String(answer.status))
      if (!application || !secret) throw new MeetingTrouble('not-set-up', 'application')
    },
  }
}
