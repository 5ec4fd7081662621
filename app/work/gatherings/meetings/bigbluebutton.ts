import { createHash } from 'node:crypto'
import { ask, baseOf, MeetingTrouble, type Guest, type Meeting, type MeetingService } from './provider.ts'
import type { Settings } from './settings.ts'

const hashes = ['sha256', 'sha1', 'sha384', 'sha512']

/** hex(H(call + query + secret)); the query exactly as it is sent. */
export const checksum = (call: string, query: string, secret: string, hash = 'sha256'): string =>
  createHash(hashes.includes(hash) ? hash : 'sha256')
    .update(call + query + secret)
    .digest('hex')

const clean = (text: string) => text.replaceAll(/\p{Cc}/gu, ' ').trim()

/** Two to sixty-four characters, as the service demands. */
const nameOf = (title: string) => [...clean(title)].slice(0, 64).join('').padEnd(2, '.')

/** One element of an answer; the service's XML is flat and without attributes where we look. */
const element = (xml: string, name: string): string => {
  const [, plain, data] = new RegExp(`<${name}>(?:([^<]*)|<!\\[CDATA\\[(.*?)\\]\\]>)</${name}>`, 's').exec(xml) ?? []
  return (plain ?? data ?? '').trim()
}

/** BigBlueButton: the room is made when somebody joins, every time; unused ones vanish by themselves. */
export function bigBlueButton({ base = '', secret = '', hash = 'sha256' }: Settings): MeetingService {
  const address = (call: string, values: Record<string, string>) => {
    const query = new URLSearchParams(values).toString()
    const sum = checksum(call, query, secret, hash)
    return `${baseOf(base).replace(/\/api$/, '')}/api/${call}?${query ? `${query}&` : ''}checksum=${sum}`
  }
  const call = async (name: string, values: Record<string, string>): Promise<string> => {
    const answer = await ask(address(name, values))
    const xml = await answer.text()
    const key = element(xml, 'messageKey').slice(0, 60)
    if (answer.status === 429) throw new MeetingTrouble('busy', '429')
    if (element(xml, 'returncode') === 'SUCCESS') return xml
    throw new MeetingTrouble(key === 'checksumError' ? 'sign-in' : 'refused', key || String(answer.status))
  }
  const create = ({ id, title, back }: Meeting) =>
    call('create', {
      name: nameOf(title),
      meetingID: id,
      record: 'false',
      muteOnStart: 'true',
      guestPolicy: 'ALWAYS_ACCEPT',
      logoutURL: back,
    })
  return {
    ensure: async () => undefined,
    async joinUrlFor(meeting, { id, name, moderates }: Guest) {
      const createTime = element(await create(meeting), 'createTime')
      return address('join', {
        fullName: clean(name).slice(0, 100),
        meetingID: meeting.id,
        role: moderates ? 'MODERATOR' : 'VIEWER',
        createTime,
        userID: id,
        ...(moderates ? {} : { guest: 'true' }),
      })
    },
    end: async ({ id }) => void (await call('end', { meetingID: id })),
    test: async () => void (await call('getMeetings', {})),
  }
}
