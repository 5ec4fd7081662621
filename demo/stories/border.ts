import { addDays, berlinDay } from '#platform/kernel/index.ts'
import { assess } from '#work/cases/commands/assess.ts'
import { addMeasure } from '#work/cases/commands/measure.ts'
import { inviteGuest, sayAsGuest, tellVisitor } from '#work/cases/near/commands/owner.ts'
import { agreeTo, tellOwner, visitOf } from '#work/cases/near/commands/visitor.ts'
import { saveMap } from '#work/cases/think/commands/map.ts'
import { addParty } from '#work/cases/think/commands/party.ts'
import type { Storyteller } from './storyteller.ts'

/** A lake half in the city and half in the county: one case, of which the neighbour sees what it needs. */
export async function matterAtTheBorder(county: Storyteller): Promise<void> {
  const city = await county.neighbour('lindenau')
  if (!city) return
  const miriam = city.as('Miriam Aydın')
  const observed = 'Am Baggersee wird bis nachts gefeiert. Die Anwohner am anderen Ufer und die Jugendlichen streiten.'
  const report = await city.at(9, 19).report(observed, { area: 'nordviertel', subject: 'noise' })
  const matter = 'Feiern am Baggersee auf der Grenze zum Kreis'
  const id = await city.at(8, 9).decide(miriam, report, 'open', { matter })
  if (!id) return
  await city.at(8, 14).do(miriam, async (tx) => {
    const young = await addParty(tx, id, { label: 'Jugendliche aus beiden Orten', stands: 'party', form: 'group' })
    const shore = await addParty(tx, id, { label: 'Anwohnerschaft am Ostufer', stands: 'party', form: 'group' })
    const lease = await addParty(tx, id, { label: 'Pächterin des Kiosks', stands: 'affected', form: 'person' })
    const nextStep = 'Mit dem Kreis klären, wer am Ostufer anspricht'
    await assess(tx, id, { matter, nextStep, level: 'group' }, {}, 0)
    const actors = [young, shore, lease].map((party, i) => ({ party, influence: ([3, 2, 1] as const)[i]! }))
    const relations = [
      { from: young, to: shore, kind: 'conflict' },
      { from: lease, to: young, kind: 'weak' },
    ] as const
    await saveMap(tx, id, { actors, relations }, 0)
    await addMeasure(tx, id, { what: 'Mülltonnen am Strand', owner: 'Bauhof', dueOn: addDays(berlinDay(tx.now), 21) })
  })
  const parts = ['parties', 'map', 'measures', 'say'] as const
  const asked = await city.at(7, 10).do(miriam, (tx) =>
    inviteGuest(tx, id, county.municipality, {
      name: 'Wer im Kreis für das Ostufer zuständig ist',
      purpose: 'joint',
      basis: 'duty',
      parts,
      until: addDays(berlinDay(new Date()), 12),
    }),
  )
  if ('missing' in asked) throw new Error('the story forgot the last day')
  await city.carry(tellVisitor, asked.id)
  const selim = county.as('Selim Demir')
  if (selim.who.kind !== 'person') return
  const { id: goes } = selim.who
  await county.at(6, 9).do(county.as('Katrin Vogel'), (tx) => agreeTo(tx, asked.id, goes))
  await county.carry(tellOwner, asked.id)
  const { guest } = await county.at(5, 15).do(selim, (tx) => visitOf(tx, asked.id))
  const visitor = { who: { kind: 'person', id: guest, reach: ['guest'] }, roles: [] } as const
  const said = 'Das Ostufer gehört zu unserem Landschaftspark. Unsere Parkwacht geht freitags mit.'
  await city.do(visitor, (tx) => sayAsGuest(tx, asked.id, said))
}
