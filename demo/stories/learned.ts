import { addDays, berlinDay } from '#platform/kernel/index.ts'
import { draftAgreement, signAgreement } from '#work/cases/agree/commands/agreement.ts'
import { publishClause, settleCommitment } from '#work/cases/agree/commands/commitment.ts'
import { agreements, commitmentsOf } from '#work/cases/agree/queries.ts'
import { assess } from '#work/cases/commands/assess.ts'
import { closeCase } from '#work/cases/index.ts'
import { askConcerned, keepEvaluation, useUp } from '#work/cases/evaluate/commands.ts'
import { answerLesson, draftLesson } from '#work/cases/lessons/commands.ts'
import { askedLessons } from '#work/cases/lessons/queries.ts'
import { openedCase } from '#work/cases/queries.ts'
import type { Storyteller } from './storyteller.ts'

/** Cases of the year that are over: matter, where, what about, how they ended, and in how many hours. */
const ended = [
  ['Lautes Grillen im Stadtgarten', 'hafen', 'noise', 'calmed', 2],
  ['Streit um den Bolzplatz', 'nordviertel', 'noise', 'agreed', 7.5],
  ['Müll hinter der Markthalle', 'altstadt', 'noise', 'calmed', 1.5],
  ['Ärger an der Bushaltestelle', 'nordviertel', 'noise', 'partly', 3],
  ['Laute Proben im Vereinsheim', 'altstadt', 'noise', 'agreed', 4],
  ['Eltern und Nachbarn am Schulhof', 'altstadt', 'school', 'agreed', 6],
  ['Platz in der Mensa', 'nordviertel', 'school', 'agreed', 5],
  ['Wege vor dem Klassenraum', 'nordviertel', 'school', 'agreed', 2.5],
  ['Lange Pausen auf dem Gang', 'hafen', 'school', 'calmed', 1],
  ['Spielzeiten auf dem Pausenhof', 'hafen', 'school', 'calmed', 2],
] as const

async function overAgain(story: Storyteller): Promise<string[]> {
  const miriam = story.as('Miriam Aydın')
  const closed: string[] = []
  for (const [index, [matter, area, subject, outcome, hours]] of ended.entries()) {
    const days = 120 - index * 9
    const report = await story.at(days, 10).report(`${matter}. Bitte helfen Sie.`, { area, subject, channel: 'phone' })
    const id = await story.at(days - 1, 9).decide(miriam, report, 'open', { matter })
    if (!id) throw new Error(`no case of ${matter}`)
    const level = index % 2 === 0 ? 'group' : 'few'
    await story.at(days - 2, 9).do(miriam, (tx) => assess(tx, id, { matter, nextStep: 'Hingehen', level }, {}, 0))
    if (outcome === 'agreed') await promised(story, id, days - 5, index)
    const answer = 'Danke für Ihren Hinweis. Wir waren da und haben mit beiden Seiten gesprochen.'
    const said = await story
      .at(days - 8, 15)
      .do(miriam, (tx) => closeCase(tx, miriam.roles, id, { outcome, hours, answer }))
    if (said.length > 0) throw new Error(`the story forgot: ${said[0]?.message}`)
    closed.push(id)
  }
  return closed
}

const promises = [
  ['Der Sportverein', 'stellt das Tor so um, dass der Ball nicht mehr auf die Gärten fliegt.'],
  ['Die Musikgruppe', 'probt bis 21 Uhr und hält die Fenster geschlossen.'],
  ['Die Schule', 'öffnet morgens ein zweites Tor.'],
  ['Die Stadt', 'stellt zwei Bänke am Weg zur Mensa auf.'],
  ['Die Klassensprecher', 'achten darauf, dass der Weg frei bleibt.'],
  ['Der Hausmeister', 'schließt den Schulhof um 20 Uhr.'],
  ['Das Jugendzentrum', 'öffnet an zwei Abenden länger.'],
] as const

/** What two sides agreed, and let everybody read: `/zusagen`. */
async function promised(story: Storyteller, id: string, days: number, index: number): Promise<void> {
  const [who, what] = promises[index % promises.length]!
  await story.at(days, 11).do(story.as('Miriam Aydın'), async (tx) => {
    const today = berlinDay(tx.now)
    await draftAgreement(tx, id, [{ who, what, dueOn: addDays(today, 90) }], 0)
    await signAgreement(tx, id, { signedOn: today, proof: 'Blatt mit Unterschriften' })
    const { contentKey } = (await openedCase(tx, id))!
    const clause = (await agreements(tx, id, contentKey))[0]!.clauses[0]!.id
    const dueOn = index % 2 === 0 ? addDays(today, 90) : addDays(today, 150)
    await publishClause(tx, id, { clause, who, what, dueOn, agreedOn: today })
    if (index > 5) return
    const [commitment] = await commitmentsOf(tx, id)
    await settleCommitment(tx, id, { commitment: commitment!.id, state: 'kept' })
  })
}

/** Those concerned say over their links how it was, each in a transaction of its own. */
async function asked(story: Storyteller, closed: readonly string[]): Promise<void> {
  const said = [
    { heard: 'yes', better: 'yes' },
    { heard: 'partly', better: 'same' },
    { heard: 'yes', better: 'yes' },
    { heard: 'no', better: 'worse' },
    { heard: 'yes', better: 'same' },
  ]
  const program = { who: { kind: 'program', name: 'evaluation' }, roles: [] } as const
  for (const [index, id] of closed.slice(0, 8).entries()) {
    const tokens = await story.at(20, 10).do(story.as('Miriam Aydın'), (tx) => askConcerned(tx, id, 2))
    for (const [place, token] of tokens.entries()) {
      const answers = said[(index + place * 2) % said.length]!
      await story
        .at(10, 18)
        .do(program, (tx) => useUp(tx, token, () => story.do(program, (own) => keepEvaluation(own, answers))))
    }
  }
}

/** What ten small cases taught: something to think about, an answer of many, a lesson for others. */
export async function whatWasLearned(story: Storyteller): Promise<void> {
  const closed = await overAgain(story)
  await asked(story, closed)
  const miriam = story.as('Miriam Aydın')
  const ruth = story.as('Dr. Ruth Ahrens')
  const lesson = {
    title: 'Erst hingehen, dann einladen',
    text: 'Wer zuerst an den Ort geht und zuhört, braucht oft keinen runden Tisch. Beide Seiten kannten sich nur vom Hörensagen.',
  }
  await story.at(6, 10).do(miriam, (tx) => draftLesson(tx, closed[1]!, lesson, 0, true))
  await story
    .at(5, 9)
    .do({ ...ruth, who: { ...ruth.who, reach: ['own', 'second'] } as typeof ruth.who }, async (tx) => {
      const [waiting] = await askedLessons(tx, tx.who.kind === 'person' ? tx.who.id : '')
      if (waiting) await answerLesson(tx, waiting.id, true)
    })
  const draft = {
    title: 'Die Schule früh ins Boot holen',
    text: 'Am 3. Mai half ein kurzes Treffen mit der Schulleitung mehr als drei Briefe.',
  }
  await story.at(3, 11).do(miriam, (tx) => draftLesson(tx, closed[5]!, draft, 0, false))
}
