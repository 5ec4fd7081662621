import { formats } from '#platform/i18n/index.ts'
import { askRelease, beginIssue, fillSome, minuteRound, release, saveDraft } from '#work/newsletter/commands/issue.ts'
import { confirm, withdraw } from '#work/newsletter/commands/consent.ts'
import { subscribe } from '#work/newsletter/commands/subscribe.ts'
import { addTopic } from '#work/newsletter/commands/topics.ts'
import { confirmToken } from '#work/newsletter/links.ts'
import { subscriberByAddress } from '#work/newsletter/queries.ts'
import { draft, wish } from '#work/newsletter/schema.ts'
import { wordingOf } from '#work/newsletter/wording.ts'
import { conferenceDay } from './gatherings.ts'
import type { Storyteller } from './storyteller.ts'

const readers = ['anna.berger', 'yusuf.kaya', 'ewa.nowak', 'peter.schulte', 'fatima.omar', 'lars.petersen']
/** Whose newsletter it is, and at which address one asks for it. */
interface Sender {
  readonly name: string
  readonly slug: string
}
const town = { name: 'Stadt Lindenau', slug: 'lindenau' }
const network = { name: 'Landeskoordination Konfliktmanagement', slug: 'landeskoordination' }

/** Somebody asks on the public page; `says yes` follows the link in her mail. */
async function asks(
  story: Storyteller,
  { name, slug }: Sender,
  who: string,
  topics: readonly string[],
  saysYes: boolean,
): Promise<void> {
  const address = `${who}@beispiel.invalid`
  await story.do(undefined, async (tx) => {
    const wording = wordingOf('de', name, [])
    await subscribe(tx, wish.parse({ address, topics, language: 'de' }), { wording, page: `/${slug}/newsletter` })
    if (!saysYes) return
    const row = (await subscriberByAddress(tx, address))!
    await confirm(
      tx,
      confirmToken((purpose, value) => tx.lookup(purpose, value), row.id, row.request),
    )
  })
}

/** An issue that has left, and subscribers in every state. */
export async function newsletterOfAutumn(story: Storyteller): Promise<void> {
  const miriam = story.as('Miriam Aydın')
  const together = await story
    .at(40, 9)
    .do(miriam, (tx) =>
      addTopic(tx, { name: 'Miteinander in Lindenau', nameEn: 'Living together in Lindenau', reach: 'town' }),
    )
  for (const [index, name] of readers.entries()) {
    story.at(30 - index, 18)
    await asks(story, town, name, [together], true)
  }
  await story.at(12, 20).do(undefined, async (tx) => {
    const row = await subscriberByAddress(tx, `${readers[5]}@beispiel.invalid`)
    if (row) await withdraw(tx, row.id, 'link')
  })
  story.at(1, 21)
  await asks(story, town, 'neu.dabei', [together], false)
  await autumnIssue(story, together)
}

/** What happens to an issue: written by one, released by another, and gone. */
async function send(
  story: Storyteller,
  { by, second, days, issue }: { by: string; second: string; days: number; issue: ReturnType<typeof draft.parse> },
): Promise<void> {
  const writer = story.as(by)
  const id = await story.at(days, 9).do(writer, (tx) => beginIssue(tx))
  await story.do(writer, (tx) => saveDraft(tx, id, 1, issue))
  await story.do(writer, (tx) => askRelease(tx, id, null))
  await story.at(days - 1, 10).do(story.as(second), (tx) => release(tx, id))
  await story.do(writer, (tx) => fillSome(tx, id))
  await story.do(writer, minuteRound)
}

async function autumnIssue(story: Storyteller, together: string): Promise<void> {
  const issue = draft.parse({
    subject: 'Der Brunnen bleibt ein Treffpunkt',
    topics: together,
    blocks: [
      { kind: 'paragraph', text: 'Guten Tag, im Herbst haben wir viel zugehört. Hier steht, was daraus geworden ist.' },
      { kind: 'heading', level: 2, text: 'Am Brunnen' },
      {
        kind: 'paragraph',
        text: 'Anwohnende und Jugendliche haben gemeinsam Zeiten vereinbart. Ab 22 Uhr ist Ruhe, dafür gibt es mittwochs Musik.',
      },
      { kind: 'heading', level: 2, text: 'Was Sie tun können' },
      {
        kind: 'list',
        text: 'Sprechstunde im Quartiersbüro, montags von 15 bis 18 Uhr\nWenn es irgendwo stockt: [Sagen Sie es uns](http://localhost:3000/lindenau/melden)',
      },
    ],
  })
  await send(story, { by: 'Miriam Aydın', second: 'Jonas Feldkamp', days: 10, issue })
}

const offices = [
  'kreishaus.auental',
  'integration.hohenfels',
  'rathaus.steinwehr',
  'jugendamt.rosenau',
  'buero.seeheim',
]
const hannah = 'Hannah Brückner'

/** The network's own: the invitation to the conference has left, a reminder waits for the second person. */
export async function newsletterOfNetwork(story: Storyteller): Promise<void> {
  const topic = await story
    .at(40, 9)
    .do(story.as(hannah), (tx) =>
      addTopic(tx, { name: 'Neues aus dem Netzwerk', nameEn: 'News from the network', reach: 'network' }),
    )
  for (const [index, name] of offices.entries()) {
    story.at(30 - index, 11)
    await asks(story, network, name, [topic], true)
  }
  await send(story, { by: hannah, second: 'Deniz Arslan', days: 16, issue: invitation(topic) })
  const id = await story.at(1, 15).do(story.as(hannah), (tx) => beginIssue(tx))
  await story.do(story.as(hannah), (tx) => saveDraft(tx, id, 1, reminder(topic)))
  await story.do(story.as(hannah), (tx) => askRelease(tx, id, null))
}

const conference = {
  kind: 'teaser',
  title: 'Abschlusskonferenz: Konflikte früh erkennen, im Gespräch bleiben',
  when: `${formats('de').dayWithWeekday(conferenceDay)}, 10 bis 15:30 Uhr, online`,
  href: 'http://localhost:3000/netzwerk/veranstaltungen',
}

const invitation = (topics: string) =>
  draft.parse({
    subject: 'Einladung zur Abschlusskonferenz',
    topics,
    blocks: [
      {
        kind: 'paragraph',
        text: 'Drei Jahre lang haben Kommunen des Netzwerks ein eigenes Konfliktmanagement aufgebaut. Auf der digitalen Abschlusskonferenz zeigen sie, was daraus geworden ist. Sie sind eingeladen, auch wenn Ihre Kommune noch am Anfang steht.',
      },
      conference,
      { kind: 'divider' },
      {
        kind: 'paragraph',
        text: 'Mehr vom Netzwerk: [Seite aller Kommunen](http://localhost:3000/netzwerk).',
      },
    ],
  })

const reminder = (topics: string) =>
  draft.parse({
    subject: 'Noch wenige Tage bis zum Anmeldeschluss',
    topics,
    blocks: [
      {
        kind: 'paragraph',
        text: 'Zur Abschlusskonferenz können Sie sich noch anmelden. Wenn alle Plätze vergeben sind, kommen Sie auf die Warteliste und bekommen Bescheid, sobald ein Platz frei wird.',
      },
      conference,
    ],
  })
