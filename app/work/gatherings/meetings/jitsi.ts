import { createHmac, createPrivateKey, sign, type KeyObject } from 'node:crypto'
import { ask, baseOf, MeetingTrouble, type Guest, type Meeting, type MeetingService } from './provider.ts'
import type { Settings } from './settings.ts'

/** How long after the end a token still opens the room, and how long before the start. */
const margin = 30 * 60

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** Lowercase only: servers compare the room of the path with the claim. */
const roomName = (id: string): string => id.toLowerCase().replaceAll(/[^a-z0-9-]/g, '')

/** A field of one line loses the line breaks of a key; they are put back. */
function keyIn(text: string): KeyObject {
  const [, kind = '', body = ''] = /-----BEGIN ((?:RSA )?PRIVATE KEY)-----([\s\S]+?)-----END/.exec(text) ?? []
  const lines = body.replaceAll(/\s+/g, '').replaceAll(/.{64}/g, '$&\n')
  try {
    const key = createPrivateKey(`-----BEGIN ${kind}-----\n${lines}\n-----END ${kind}-----\n`)
    if (key.asymmetricKeyType === 'rsa' && (key.asymmetricKeyDetails?.modulusLength ?? 0) >= 2048) return key
  } catch {
    // Said below: a key that cannot be read and one that is too weak are mended in the same way.
  }
  throw new MeetingTrouble('not-set-up', 'key')
}

/** Signs claims: with a shared secret, or with a private key whose public half the server fetches by the key's name. */
function signing(method: string, secret: string, kid: string): (claims: object) => string {
  if (method === 'rs256')
    return (claims) => {
      const key = keyIn(secret)
      if (!kid) throw new MeetingTrouble('not-set-up', 'kid')
      const body = `${part({ alg: 'RS256', kid, typ: 'JWT' })}.${part(claims)}`
      return `${body}.${sign('sha256', Buffer.from(body), key).toString('base64url')}`
    }
  const [name, hash] = method === 'sha512' ? ['HS512', 'sha512'] : ['HS256', 'sha256']
  return (claims) => {
    const body = `${part({ alg: name, typ: 'JWT' })}.${part(claims)}`
    return `${body}.${createHmac(hash, secret).update(body).digest('base64url')}`
  }
}

/** Jitsi Meet with a token for this room, this person and this time; no other room is ever opened by it. */
export function jitsi({
  base = '',
  application = '',
  audience = '',
  subject = '',
  secret = '',
  hash = '',
  key = '',
}: Settings): MeetingService {
  const token = signing(hash.trim().toLowerCase(), secret, key.trim())
  return {
    ensure: async () => undefined,
    async joinUrlFor(meeting: Meeting, { id, name, moderates }: Guest) {
      if (!application || !secret) throw new MeetingTrouble('not-set-up', 'application')
      const seconds = (at: Date) => Math.floor(at.getTime() / 1000)
      const jwt = token({
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
      return `${baseOf(base)}/${roomName(meeting.id)}?jwt=${jwt}`
    },
    async test() {
      const answer = await ask(baseOf(base))
      if (answer.status >= 400) throw new MeetingTrouble('refused', String(answer.status))
      if (!application || !secret) throw new MeetingTrouble('not-set-up', 'application')
      token({})
    },
  }
}
