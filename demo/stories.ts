import type { Tenants, TenantTx, Who } from '#platform/tenancy/index.ts'
import { assess } from '#work/cases/commands/assess.ts'
import { closeCase } from '#work/cases/index.ts'
import { decide } from '#work/intake/commands/decide.ts'
import { enterReport } from '#work/intake/commands/enter.ts'
import { answerReporter } from '#work/intake/commands/answer.ts'
import { newReport, receiveReport } from '#work/intake/index.ts'
import { entry } from '#work/intake/schema.ts'
import { modelInForce, readersToExclude, stepOfKind } from '#work/model/index.ts'
import { personsOf } from './persons.ts'

const hour = 3600_000

/** Who acts in a story, and with which roles. */
interface Part {
  readonly who: Who
  readonly roles: readonly string[]
}

/** The invented days before the demo begins: the clock is set back and everything happens through real commands. */
export class Storyteller {
  readonly #tenants: Tenants
  readonly #municipality: number
  readonly #slug: string
  readonly #clock: { now: Date }

  constructor(tenants: Tenants, clock: { now: Date }, municipality: number, slug: string) {
    this.#tenants = tenants
    this.#clock = clock
    this.#municipality = municipality
    this.#slug = slug
  }

  as(name: string): Part {
    const person = personsOf(this.#slug).find((one) => one.name === name)
    if (!person) throw new Error(`nobody is called ${name}`)
    return { who: { kind: 'person', id: person.id, reach: ['own', 'reports', 'cases'] }, roles: person.roles }
  }

  /** So many days before today, at this hour. */
  at(days: number, hours: number): this {
    const now = new Date()
    now.setHours(hours, 20, 0, 0)
    this.#clock.now = new Date(Math.min(now.getTime() - days * 24 * hour, Date.now()))
    return this
  }

  do<T>(part: Part | undefined, work: (tx: TenantTx) => Promise<T>): Promise<T> {
    return this.#tenants.inTenant({ municipality: this.#municipality, who: part?.who ?? { kind: 'public' } }, work)
  }

  /** A resident reports through the public door. */
  report(observed: string, more: object = {}): Promise<string> {
    return this.do(undefined, async (tx) => (await receiveReport(tx, newReport.parse({ observed, ...more }))).id)
  }

  /** Somebody takes one of the ways the model offers, by the kind of its step. Returns the case it opened. */
  async decide(
    part: Part,
    report: string,
    kind: Parameters<typeof stepOfKind>[1],
    more: object = {},
  ): Promise<string | undefined> {
    const done = await this.do(part, async (tx) =>
      decide(tx, part.roles, report, { to: stepOfKind(await modelInForce(tx), kind).id, version: 1, ...more }),
    )
    if (done.missing.length > 0)
      throw new Error(`the story forgot: ${done.missing.map(({ field }) => field).join(', ')}`)
    return 'caseId' in done ? done.caseId : undefined
  }
}

/** A square that is too loud at night becomes a case in assessment. */
async function squareAtNight(story: Storyteller): Promise<void> {
  const observed = 'Am Hafenplatz ist seit Wochen bis in die Nacht Musik. Wenn wir etwas sagen, werden wir ausgelacht.'
  const report = await story.at(12, 21).report(observed, { area: 'hafen', subject: 'noise', wish: 'talk' })
  const answer = 'Danke, dass Sie das gesagt haben. Wir sprechen diese Woche mit beiden Seiten.'
  const matter = 'Nächtliche Musik am Hafenplatz'
  const id = await story.at(10, 9).decide(story.as('Miriam Aydın'), report, 'open', { matter, answer })
  const nextStep = 'Am Freitagabend vor Ort sein und beide Seiten hören'
  const notes = 'Zwei Gruppen teilen sich den Platz; verabredet war nie etwas.'
  if (id)
    await story.at(9, 11).do(story.as('Olena Marchenko'), (tx) => assess(tx, id, { matter, nextStep, notes }, {}, 0))
}

/** A quarrel at the school gate comes to an agreement, and whoever reported is told. */
async function schoolGate(story: Storyteller): Promise<void> {
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

/** One talk at the counter, one thing kept in sight, one question asked back. */
async function smallThings(story: Storyteller): Promise<void> {
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
async function newlyArrived(story: Storyteller): Promise<void> {
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

export async function tellLindenau(story: Storyteller): Promise<void> {
  await squareAtNight(story)
  await schoolGate(story)
  await smallThings(story)
  await newlyArrived(story)
}

/** Kreis Auental: a fence at the border of two gardens, a club house, told by towns and an arbitration officer. */
export async function tellAuental(story: Storyteller): Promise<void> {
  const katrin = story.as('Katrin Vogel')
  const club = await story
    .at(9, 18)
    .report('Zwei Vereine streiten um die Hallenzeiten. Im Vorstand redet niemand mehr mit dem anderen.', {
      area: 'auenbrueck',
      subject: 'clubs',
    })
  await story.at(8, 10).decide(katrin, club, 'open', { matter: 'Hallenzeiten zweier Vereine in Auenbrück' })
  const heinz = story.as('Heinz Terbrüggen')
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
