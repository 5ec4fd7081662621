import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { routes } from '#app/routes.ts'
import { bar, grant } from '#platform/access/index.ts'
import { startSession } from '#platform/auth/index.ts'
import { addDays, berlinDay } from '#platform/kernel/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { draftAgreement, signAgreement } from '#work/cases/agree/commands/agreement.ts'
import { translateAgreement } from '#work/cases/agree/commands/translate.ts'
import { answerSecond } from '#work/cases/commands/answerSecond.ts'
import { assess } from '#work/cases/commands/assess.ts'
import { assignAndGoOn } from '#work/cases/commands/assign.ts'
import { choose } from '#work/cases/commands/choose.ts'
import { closeCase } from '#work/cases/commands/close.ts'
import { declareImpartial } from '#work/cases/commands/declare.ts'
import { noteFollowUp } from '#work/cases/commands/followUp.ts'
import { goOn } from '#work/cases/commands/goOn.ts'
import { addMeasure, endMeasure } from '#work/cases/commands/measure.ts'
import { noteSession } from '#work/cases/commands/session.ts'
import { giveLetter } from '#work/cases/letters/commands.ts'
import { openedCase } from '#work/cases/queries.ts'
import { closing } from '#work/cases/schema.ts'
import { choiceOf } from '#work/cases/queries/choice.ts'
import { openProposals } from '#work/cases/queries/second.ts'
import { renewCalendar } from '#work/desk/commands.ts'
import { newReport, receiveReport } from '#work/intake/index.ts'
import { decide } from '#work/intake/commands/decide.ts'
import { guestParts } from '#work/cases/near/schema.ts'
import { modelInForce, stepOfKind } from '#work/model/index.ts'
import { invited, sent } from '../support/guest.ts'
import { foundTowns, program, twins, type Towns } from '../support/town.ts'
import { tinyPdf } from '../support/pdf.ts'
import { idsIn, person, Twin } from '../support/twins.ts'

/*
 * Twin worlds: the same case once mediated, once moderated. Everybody but coordination and those who handle it gets the
 * same bytes, whatever they fetch; and once the existence of a mediation is deleted, so does everybody.
 */
const [hour, day] = [3_600_000, 86_400_000]
const calm = { violence: 'no', crime: 'no', 'at-risk': 'no', dependence: 'no', unwilling: 'no', hate: 'no' }

/** Who there is: name → role of the model. */
const cast = {
  coordination: 'coordination',
  lead: 'conflict-manager',
  mate: 'handler',
  steering: 'steering-group',
  sponsor: 'sponsor',
  substitute: 'substitute',
  point: 'contact-point',
  guide: 'guide',
  partner: 'partner',
  other: 'conflict-manager',
  pool: 'handler',
  extract: 'conflict-manager',
  interpreter: 'interpreter',
  barred: 'coordination',
  oversight: 'oversight',
  administrator: 'administrator',
} as const
type Name = keyof typeof cast
const insiders: readonly Name[] = ['coordination', 'lead', 'mate']
const names = Object.keys(cast) as Name[]
/** `undefined`: a stranger. */
const outside = [undefined, ...names.filter((name) => !insiders.includes(name))]
const people = Object.fromEntries(names.map((name) => [name, crypto.randomUUID()])) as Record<Name, string>
const who = {
  coordination: person(people.coordination, 'reports', 'cases', 'second'),
  lead: person(people.lead),
  mate: person(people.mate),
  sponsor: person(people.sponsor, 'second'),
}
const feeds: Partial<Record<Name, string>> = {}
let report = { id: '', code: '' }
let id = ''
/** A guest of the county, to whom everything was ticked: there she is herself, here somebody else. */
const selim = crypto.randomUUID()
let visit = ''
let mediated: Twin
let moderated: Twin

async function appoint({ at }: Towns): Promise<void> {
  await at(async (tx) => {
    for (const name of names) {
      const undertaken = { employed: name !== 'mate', undertaken_on: name === 'mate' ? '2026-01-02' : null }
      const row = { id: people[name], name, mail: `${name}@stadt.example`, ...undertaken }
      await tx.db.insertInto('auth.person').values(row).execute()
      const post = { id: crypto.randomUUID(), person_id: people[name], role: cast[name], from_on: '2020-01-01' }
      await tx.db.insertInto('auth.appointment').values(post).execute()
      feeds[name] = await renewCalendar(tx, people[name])
      // Whoever handles it has shown every proof, so that none that is lacking parts the worlds.
      for (const entitlement of name === 'lead' || name === 'mate' ? ['mediation', 'moderation'] : []) {
        const shown = { entitlement, seen_on: '2026-01-02', seen_by: people.sponsor, until_on: null }
        const row = { id: crypto.randomUUID(), person_id: people[name], ...shown }
        await tx.db.insertInto('access.entitlement').values(row).execute()
      }
    }
  }, program)
}

/** A report becomes a case that waits for the choice of how it is worked on. */
async function begin({ at }: Towns): Promise<void> {
  const said = {
    observed: 'Zwei Familien streiten im Hof',
    area: 'altstadt',
    anonymity: 'office',
    contact: '0221 4711',
  }
  report = await at((tx) => receiveReport(tx, newReport.parse({ ...said, notice: 'melderin@post.example' })))
  id = await at(async (tx) => {
    const model = await modelInForce(tx)
    const to = stepOfKind(model, 'open').id
    const decided = await decide(tx, ['coordination'], report.id, { to, version: 1, matter: 'Streit im Hof' })
    const found = 'caseId' in decided ? decided.caseId! : ''
    await grant(tx, { record: found, person: people.interpreter, role: 'interpreter' })
    await grant(tx, { record: found, person: people.extract, role: 'extract' })
    await bar(tx, found, [people.barred])
    await assess(tx, found, { matter: 'Streit im Hof', nextStep: 'Mit beiden sprechen' }, {}, 0)
    const { version } = (await openedCase(tx, found))!
    await goOn(tx, ['coordination'], found, { to: stepOfKind(model, 'choose-format').id, version })
    return found
  }, who.coordination)
}

async function invite(towns: Towns): Promise<void> {
  const { city, county, tenants, clock } = towns
  await tenants.inTenant({ municipality: county, who: program }, (tx) =>
    tx.db.insertInto('auth.person').values({ id: selim, name: 'Selim', mail: null }).execute(),
  )
  const post = { id: crypto.randomUUID(), person_id: selim, role: 'conflict-manager', from_on: '2020-01-01' }
  await tenants.inTenant({ municipality: county, who: program }, (tx) =>
    tx.db.insertInto('auth.appointment').values(post).execute(),
  )
  const until = addDays(berlinDay(clock.now), 300)
  const asked = { case: id, owner: city, town: county, asker: who.coordination, parts: guestParts, until }
  visit = await invited(towns, asked)
  await sent(towns, asked, visit, selim, person(selim, 'cases'))
}

/** What the guest reads of the case. */
async function asGuest(twin: Twin): Promise<string> {
  const { tenants, county } = twin.towns
  const { token } = await tenants.inTenant({ municipality: county, who: program }, (tx) => startSession(tx, selim))
  return twin.fetch(`/auental/gastfaelle/${visit}`, undefined, { headers: { cookie: `b-auental=${token}` } })
}

beforeAll(async () => {
  const towns = await foundTowns()
  await appoint(towns)
  await begin(towns)
  await invite(towns)
  const [one, two] = await twins(towns)
  const shared = await idsIn(one)
  mediated = new Twin(one, shared)
  moderated = new Twin(two, shared)
  await both(enter)
  await both((twin) => twin.later(hour))
})
afterAll(async () => {
  await mediated.towns.end()
  await moderated.towns.end()
})

/** The same in both worlds. Whatever asks the machine itself what time it is hears the time of its world. */
async function both<T>(work: (twin: Twin, format: 'mediation' | 'moderation') => Promise<T>): Promise<[T, T]> {
  const timely = async (twin: Twin, format: 'mediation' | 'moderation') => {
    vi.useFakeTimers({ toFake: ['Date'], now: twin.towns.clock.now })
    return work(twin, format).finally(() => vi.useRealTimers())
  }
  return [await timely(mediated, 'mediation'), await timely(moderated, 'moderation')]
}
const enter = async (twin: Twin) => {
  for (const name of names) await twin.signIn(people[name])
}

/** Somebody does something; then time goes on, so that what happened has its order. */
async function does<T>(twin: Twin, name: keyof typeof who, deed: (tx: TenantTx) => Promise<T>): Promise<T> {
  const done = await twin.at(deed, who[name])
  await twin.later(hour / 10)
  return done
}

/** Chosen, approved and assigned to two: the one is led by mediators, the other moderated. */
async function chosen(twin: Twin, format: 'mediation' | 'moderation'): Promise<void> {
  const on = berlinDay(twin.towns.clock.now)
  const release = format === 'mediation' ? { on, onPaper: true, seenBy: people.coordination } : undefined
  const missing = await does(twin, 'coordination', async (tx) => {
    const { version } = (await openedCase(tx, id))!
    const said = { format, reason: 'Beide Seiten sind bereit', gates: calm, release, version }
    return choose(tx, ['coordination'], id, said)
  })
  expect(missing).toEqual([])
  const [question] = await twin.at((tx) => openProposals(tx, ['sponsor']), who.sponsor)
  await does(twin, 'sponsor', (tx) => answerSecond(tx, ['sponsor'], question!.id, true))
  for (const name of ['lead', 'mate'] as const) {
    const assignment = { person: people[name], as: name === 'lead' ? 'lead' : 'with' }
    expect(await does(twin, 'coordination', (tx) => assignAndGoOn(tx, ['coordination'], id, assignment))).toEqual([])
    await does(twin, name, (tx) => declareImpartial(tx, id))
  }
}

/** Two talks, an agreement, a measure; the program does its own work meanwhile. */
async function handled(twin: Twin): Promise<void> {
  const heldOn = berlinDay(twin.towns.clock.now)
  for (const [result, next] of [
    ['step', 'again'],
    ['settled', 'agreement'],
  ] as const)
    await does(twin, 'lead', (tx) => noteSession(tx, id, { heldOn, attended: ['several-sides'], result, next }))
  const clauses = [{ who: 'Beide Familien', what: 'Ruhe ab 20 Uhr', tell: 'Der Hausverwaltung', dueOn: heldOn }]
  await does(twin, 'lead', (tx) => draftAgreement(tx, id, clauses, 0))
  const said = { who: 'İki aile', what: 'Saat 20’den sonra sessizlik', tell: 'Yönetime' }
  const translated = {
    number: 1,
    language: 'tr',
    by: 'Sprachmittlerpool',
    sent: [{ said, checked: false }],
    onto: 1,
  } as const
  await does(twin, 'lead', (tx) => translateAgreement(tx, id, translated))
  await does(twin, 'lead', (tx) => signAgreement(tx, id, { signedOn: heldOn, proof: 'Akte im Schrank' }))
  const words = { title: 'Einladung', language: 'de', from: 'Lindenau', dated: '', blocks: [] } as const
  const sent = { kind: 'pdf', bytes: tinyPdf('wie ausgegeben') } as const
  const given = { kind: 'invitation', givenOn: heldOn, way: 'hand', letter: words, sent } as const
  await does(twin, 'lead', (tx) => giveLetter(tx, id, given))
  const measure = { what: 'Bank im Hof', owner: 'Grünflächenamt', dueOn: heldOn }
  const planned = await does(twin, 'lead', (tx) => addMeasure(tx, id, measure))
  await does(twin, 'lead', (tx) => endMeasure(tx, id, planned, 'done'))
  await twin.morning()
}

/** Closed and looked at after three months; then the night in which it is forgotten how it was worked on. */
async function ended(twin: Twin): Promise<void> {
  const answer = 'Beide Seiten haben sich verständigt.'
  const closed = closing.parse({ outcome: 'agreed', hours: '12,5', stage: '2', answer })
  expect(await does(twin, 'lead', (tx) => closeCase(tx, ['conflict-manager'], id, closed))).toEqual([])
  // Enough of the same kind that the year has something to show.
  await twin.at(async (tx) => {
    const { municipality_id: _, ...figure } = await tx.db
      .selectFrom('cases.figure')
      .selectAll()
      .executeTakeFirstOrThrow()
    const more = Array.from({ length: 5 }, () => ({ ...figure, id: crypto.randomUUID() }))
    await tx.db.insertInto('cases.figure').values(more).execute()
  }, program)
  await twin.later(92 * day)
  await twin.morning()
  await does(twin, 'coordination', (tx) => noteFollowUp(tx, id, { holding: 'yes' }))
}

/** Every address that names nobody, or this case, or this report; of letters, each. */
function addresses(): string[] {
  const fixed = routes.filter(({ method, path }) => method === 'GET' && !/:(?!town|case|report|kind)/.test(path))
  const at = fixed.map(({ path }) =>
    path.replace(':town', 'lindenau').replace(':case', id).replace(':report', report.id),
  )
  const letters = ['confidentiality', 'invitation', 'closing', 'summary']
  return at.flatMap((path) => (path.includes(':kind') ? letters.map((kind) => path.replace(':kind', kind)) : path))
}

/** Everything somebody can lay hands on, by address. */
async function everything(twin: Twin, name?: Name): Promise<Record<string, string>> {
  const seen: Record<string, string> = {}
  const all = [
    ...addresses(),
    ...['Hof', 'Mediation', 'Moderation', 'Familien'].map((word) => `/lindenau/suche?worte=${word}`),
    `/lindenau/faelle/${id}/schreiben/summary?als=docx`,
    `/lindenau/faelle?stand=alle`,
    ...(name ? [`/lindenau/kalender/${feeds[name]}.ics`] : []),
  ]
  for (const path of all) seen[path] = await twin.fetch(path, name && people[name])
  return seen
}

/** What the reporter gets to read. */
const mailbox = (twin: Twin) =>
  twin.fetch('/api/v1/lindenau/mailbox', undefined, { headers: { authorization: `Bearer ${report.code}` } })

async function sameFor(some: readonly (Name | undefined)[]): Promise<void> {
  for (const name of some) {
    const [one, other] = await both((twin) => everything(twin, name))
    for (const [path, answer] of Object.entries(one))
      expect.soft(answer.split(/(?=<)/u), `${name ?? 'a stranger'} ${path}`).toEqual(other[path]!.split(/(?=<)/u))
  }
  expect(await mailbox(mediated)).toBe(await mailbox(moderated))
}
/** What lies in the database without a key: plain columns, how many rows there are, how long what is sealed is. */
async function sameRows(): Promise<void> {
  const [rows, others] = await both((twin) => twin.rows())
  expect(rows['cases.choice']).toHaveLength(1)
  for (const [table, lines] of Object.entries(rows)) expect.soft(lines, table).toEqual(others[table])
}

/** Mails of one moment leave in the order of their random ids, which tells nothing: whoever gets which is compared. */
const sameMails = () => expect(mediated.mails.toSorted()).toEqual(moderated.mails.toSorted())

test('while it is worked on, nobody but coordination and the pair can tell', async () => {
  await both(chosen)
  await both(handled)
  for (const name of insiders) {
    const [one, other] = await both((twin) => twin.fetch(`/lindenau/faelle/${id}`, people[name]))
    expect(one).toContain('Mediation')
    expect(other).not.toContain('Mediation')
  }
  await sameFor(outside)
  sameMails()
  expect(mediated.mails.length).toBeGreaterThan(0)
  await sameRows()
})

test('a guest of another municipality to whom everything was ticked gets the generic step', async () => {
  const [one, other] = await both(asGuest)
  expect(one).toMatch(/^200/u)
  expect(one).toContain('Ruhe ab 20 Uhr')
  expect(one.split(/(?=<)/u)).toEqual(other.split(/(?=<)/u))
})

test('the page for taking the release back is there for those who know of it only', async () => {
  const [pages, others] = await both(async (twin) => {
    const statuses = names.map(async (name) => [
      name,
      (await twin.fetch(`/lindenau/faelle/${id}/freigabe`, people[name])).slice(0, 3),
    ])
    return Object.fromEntries(await Promise.all(statuses)) as Record<Name, string>
  })
  expect(names.filter((name) => pages[name] === '200')).toEqual(insiders)
  expect(names.filter((name) => others[name] === '200')).toEqual([])
  expect(await mediated.fetch(`/lindenau/faelle/${id}/verfahren`, people.extract)).toMatch(/^404/u)
  // Opening it is written down as opening the case.
  for (const name of insiders) await moderated.fetch(`/lindenau/faelle/${id}`, people[name])
})

test('nor after the end, while it is still known to coordination', async () => {
  await both(ended)
  await both(enter)
  const [one] = await both((twin) => twin.fetch(`/lindenau/faelle/${id}`, people.coordination))
  expect(one).toContain('Mediation')
  await sameFor(outside)
  const [seen, alike] = await both(asGuest)
  expect(seen).toBe(alike)
  expect(await mailbox(mediated)).toContain('verstÃ¤ndigt')
  const [register, none] = await both((twin) => twin.post('/lindenau/faelle/register', people.coordination))
  expect(register).toContain('spreadsheetml')
  expect(register).toBe(none)
  const [figures, alikeFigures] = await both((twin) =>
    twin.at((tx) => tx.db.selectFrom('cases.figure').selectAll().execute(), program),
  )
  for (const told of [figures, alikeFigures])
    expect(told.every(({ way, third_last }) => way === 'talks' && third_last === 1)).toBe(true)
  const year = `/lindenau/faelle/zahlen?jahr=${figures[0]!.month.slice(0, 4)}`
  const [shown, same] = await both((twin) => twin.fetch(year, people.steering))
  expect(shown).toContain('zwischen den Seiten oder nicht festgehalten<')
  expect(shown).toBe(same)
  sameMails()
  await sameRows()
})

test('six months after closing nobody at all can tell, and the follow-up goes on', async () => {
  await both(async (twin) => {
    await twin.later(93 * day)
    await twin.morning()
    await enter(twin)
  })
  await sameFor([...outside, ...insiders])
  const [left] = await both((twin) => twin.fetch(`/lindenau/faelle/${id}`, people.coordination))
  expect(left).toContain('das Verfahren wird nicht mehr aufbewahrt')
  expect(await mediated.at((tx) => choiceOf(tx, id), who.coordination)).toMatchObject({ said: undefined })
  await both(async (twin) => {
    await twin.later(182 * day)
    await twin.morning()
    await does(twin, 'coordination', (tx) => noteFollowUp(tx, id, { holding: 'yes' }))
    await enter(twin)
  })
  await sameFor(insiders)
  const [page] = await both((twin) => twin.fetch(`/lindenau/faelle/${id}`, people.coordination))
  expect(page.match(/Nachgehalten: h/gu)).toHaveLength(2)
  sameMails()
  await sameRows()
})
