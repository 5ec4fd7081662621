import type { Verb } from './rights.ts'
import type { ModelDocument } from './schema.ts'
import office from './seat.json' with { type: 'json' }

/** Documents that come with the program; each is loaded only when asked for. */
const shipped = {
  grundstruktur: () => import('./documents/grundstruktur.json', { with: { type: 'json' } }),
  'klein-anfangen': () => import('./documents/klein-anfangen.json', { with: { type: 'json' } }),
}

/** The base structure, or the ready-made small model a municipality may begin with. Still to be compiled. */
export async function shippedDocument(id: keyof typeof shipped): Promise<unknown> {
  return (await shipped[id]()).default
}

/** What somebody at the network's seat may do. */
const seatVerbs: Verb[] = [
  'gatherings.manage',
  'newsletter.send',
  'handbook.write',
  'people.propose',
  'people.manage',
  'second.decide',
  'town.settings',
  'public.edit',
]

/**
 * The model of the state's coordination office, which speaks for the network: the small model with its doors closed, for
 * nobody reports anything there, and one role more, with which the office works. Still to be compiled.
 */
export async function seatDocument(): Promise<ModelDocument> {
  const small = (await shippedDocument('klein-anfangen')) as ModelDocument
  return {
    ...small,
    id: 'landeskoordination',
    title: office.one,
    words: { ...small.words, 'state-office': { ...office, gender: 'f' } },
    roles: [{ id: 'state-office', component: 'coordination', may: seatVerbs }, ...small.roles],
    publicForm: { ...small.publicForm, open: false, callback: false },
  }
}
