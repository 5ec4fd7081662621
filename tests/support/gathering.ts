import type { Tenants, Who } from '#platform/tenancy/index.ts'
import { Postman, type Posting } from '#platform/mail/index.ts'
import { silentLog } from '#platform/log/index.ts'
import { letters } from '#work/gatherings/letters.tsx'
import type { Basics, NewRegistration } from '#work/gatherings/index.ts'

export const conference: Basics = {
  kind: 'conference',
  title: 'Abschlusskonferenz',
  summary: 'Was wir gelernt haben',
  day: '2026-12-03',
  from: '10:00',
  until: '15:30',
  deadline: '2026-11-27',
  places: 50,
  place: null,
  online: 'fixed',
  room: 'https://video.example/raum?pwd=%7B%22a%22%3A1%7D',
  instructions: 'Bitte schalten Sie Ihr Mikrofon stumm.',
  listed: true,
  byHand: false,
  confirmMail: false,
  deleteOn: '2027-03-03',
}

export const guest = (n: number, more: Partial<NewRegistration> = {}): NewRegistration => ({
  name: `Gast ${n}`,
  mail: `gast${n}@example.org`,
  rank: 0,
  need: '',
  answers: [],
  language: 'de',
  ...more,
})

/** The staff of gatherings as the session would make it. */
export const organiser = (who: Who): Who => (who.kind === 'person' ? { ...who, reach: ['own', 'gatherings'] } : who)

/** Writes all due letters and gives them; nothing leaves this process. */
export async function postAll(tenants: Tenants): Promise<Posting[]> {
  const sent: Posting[] = []
  const broken: unknown[] = []
  const postman = new Postman({
    tenants,
    letters,
    transport: {
      close: () => undefined,
      send: async (posting) => {
        sent.push(posting)
        return { state: 'accepted', reply: 250 }
      },
    },
    origin: 'https://stadt.example',
    log: { ...silentLog, warn: (about: unknown) => void broken.push(about) } as typeof silentLog,
  })
  await postman.deliver()
  await postman.stop()
  // A round that broke off would show as a mail that is missing, without its reason.
  if (broken.length > 0) throw new Error('the round broke off', { cause: broken[0] })
  return sent
}
