import { askRelease, beginIssue, fillSome, minuteRound, release, saveDraft } from '#work/newsletter/commands/issue.ts'
import { confirm, withdraw } from '#work/newsletter/commands/consent.ts'
import { subscribe } from '#work/newsletter/commands/subscribe.ts'
import { addTopic } from '#work/newsletter/commands/topics.ts'
import { confirmToken } from '#work/newsletter/links.ts'
import { subscriberByAddress } from '#work/newsletter/queries.ts'
import { draft, wish } from '#work/newsletter/schema.ts'
import { wordingOf } from '#work/newsletter/wording.ts'
import type { Storyteller } from './storyteller.ts'

const readers = ['anna.berger', 'yusuf.kaya', 'ewa.nowak', 'peter.schulte', 'fatima.omar', 'lars.petersen']
const town = 'Stadt Lindenau'

/** Somebody asks on the public page; `says yes` follows the link in her mail. */
async function asks(story: Storyteller, name: string, topics: readonly string[], saysYes: boolean): Promise<void> {
  const address = `${name}@beispiel.invalid`
  await story.do(undefined, async (tx) => {
    const wording = wordingOf('de', town, [])
    await subscribe(tx, wish.parse({ address, topics, language: 'de' }), { wording, page: '/lindenau/newsletter' })
    if (!saysYes) return
    const row = (await subscriberByAddress(tx, address))!
    await confirm(
      tx,
      confirmToken((purpose, value) => tx.lookup(purpose, value), row.id, row.request),
    )
  })
}

/** An issue that has left, one that waits for the second person, and subscribers in every state. */
export async function newsletterOfAutumn(story: Storyteller): Promise<void> {
  const miriam = story.as('Miriam Aydın')
  const [together, workshop] = await story.at(40, 9).do(miriam, async (tx) => [
    await addTopic(tx, { name: 'Miteinander in Lindenau', nameEn: 'Living together in Lindenau', reach: 'town' }),
    await addTopic(tx, {
      name: 'Werkstatt der Kommunen',
      nameEn: 'Workshop of the municipalities',
      reach: 'network',
    }),
  ])
  for (const [index, name] of readers.entries()) {
    story.at(30 - index, 18)
    await asks(story, name, index % 2 ? [together!] : [together!, workshop!], true)
  }
  await story.at(12, 20).do(undefined, async (tx) => {
    const row = await subscriberByAddress(tx, `${readers[5]}@beispiel.invalid`)
    if (row) await withdraw(tx, row.id, 'link')
  })
  story.at(1, 21)
  await asks(story, 'neu.dabei', [together!], false)
  await autumnIssue(story, together!)
  await invitation(story, workshop!)
}

/** Written, released by a second person, and gone. */
async function autumnIssue(story: Storyteller, together: string): Promise<void> {
  const [miriam, jonas] = [story.as('Miriam Aydın'), story.as('Jonas Feldkamp')]
  const autumn = draft.parse({
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
  const first = await story.at(10, 9).do(miriam, (tx) => beginIssue(tx))
  await story.do(miriam, (tx) => saveDraft(tx, first, 1, autumn))
  await story.do(miriam, (tx) => askRelease(tx, first, null))
  await story.at(9, 10).do(jonas, (tx) => release(tx, first))
  await story.do(miriam, (tx) => fillSome(tx, first))
  await story.do(miriam, minuteRound)
}

/** Waits for the second person. */
async function invitation(story: Storyteller, workshop: string): Promise<void> {
  const miriam = story.as('Miriam Aydın')
  const conference = draft.parse({
    subject: 'Einladung zur Abschlusskonferenz am 3. Dezember',
    topics: workshop,
    blocks: [
      {
        kind: 'paragraph',
        text: 'Sechzehn Kommunen berichten, was sie in zwei Jahren gelernt haben. Sie sind eingeladen.',
      },
      {
        kind: 'teaser',
        title: 'Abschlusskonferenz',
        when: 'Donnerstag, 3. Dezember, 9 bis 13 Uhr, online',
        href: 'http://localhost:3000/lindenau/veranstaltungen',
      },
      { kind: 'divider' },
      { kind: 'paragraph', text: 'Bis dahin können Sie das [Handbuch](http://localhost:3000/handbuch) lesen.' },
    ],
  })
  const second = await story.at(1, 15).do(miriam, (tx) => beginIssue(tx))
  await story.do(miriam, (tx) => saveDraft(tx, second, 1, conference))
  await story.do(miriam, (tx) => askRelease(tx, second, null))
}
