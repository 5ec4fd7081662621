import { assess } from '#work/cases/commands/assess.ts'
import { closeCase, openCase } from '#work/cases/index.ts'
import { linkCases } from '#work/cases/near/commands/link.ts'
import { openedCase } from '#work/cases/queries.ts'
import { modelInForce, stepOfKind } from '#work/model/index.ts'
import { squareInDepth } from './square.ts'
import type { Storyteller } from './storyteller.ts'

/** A square that is too loud at night: one report, a small assessment, and then more sides than anybody thought. */
export async function squareAtNight(story: Storyteller): Promise<void> {
  const observed = 'Am Hafenplatz ist seit Wochen bis in die Nacht Musik. Wenn wir etwas sagen, werden wir ausgelacht.'
  const report = await story.at(12, 21).report(observed, { area: 'hafen', subject: 'noise', wish: 'talk' })
  const answer = 'Danke, dass Sie das gesagt haben. Wir sprechen diese Woche mit beiden Seiten.'
  const matter = 'Nächtliche Musik am Hafenplatz'
  const id = await story.at(10, 9).decide(story.as('Miriam Aydın'), report, 'open', { matter, answer })
  if (!id) return
  await squareInDepth(story, id, matter)
  await terraces(story, id)
}

/** What came of the square: those who were sent away meet elsewhere now. */
async function terraces(story: Storyteller, square: string): Promise<void> {
  const miriam = story.as('Miriam Aydın')
  await story.at(2, 11).do(miriam, async (tx) => {
    const model = await modelInForce(tx)
    const at = stepOfKind(model, 'assess').id
    const matter = 'Seit dem Sommer laute Treffen an den Uferterrassen'
    const id = await openCase(tx, { matter, area: 'hafen', subject: 'noise', at, modelVersion: model.versionId })
    const number = (await openedCase(tx, square))?.number ?? ''
    await linkCases(tx, id, { number, way: 'follow' })
  })
}

/** A quarrel at the school gate comes to an agreement, and whoever reported is told. */
export async function schoolGate(story: Storyteller): Promise<void> {
  const miriam = story.as('Miriam Aydın')
  const observed =
    'Vor der Grundschule streiten sich Eltern jeden Morgen um die Parkplätze. Gestern wurde es handgreiflich.'
  const report = await story.at(20, 8).report(observed, { area: 'altstadt', subject: 'school' })
  const matter = 'Streit am Schultor'
  const id = await story.at(19, 10).decide(miriam, report, 'open', { matter })
  if (!id) return
  const nextStep = 'Runde mit Schule und Elternvertretung'
  await story.at(18, 14).do(miriam, (tx) => assess(tx, id, { matter, nextStep }, {}, 0))
  const answer = 'Schule und Eltern haben eine Haltezone vereinbart. Danke für Ihren Hinweis.'
  await story.at(4, 15).do(miriam, (tx) => closeCase(tx, miriam.roles, id, { outcome: 'agreed', hours: 6.5, answer }))
}
