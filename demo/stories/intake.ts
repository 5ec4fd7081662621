import { answerReporter } from '#work/intake/commands/answer.ts'
import { answerColleague, askColleagues, endConsultation } from '#work/intake/commands/consult.ts'
import { enterReport } from '#work/intake/commands/enter.ts'
import { mergeReports } from '#work/intake/commands/join.ts'
import { veilReport } from '#work/intake/commands/veil.ts'
import { asking, entry } from '#work/intake/schema.ts'
import { modelInForce, readersToExclude } from '#work/model/index.ts'
import { hour, type Storyteller } from './storyteller.ts'

/** One talk at the counter, one thing kept in sight, one question asked back. */
export async function smallThings(story: Storyteller): Promise<void> {
  const [miriam, bernd] = [story.as('Miriam Aydın'), story.as('Bernd Hülsmann')]
  const visit = entry.parse({
    channel: 'counter',
    observed: 'Eine Nachbarin fragt, wie sie die Familie über ihr wegen der Schritte am Abend ansprechen kann.',
    area: 'nordviertel',
    subject: 'neighbours',
    advice: 'Zuerst selbst klingeln, am Nachmittag, mit einem Vorschlag. Wenn das nicht hilft, kommen Sie gern wieder.',
  })
  await story.at(6, 10).do(bernd, (tx) => enterReport(tx, bernd.roles, visit))
  const stickers = 'An der Haltestelle kleben immer mehr Aufkleber gegen die Unterkunft.'
  const watched = await story.at(5, 9).report(stickers, { area: 'weststadt', subject: 'shelter', wish: 'inform' })
  const watchUntil = new Date(Date.now() + 14 * 24 * hour).toISOString().slice(0, 10)
  const answer = 'Wir sehen in zwei Wochen wieder hin und sagen Ihnen, was daraus wurde.'
  await story.at(4, 9).decide(miriam, watched, 'watch', { watchUntil, answer })
  const asked = await story.at(2, 17).report('Auf dem Spielplatz werden kleine Kinder weggeschickt.', {
    area: 'nordviertel',
    subject: 'youth',
    wish: 'advice',
  })
  await story
    .at(1, 10)
    .do(miriam, (tx) => answerReporter(tx, asked, 'Danke. Zu welcher Tageszeit haben Sie das bemerkt?'))
}

/** What came in since yesterday: danger, something the office itself must not read, and a park after a feast. */
export async function newlyArrived(story: Storyteller): Promise<void> {
  const fear = 'Im Treppenhaus wird eine Familie jeden Abend angeschrien. Ich habe Angst, dass mehr passiert.'
  await story.at(1, 19).report(fear, { area: 'lindenfeld', subject: 'neighbours', danger: true })
  const office = await story.do(
    undefined,
    async (tx) => readersToExclude(await modelInForce(tx))[0]?.id ?? 'Amtsleitung',
  )
  const silence = 'Im Amt wird mir seit Monaten nicht geantwortet, weil ich mich beschwert habe.'
  await story.at(1, 20).report(silence, { subject: 'authority', notVisibleTo: [office] })
  const litter = 'Nach dem Fest liegt im Park überall Müll, und alle zeigen auf die anderen.'
  await story.at(0, 7).report(litter, { area: 'rosenaue', subject: 'litter' })
}

/** Two people tell of one evening: merged, each with a mailbox of her own. */
export async function oneEvening(story: Storyteller): Promise<void> {
  const miriam = story.as('Miriam Aydın')
  const at = { area: 'rosenaue', subject: 'noise' }
  const first = 'Am Ententeich war gestern bis nach Mitternacht ein lautes Fest, heute liegen dort Scherben.'
  const second = 'Lautes Fest am Ententeich bis nach Mitternacht. Heute früh Scherben auf der ganzen Wiese.'
  const lead = await story.at(3, 8).report(first, at)
  const other = await story.at(3, 11).report(second, at)
  await story.at(2, 9).do(miriam, (tx) => mergeReports(tx, miriam.roles, [other, lead], 'Gleiche Nacht, gleicher Ort'))
}

/** Kreis Auental: a fence at the border of two gardens, a club house, told by towns and an arbitration officer. */
export async function clubsAndFence(story: Storyteller): Promise<void> {
  const katrin = story.as('Katrin Vogel')
  const club = await story
    .at(9, 18)
    .report('Zwei Vereine streiten um die Hallenzeiten. Im Vorstand redet niemand mehr mit dem anderen.', {
      area: 'auenbrueck',
      subject: 'clubs',
    })
  await story.at(8, 10).decide(katrin, club, 'open', { matter: 'Hallenzeiten zweier Vereine in Auenbrück' })
  const heinz = story.as('Heinz Terbrüggen')
  await askedWithoutNames(story)
  await story.at(3, 16).do(heinz, (tx) =>
    enterReport(
      tx,
      heinz.roles,
      entry.parse({
        channel: 'phone',
        observed: 'Zwei Nachbarn streiten um einen Zaun, es fielen Worte über „diese Leute“.',
        area: 'niederauen',
        subject: 'neighbours',
      }),
    ),
  )
  await story
    .at(0, 7)
    .report('Vor der Unterkunft in Steinwehr wird jeden Freitag gefilmt.', { area: 'steinwehr', subject: 'shelter' })
}

/** The arbitration officer asks colleagues: one matter stays with him, another waits for an answer. */
async function askedWithoutNames(story: Storyteller): Promise<void> {
  const [heinz, selim] = [story.as('Heinz Terbrüggen'), story.as('Selim Demir')]
  const ask = (question: string, more: object) =>
    story.do(heinz, (tx) => askColleagues(tx, asking.parse({ subject: 'neighbours', question, ...more })))
  story.at(12, 10)
  const settled = await ask('Zwei Parteien wollen nur getrennt kommen. Darf ich so beginnen?', { ethnicised: 'no' })
  const answer = 'Ja, getrennt beginnen ist gut. Sagen Sie beiden, dass Sie es mit der anderen Seite genauso halten.'
  await story.at(11, 9).do(selim, (tx) => answerColleague(tx, settled, answer))
  await story.at(10, 9).do(heinz, (tx) => endConsultation(tx, settled, 'stays'))
  story.at(1, 16)
  await ask('Beim Termin wurde über „diese Leute“ geschrien. Wie komme ich zur Sache zurück?', { ethnicised: 'yes' })
}

/** A threat against the office: folded by whoever read it first, so that nobody meets it in a list. */
export async function threatened(story: Storyteller): Promise<void> {
  const observed = 'Wenn ihr diese Leute nicht fortschickt, kommen wir in euer Büro. Das ist keine Bitte.'
  const report = await story.at(1, 22).report(observed, { area: 'weststadt', subject: 'office-holders' })
  await story.at(0, 8).do(story.as('Jonas Feldkamp'), (tx) => veilReport(tx, report, 'threat'))
}
