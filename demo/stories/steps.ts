import type { TenantTx } from '#platform/tenancy/index.ts'
import { berlinDay } from '#platform/kernel/index.ts'
import { draftAgreement, signAgreement } from '#work/cases/agree/commands/agreement.ts'
import { translateAgreement, type Translating } from '#work/cases/agree/commands/translate.ts'
import type { Sent } from '#work/cases/agree/translated.ts'
import { answerSecond } from '#work/cases/commands/answerSecond.ts'
import { assess } from '#work/cases/commands/assess.ts'
import { assignAndGoOn } from '#work/cases/commands/assign.ts'
import { choose } from '#work/cases/commands/choose.ts'
import { declareImpartial } from '#work/cases/commands/declare.ts'
import { goOn } from '#work/cases/commands/goOn.ts'
import { addMeasure } from '#work/cases/commands/measure.ts'
import { noteSession, type Session } from '#work/cases/commands/session.ts'
import { openProposals } from '#work/cases/queries/second.ts'
import { closeCase } from '#work/cases/index.ts'
import { stepOfKind, modelInForce, type StepKind } from '#work/model/index.ts'
import type { Storyteller } from './storyteller.ts'

const gates = { violence: 'no', crime: 'no', 'at-risk': 'no', dependence: 'no', unwilling: 'no', hate: 'no' }

const versionOf = async (tx: TenantTx, id: string): Promise<number> =>
  (await tx.db.selectFrom('cases.case').select('version').where('id', '=', id).executeTakeFirstOrThrow()).version

const done = (missing: readonly { field?: string }[]): void => {
  if (missing.length > 0) throw new Error(`the story forgot: ${missing.map(({ field }) => field).join(', ')}`)
}

interface Tale {
  readonly observed: string
  readonly area: string
  readonly subject: string
  readonly matter: string
  readonly next: string
}

/** One case, told up to where it stands today; each deed a day or more after the one before. */
class CaseTale {
  readonly #story: Storyteller
  readonly #id: string
  #days: number

  private constructor(story: Storyteller, id: string, days: number) {
    this.#story = story
    this.#id = id
    this.#days = days
  }

  static async begin(story: Storyteller, days: number, tale: Tale): Promise<CaseTale> {
    const { observed, area, subject, matter, next } = tale
    const report = await story.at(days, 18).report(observed, { area, subject })
    const miriam = story.as('Miriam Aydın')
    const id = await story.at(days - 1, 9).decide(miriam, report, 'open', { matter })
    if (!id) throw new Error(`no case of ${matter}`)
    const told = new CaseTale(story, id, days - 1)
    await told.#by('Jonas Feldkamp', (tx) => assess(tx, id, { matter, nextStep: next, level: 'group' }, {}, 0))
    return told
  }

  /** The next day, by this person. */
  #by<T>(name: string, work: (tx: TenantTx, roles: readonly string[]) => Promise<T>): Promise<T> {
    this.#days = Math.max(this.#days - 1, 0)
    const part = this.#story.as(name)
    return this.#story.at(this.#days, 11).do(part, (tx) => work(tx, part.roles))
  }

  on(kind: StepKind, reason?: string): Promise<void> {
    return this.#by('Jonas Feldkamp', async (tx, roles) => {
      const to = stepOfKind(await modelInForce(tx), kind).id
      done(await goOn(tx, roles, this.#id, { to, version: await versionOf(tx, this.#id), reason }))
    })
  }

  chosen(format: string, reason: string): Promise<void> {
    return this.#by('Jonas Feldkamp', async (tx, roles) =>
      done(await choose(tx, roles, this.#id, { format, reason, gates, version: await versionOf(tx, this.#id) })),
    )
  }

  /** The sponsor agrees as second person. */
  agreed(): Promise<void> {
    return this.#by('Anke Brandt', async (tx, roles) => {
      const asked = (await openProposals(tx, roles)).find(({ caseId }) => caseId === this.#id)
      if (!asked) throw new Error('the story forgot to ask')
      await answerSecond(tx, roles, asked.id, true)
    })
  }

  /** Carla Winter takes it on, with the case in her hands from now on. */
  async assigned(): Promise<void> {
    await this.#by('Miriam Aydın', async (tx, roles) => {
      const person = this.#story.as('Prof. Carla Winter').who
      if (person.kind !== 'person') return
      done(await assignAndGoOn(tx, roles, this.#id, { person: person.id, as: 'lead' }))
    })
    await this.#by('Prof. Carla Winter', (tx) => declareImpartial(tx, this.#id))
  }

  talked(result: Session['result'], next: Session['next']): Promise<void> {
    const attended: Session['attended'] = ['several-sides', 'handlers']
    return this.#by('Prof. Carla Winter', (tx) =>
      noteSession(tx, this.#id, { heldOn: berlinDay(tx.now), attended, result, next }),
    )
  }

  drafted(...clauses: Parameters<typeof draftAgreement>[2][number][]): Promise<void> {
    return this.#by('Prof. Carla Winter', (tx) => draftAgreement(tx, this.#id, clauses, 0))
  }

  /** Somebody wrote down what an interpreter made of the first draft. */
  translated(language: Translating['language'], by: string, all: readonly Sent['said'][]): Promise<void> {
    const sent = all.map((said) => ({ said, checked: false }))
    return this.#by('Prof. Carla Winter', (tx) =>
      translateAgreement(tx, this.#id, { number: 1, language, by, sent, onto: 1 }),
    )
  }

  signed(): Promise<void> {
    return this.#by('Prof. Carla Winter', (tx) =>
      signAgreement(tx, this.#id, { signedOn: berlinDay(tx.now), proof: 'Blatt mit Unterschriften im Aktenschrank' }),
    )
  }

  measure(what: string, owner: string, dueOn: string): Promise<string> {
    return this.#by('Jonas Feldkamp', (tx) => addMeasure(tx, this.#id, { what, owner, dueOn }))
  }

  closed(hours: number, answer: string): Promise<void> {
    return this.#by('Miriam Aydın', async (tx, roles) =>
      done(await closeCase(tx, roles, this.#id, { outcome: 'agreed', hours, answer })),
    )
  }
}

async function yardOnWeekends(story: Storyteller): Promise<void> {
  const yard = await CaseTale.begin(story, 9, {
    observed: 'Im Innenhof wird jedes Wochenende gegrillt. Der Rauch zieht in die Wohnungen, und es gibt böse Zettel.',
    area: 'weststadt',
    subject: 'noise',
    matter: 'Grillen im Innenhof',
    next: 'Mit Hausverwaltung und beiden Seiten überlegen, was passt',
  })
  await yard.on('choose-format')
}

async function hallOnTuesdays(story: Storyteller): Promise<void> {
  const club = await CaseTale.begin(story, 7, {
    observed: 'Zwei Vereine wollen dienstags die Halle. Seit dem Sommer stehen sie sich vor der Tür gegenüber.',
    area: 'rosenaue',
    subject: 'clubs',
    matter: 'Hallenzeiten am Dienstag',
    next: 'Beide Vorstände anrufen',
  })
  await club.on('choose-format')
  await club.chosen('moderation', 'Beide Vorstände möchten reden, brauchen aber jemanden, der das Gespräch führt.')
}

async function shoesOnTheStairs(story: Storyteller): Promise<void> {
  const stairs = await CaseTale.begin(story, 24, {
    observed: 'Im Treppenhaus stehen Schuhe und Kinderwagen, seit Monaten kleben Zettel an den Türen.',
    area: 'suedhang',
    subject: 'neighbours',
    matter: 'Ordnung im Treppenhaus',
    next: 'Ein Gespräch im Haus vorbereiten',
  })
  await stairs.on('choose-format')
  await stairs.chosen('clarifying-talk', 'Die Familien kennen sich und sind bereit zu einem Gespräch.')
  await stairs.agreed()
  await stairs.assigned()
  await stairs.talked('step', 'agreement')
  await stairs.drafted(
    { who: 'Familie im zweiten Stock', what: 'stellt den Kinderwagen in den Fahrradraum' },
    { who: 'Hausverwaltung', what: 'gibt allen einen Schlüssel zum Fahrradraum', dueOn: '2027-01-15' },
  )
}

async function crowdAtTheStop(story: Storyteller): Promise<void> {
  const stop = await CaseTale.begin(story, 34, {
    observed: 'An der Haltestelle drängeln morgens Schüler, ältere Leute kommen nicht mehr in den Bus.',
    area: 'lindenfeld',
    subject: 'youth',
    matter: 'Gedränge an der Haltestelle',
    next: 'Mit Schule und Verkehrsbetrieb sprechen',
  })
  await stop.on('choose-format')
  await stop.chosen('round-table', 'Schule, Verkehrsbetrieb und Seniorenbeirat sollen an einen Tisch.')
  await stop.agreed()
  await stop.assigned()
  await stop.talked('settled', 'measures')
  await stop.on('measure')
  await stop.measure('Zweiter Bus um 7:20 Uhr auf Probe', 'Verkehrsbetrieb', '2026-12-18')
  await stop.measure('Patinnen und Paten an der Haltestelle', 'Gesamtschule', '2026-12-04')
}

async function bedsInTheGarden(story: Storyteller): Promise<void> {
  const garden = await CaseTale.begin(story, 60, {
    observed: 'Im Gemeinschaftsgarten streiten sich die Gruppen um die Beete am Zaun.',
    area: 'nordviertel',
    subject: 'neighbours',
    matter: 'Beete im Gemeinschaftsgarten',
    next: 'Rundgang mit allen Gruppen',
  })
  await garden.on('choose-format')
  await garden.chosen('moderation', 'Alle Gruppen möchten bleiben; es geht um Fläche und Wasser.')
  await garden.agreed()
  await garden.assigned()
  await garden.talked('open', 'again')
  await garden.talked('settled', 'agreement')
  await garden.drafted(
    {
      who: 'Alle Gruppen',
      what: 'teilen die Beete am Zaun nach dem gezeichneten Plan',
      tell: 'Der Plan darf aushängen.',
    },
    { who: 'Frauengruppe', what: 'führt die Liste für den Gießdienst', dueOn: '2027-03-01' },
  )
  await garden.translated('tr', 'Sprachmittlerpool des Kreises', [
    { who: 'Bütün gruplar', what: 'çit kenarındaki tarhları çizilen plana göre paylaşır', tell: 'Plan asılabilir.' },
    { who: 'Kadınlar grubu', what: 'sulama nöbetinin listesini tutar' },
  ])
  await garden.signed()
  await garden.closed(11, 'Die Gruppen haben die Beete neu aufgeteilt. Danke für Ihren Hinweis.')
}

/** A case in every step of the model, so that each page of the way has something to show. */
export async function caseInEveryStep(story: Storyteller): Promise<void> {
  await yardOnWeekends(story)
  await hallOnTuesdays(story)
  await shoesOnTheStairs(story)
  await crowdAtTheStop(story)
  await bedsInTheGarden(story)
}
