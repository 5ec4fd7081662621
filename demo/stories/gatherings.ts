import { addDays, berlinDay } from '#platform/kernel/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import {
  announce,
  changeParts,
  checkIn,
  planGathering,
  registerAll,
  type Basics,
  type NewRegistration,
} from '#work/gatherings/index.ts'
import { feedbackToken, giveFeedback } from '#work/gatherings/commands/attendance.ts'
import { linkToken, withdraw } from '#work/gatherings/commands/own.ts'
import { publishResults, type Parts } from '#work/gatherings/commands/plan.ts'
import { participants } from '#work/gatherings/queries.ts'
import type { Storyteller } from './storyteller.ts'

const day = (days: number) => addDays(berlinDay(new Date()), days)

/** When the network meets. */
export const conferenceDay = day(10)

/** Letters without their marks, as addresses have them. */
const plain = (name: string) => name.toLowerCase().normalize('NFD').replaceAll(/\p{M}/gu, '')

const guest = (name: string, answers: string[] = [], more: Partial<NewRegistration> = {}): NewRegistration => ({
  name,
  mail: `${plain(name).replaceAll(/[^a-z]+/g, '.')}@kommune.invalid`,
  rank: 0,
  need: '',
  answers,
  language: 'de',
  ...more,
})

/** Whoever is at the door of a gathering is the program: a visitor has no session. */
const visitors = { who: { kind: 'program', name: 'demo' }, roles: [] } as const
/** Somebody who runs gatherings. */
const runs = (story: Storyteller, name: string) => ({
  who: { ...story.as(name).who, reach: ['own', 'gatherings'] } as const,
  roles: [],
})

const conference = (): Basics => ({
  kind: 'conference',
  title: 'Abschlusskonferenz: Konflikte früh erkennen, im Gespräch bleiben',
  summary:
    'Drei Jahre lang haben Kommunen des Netzwerks ein eigenes Konfliktmanagement aufgebaut. Auf der digitalen Abschlusskonferenz zeigen sie, was daraus geworden ist: aus der Koordinierungsstelle, aus den Stadtteilen, aus dem Rat.\n\nEingeladen sind alle Kommunen, auch die, die noch am Anfang stehen.',
  day: conferenceDay,
  from: '10:00',
  until: '15:30',
  deadline: day(4),
  places: 8,
  place: null,
  online: 'fixed',
  room: 'https://video.landeskoordination.invalid/abschlusskonferenz',
  instructions:
    'Bitte treten Sie mit Ihrem Namen und Ihrer Kommune bei. Das Mikrofon bleibt aus, bis Sie das Wort haben.',
  listed: true,
  byHand: false,
  confirmMail: false,
  deleteOn: day(100),
})

const parts: Parts = {
  programme: [
    { from: '10:00', title: 'Begrüßung', speaker: 'Dr. Elke Sanders, Landeskoordination' },
    { from: '10:20', title: 'Was drei Jahre gezeigt haben', speaker: 'Prof. Carla Winter' },
    {
      from: '11:15',
      title: 'Aus der Praxis: drei Stadtteile erzählen',
      speaker: 'Olena Marchenko und Bernd Hülsmann, Stadt Lindenau',
    },
    { from: '12:30', title: 'Pause', speaker: '' },
    { from: '13:30', title: 'Werkstätten: Aufbau, Früherkennung, Prävention', speaker: '' },
    { from: '15:00', title: 'Ausblick', speaker: 'Hannah Brückner, Landeskoordination' },
  ],
  translations: {
    en: {
      title: 'Closing conference: noticing conflicts early, staying in conversation',
      summary:
        'For three years, municipalities of the network have built a conflict management of their own. They show what has come of it.',
    },
  },
  questions: [{ label: 'Welche Kommune vertreten Sie?', kind: 'text', choices: [], needed: true }],
  groups: ['aus einer Kommune des Netzwerks', 'aus einer anderen Kommune oder als Gast'],
}

const guests = [
  guest('Jana Reuter', ['Steinwehr']),
  guest('Petra Lange', ['Kreis Auental']),
  guest('Mehmet Aslan', ['Hohenfels'], { need: 'Bitte mit Untertiteln, ich höre schlecht.' }),
  guest('Ines Vogt', ['Niederauen']),
  guest('Luka Petrović', ['Auenbrück']),
  guest('Dr. Sarah Klein', ['Rosenau'], { rank: 1 }),
  guest('Tom Behrens', ['Lindenau']),
  guest('Aylin Koç', ['Weststadt']),
  guest('Georg Stein', ['Kreis Auental']),
  guest('Marta Nowicka', ['Seeheim'], { rank: 1 }),
  guest('Paul Winkler', ['Talbach']),
]

/** The digital closing conference of the network: announced, deadline six days before, full with a waiting list. */
export async function closingConference(story: Storyteller): Promise<void> {
  const hannah = runs(story, 'Hannah Brückner')
  const id = await story.at(16, 9).do(hannah, async (tx) => {
    const made = await planGathering(tx, conference())
    await changeParts(tx, made, parts)
    await announce(tx, made)
    return made
  })
  for (const [n, one] of guests.entries())
    await story.at(14 - n, 8 + n).do(visitors, (tx) => registerAll(tx, id, [{ one, receivedAt: tx.now }]))
  await story.at(0, 0).do(visitors, async (tx) => withdraw(tx, await linkOf(tx, id, 'Tom Behrens')))
}

const idsOf = async (tx: TenantTx, gathering: string, ...names: string[]) =>
  (await participants(tx, gathering)).filter(({ name }) => names.includes(name)).map((one) => one.id)
const linkOf = async (tx: TenantTx, gathering: string, name: string) =>
  linkToken(tx, (await idsOf(tx, gathering, name))[0] ?? '')

/** A citizens' dialogue in the quarter that has taken place: who came, how it was, what was said. */
export async function dialogueInTheNorth(story: Storyteller): Promise<void> {
  const miriam = runs(story, 'Miriam Aydın')
  const id = await story.at(40, 9).do(miriam, async (tx) => {
    const made = await planGathering(tx, {
      kind: 'citizens-dialogue',
      title: 'Bürgerdialog Nordviertel',
      summary:
        'Wie wollen wir abends auf dem Spielplatz miteinander auskommen? Alle aus dem Nordviertel sind eingeladen.',
      day: day(-12),
      from: '18:00',
      until: '20:00',
      deadline: day(-14),
      places: 40,
      place: 'Quartiersbüro Nordviertel, Werftstraße 3',
      online: null,
      room: '',
      instructions: '',
      listed: true,
      byHand: false,
      confirmMail: false,
      deleteOn: day(78),
    })
    await announce(tx, made)
    return made
  })
  const names = ['Hülya Demirel', 'Karl Ott', 'Nadia Haddad', 'Jens Pohl', 'Oksana Bilyk', 'Ruth Meier', 'Ali Rahimi']
  await story.at(25, 17).do(visitors, (tx) =>
    registerAll(
      tx,
      id,
      names.map((name) => ({ one: guest(name), receivedAt: tx.now })),
    ),
  )
  const here = await story.at(12, 18).do(miriam, async (tx) => {
    const ids = await idsOf(tx, id, ...names.slice(0, 6))
    await checkIn(tx, id, ids)
    return ids
  })
  for (const [n, one] of here.entries())
    await story.at(11 - n, 19).do(visitors, async (tx) =>
      giveFeedback(tx, feedbackToken(tx, one), {
        worth: n === 3 ? 3 : 5,
        understood: 4,
        heard: n % 2 === 0 ? 5 : 4,
        remark: n === 1 ? 'Gut, dass auch Jugendliche da waren. Bitte früher am Abend.' : '',
      }),
    )
  await story.at(3, 10).do(miriam, async (tx) => {
    await changeParts(tx, id, {
      proceedings:
        'Sechs Menschen aus dem Nordviertel haben mit dem Quartiersbüro gesprochen.\n\nDer Spielplatz gehört bis 20 Uhr den Kindern. Danach dürfen Jugendliche dort sitzen; Musik bleibt leise. Das Quartiersbüro stellt zwei Bänke am Ufer auf.\n\nIm März sehen wir gemeinsam nach, ob die Verabredung hält.',
    })
    await publishResults(tx, id)
  })
}
