import { addDays, berlinDay } from '#platform/kernel/index.ts'
import type { TenantTx, Who } from '#platform/tenancy/index.ts'
import { setFileNumber } from '#work/cases/index.ts'
import { assess } from '#work/cases/commands/assess.ts'
import { addMeasure } from '#work/cases/commands/measure.ts'
import type { Basis } from '#work/inspection/bases.ts'
import { decideRequest, giveBack, release } from '#work/inspection/commands/decide.ts'
import { withdraw } from '#work/inspection/commands/end.ts'
import { noteRequest } from '#work/inspection/commands/note.ts'
import { proposeExtract } from '#work/inspection/commands/prepare.ts'
import { addContact } from '#work/intake/commands/contacts.ts'
import type { Storyteller } from './storyteller.ts'

const reach = ['own', 'reports', 'originals', 'contacts', 'cases', 'second', 'inspection']
const near = (who: Who, reaches: readonly string[]): Who => (who.kind === 'person' ? { ...who, reach: reaches } : who)

/** Allotments and a path: five people want to see what the office has, each at another point of the way. */
export async function askedToSee(story: Storyteller): Promise<void> {
  const office = story.as('Miriam Aydın')
  const [miriam, jonas] = [office, story.as('Jonas Feldkamp')].map((part) => ({ ...part, who: near(part.who, reach) }))
  const mayor = story.as('Anke Brandt')
  const head = { ...mayor, who: near(mayor.who, ['own', 'second']) }
  const observed = 'Am Weg zwischen den Kleingärten stehen seit Wochen Räder und Kinderwagen. Gestern gab es Geschrei.'
  const report = await story.at(30, 9).report(observed, { area: 'nordviertel', subject: 'neighbours' })
  const matter = 'Räder auf dem Weg an den Kleingärten'
  const id = await story.at(29, 10).decide(office, report, 'open', { matter })
  if (!id || !miriam || !jonas) return
  await story.at(28, 11).do(miriam, async (tx) => {
    await addContact(tx, report, { name: 'Anna Meier', role: 'Pächterin A', ways: '0201 5550123' })
    const nextStep = 'Frau Meier und den Vorstand anrufen. Ständer prüfen.'
    await assess(tx, id, { matter, nextStep }, {}, 0)
    await addMeasure(tx, id, { what: 'Ständer am Tor', owner: 'Grünflächenamt', dueOn: addDays(berlinDay(tx.now), 60) })
    await setFileNumber(tx, id, '50.2-17/2026')
  })
  const asks = (tx: TenantTx, basis: Basis, asker: string, wants: string) =>
    noteRequest(tx, { basis, asker, wants, receivedOn: berlinDay(tx.now) }, { cases: [id], reports: [] })

  const council = await story
    .at(20, 9)
    .do(miriam, (tx) => asks(tx, 'council', 'Ratsmitglied Udo Weber', 'Die Akte zum Weg an den Kleingärten'))
  await story.at(19, 9).do(miriam, (tx) => proposeExtract(tx, council, {}))
  const part = {
    decision: 'partly' as const,
    reason: 'Was Personen erkennen lässt, geben wir nicht heraus.',
    version: 2,
  }
  await story.at(18, 9).do(head, (tx) => decideRequest(tx, head.roles, council, part))
  await story.at(17, 9).do(jonas, (tx) => release(tx, jonas.roles, council))

  const free = await story.at(6, 9).do(miriam, (tx) => asks(tx, 'ifg', 'Lena Fuchs', 'Was die Stadt am Weg getan hat'))
  await story.at(5, 9).do(miriam, (tx) => proposeExtract(tx, free, {}))
  await story
    .at(4, 9)
    .do(head, (tx) => giveBack(tx, head.roles, free, 'Bitte prüfen, ob die Sache genannt werden kann.'))

  const court = await story.at(5, 10).do(miriam, (tx) => asks(tx, 'court', 'Amtsgericht Lindenau', 'Verlauf seit Juni'))
  await story.at(4, 10).do(miriam, (tx) => proposeExtract(tx, court, {}))

  const police = await story.at(4, 11).do(miriam, (tx) => asks(tx, 'police', 'Polizei Lindenau', 'Beteiligte'))
  await story.at(3, 9).do(miriam, (tx) => proposeExtract(tx, police, {}))
  const none = { decision: 'refused' as const, reason: 'Eine Rechtsgrundlage wurde nicht genannt.', version: 2 }
  await story.at(2, 9).do(head, (tx) => decideRequest(tx, head.roles, police, none))

  const own = await story.at(3, 12).do(miriam, (tx) => asks(tx, 'gdpr', 'Anna Meier', 'Alles, was über mich da ist'))
  await story.at(1, 12).do(miriam, (tx) => withdraw(tx, own))
}
