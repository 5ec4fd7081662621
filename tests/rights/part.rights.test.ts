import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { routes } from '#app/routes.ts'
import { holdOn } from '#platform/retention/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { renewCalendar } from '#work/desk/commands.ts'
import { decideRequest, release } from '#work/inspection/commands/decide.ts'
import { withdraw } from '#work/inspection/commands/end.ts'
import { noteRequest } from '#work/inspection/commands/note.ts'
import { beginPart } from '#work/inspection/commands/part.ts'
import { proposeExtract } from '#work/inspection/commands/prepare.ts'
import { noteSearch } from '#work/inspection/commands/search.ts'
import { releaseReport } from '#work/intake/commands/release.ts'
import { newReport, receiveReport, reportRecord } from '#work/intake/index.ts'
import { foundTowns, program, twins, type Towns } from '../support/town.ts'
import { idsIn, person, Twin } from '../support/twins.ts'

/*
 * Twin worlds: somebody asks what is kept about her, and the substitute looks. In one world she finds something and answers
 * for it herself, in the other she finds nothing. Nobody but her and whoever decides with her can tell.
 */
const [hour, day] = [3_600_000, 86_400_000]
const cast = {
  coordination: 'coordination',
  colleague: 'coordination',
  deputy: 'contact-point',
  substitute: 'substitute',
  asked: 'steering-group',
  steering: 'steering-group',
  sponsor: 'sponsor',
  point: 'contact-point',
  manager: 'conflict-manager',
  guide: 'guide',
  handler: 'handler',
  partner: 'partner',
  interpreter: 'interpreter',
  oversight: 'oversight',
  administrator: 'administrator',
} as const
type Name = keyof typeof cast
const names = Object.keys(cast) as Name[]
const outside = names.filter((name) => name !== 'substitute' && name !== 'asked')
const people = Object.fromEntries(names.map((name) => [name, crypto.randomUUID()])) as Record<Name, string>
const office = person(people.coordination, 'reports', 'contacts', 'cases', 'second', 'inspection')
const ruth = person(people.substitute, 'substitute', 'second')
const second = person(people.asked)
const feeds: Partial<Record<Name, string>> = {}
let found: Twin
let nothing: Twin
let [report, request, part] = ['', '', '']

async function away(tx: TenantTx, name: Name): Promise<void> {
  const [id, person_id, deputy_id] = [crypto.randomUUID(), people[name], people.deputy]
  const row = { id, person_id, deputy_id, from_on: '2020-01-01', until_on: null, set_by: person_id }
  await tx.db.insertInto('auth.absence').values(row).execute()
}

async function appoint({ at }: Towns): Promise<void> {
  await at(async (tx) => {
    for (const name of names) {
      const row = { id: people[name], name, mail: `${name}@stadt.example`, employed: true }
      await tx.db.insertInto('auth.person').values(row).execute()
      const post = { id: crypto.randomUUID(), person_id: people[name], role: cast[name], from_on: '2020-01-01' }
      await tx.db.insertInto('auth.appointment').values(post).execute()
      feeds[name] = await renewCalendar(tx, people[name])
    }
    await away(tx, 'colleague')
  }, program)
}

/** Somebody complains of the office, and the same person asks what is kept about him. */
async function begin({ at, clock }: Towns): Promise<void> {
  const about = { observed: 'Das Büro hört nicht zu', area: 'altstadt', anonymity: 'named', contact: 'Paul Sommer' }
  report = await at(
    async (tx) => (await receiveReport(tx, newReport.parse({ ...about, notVisibleTo: ['Das Amt'] }))).id,
  )
  await at((tx) => reportRecord(tx, report), ruth)
  const receivedOn = clock.now.toISOString().slice(0, 10)
  const asked = { basis: 'gdpr' as const, asker: 'Paul Sommer', wants: 'Alles', receivedOn }
  request = await at((tx) => noteRequest(tx, asked, { cases: [], reports: [] }), office)
}

beforeAll(async () => {
  const towns = await foundTowns()
  await appoint(towns)
  await begin(towns)
  const [one, two] = await twins(towns)
  const shared = await idsIn(one)
  found = new Twin(one, shared)
  nothing = new Twin(two, shared)
  await both(enter)
  await both((twin) => twin.later(hour))
})
afterAll(async () => {
  await found.towns.end()
  await nothing.towns.end()
})

async function both<T>(work: (twin: Twin) => Promise<T>): Promise<[T, T]> {
  const timely = async (twin: Twin) => {
    vi.useFakeTimers({ toFake: ['Date'], now: twin.towns.clock.now })
    return work(twin).finally(() => vi.useRealTimers())
  }
  return [await timely(found), await timely(nothing)]
}
const enter = async (twin: Twin) => {
  for (const name of names) await twin.signIn(people[name])
}

/** Somebody does something in the world where something was found; time goes on in both. */
async function does<T>(by: typeof ruth, deed: (tx: TenantTx) => Promise<T>): Promise<T> {
  const done = await found.at(deed, by)
  await both((twin) => twin.later(hour))
  return done
}

const fixed = routes
  .filter(({ method, path }) => method === 'GET' && !/:(?!town|report|request)/.test(path))
  .map(({ path }) => path.replace(':town', 'lindenau'))

async function everything(twin: Twin, name: Name): Promise<Record<string, string>> {
  const seen: Record<string, string> = {}
  const all = [
    ...fixed.map((path) => path.replace(':report', report).replace(':request', request)),
    `/lindenau/suche?worte=Sommer`,
    `/lindenau/kalender/${feeds[name]}.ics`,
  ]
  for (const path of all) seen[path] = await twin.fetch(path, people[name])
  return seen
}

/** Pages, feeds and mails of everybody who must not know. */
async function same(): Promise<void> {
  for (const name of outside) {
    const [one, other] = await both((twin) => everything(twin, name))
    for (const [path, answer] of Object.entries(one))
      expect.soft(answer.split(/(?=<)/u), `${name} ${path}`).toEqual(other[path]!.split(/(?=<)/u))
  }
  const theirs = ({ mails }: Twin) => mails.filter((mail) => !/^(?:substitute|asked)@/u.test(mail)).toSorted()
  expect(theirs(found)).toEqual(theirs(nothing))
}

const steps = ['', '/auszug', '/schreiben', '/vertretung', '/fundstellen']
const at = (id: string) => steps.map((step) => `/lindenau/einsicht/${id}${step}`)

/** The addresses of her part answer everybody else like those of a request that never was, whoever reads or writes. */
async function hidden(): Promise<void> {
  const never = crypto.randomUUID()
  for (const name of outside)
    for (const [i, path] of at(part).entries()) {
      const none = at(never)[i]!
      const read = [await found.fetch(path, people[name]), await found.fetch(none, people[name])]
      expect.soft(read[0], `${name} ${steps[i]}`).toBe(read[1])
      expect.soft(read[0], `${name} ${steps[i]}`).toMatch(/^40[34]/u)
      if (steps[i] === '/schreiben') continue
      const sent = [await found.post(path, people[name]), await found.post(none, people[name])]
      expect.soft(sent[0], `${name} ${steps[i]}, sent`).toBe(sent[1])
      expect.soft(sent[0], `${name} ${steps[i]}, sent`).toMatch(/^40[34]/u)
    }
}

test('she looked, that is all there is to see; the page for her own part is there for nobody else', async () => {
  part = await found.at((tx) => beginPart(tx, request, [report]), ruth)
  await nothing.at((tx) => noteSearch(tx, request), ruth)
  await both((twin) => twin.later(hour))
  await same()
  await hidden()
  expect(await found.fetch(`/lindenau/einsicht/${part}/auszug`, people.substitute)).toMatch(/^200/u)
  const lists = await both((twin) => twin.fetch('/lindenau/einsicht', people.substitute))
  expect(lists.map((list) => new Set(list.match(/E-[A-Z0-9]{6}/gu)).size)).toEqual([2, 1])
  expect(await found.fetch(`/lindenau/einsicht/${part}`, people.asked)).toMatch(/^40[34]/u)
})

test('laid before somebody and decided: whoever was asked reads it, nobody in her place or beside her', async () => {
  expect(await does(ruth, (tx) => proposeExtract(tx, part, {}, people.asked))).toBe(true)
  await both((twin) => twin.at((tx) => away(tx, 'asked'), program))
  await both((twin) => twin.morning())
  await same()
  await hidden()
  const today = await found.fetch('/lindenau/heute', people.asked)
  expect(today).toMatch(/ber Antrag auf Einsicht E-\w+ entscheiden/u)
  expect(await found.fetch(`/lindenau/einsicht/${part}`, people.asked)).toMatch(/^200/u)
  expect(await found.fetch(`/lindenau/einsicht/${part}/auszug`, people.asked)).toMatch(/^403/u)
  expect(await found.fetch(`/lindenau/einsicht`, people.asked)).toMatch(/^403/u)
  const due = 'Antrag auf Einsicht beantworten'
  expect(await found.fetch(`/lindenau/kalender/${feeds.asked}.ics`)).toContain(due)
  expect(await nothing.fetch(`/lindenau/kalender/${feeds.asked}.ics`)).not.toContain(due)
  expect(found.mails.some((mail) => mail.startsWith('asked@') && !/Sommer|E-[A-Z]/u.test(mail))).toBe(true)

  expect(await does(second, (tx) => decideRequest(tx, [], part, { decision: 'full', version: 2 }))).toBe(true)
  expect(await found.fetch(`/lindenau/einsicht/${part}/schreiben`, people.asked)).toMatch(/^200/u)
  await same()
  await hidden()
})

test('the office reads the report meanwhile: that it is held for somebody does not show on its pages', async () => {
  await both((twin) => twin.at((tx) => releaseReport(tx, report, []), ruth))
  await both((twin) => twin.later(hour))
  expect(await found.at((tx) => holdOn(tx, report), ruth)).toMatchObject({ because: part })
  const keeping = `/lindenau/eingang/${report}/aufbewahrung`
  expect(await found.fetch(keeping, people.coordination)).toMatch(/^200/u)
  await same()
})

test('answered, the other withdrawn, and deleted in the end: still nobody can tell', async () => {
  await does(second, (tx) => release(tx, [], part))
  await both((twin) => twin.at((tx) => withdraw(tx, request), office))
  await both((twin) => twin.later(day))
  await both((twin) => twin.morning())
  await same()
  await both((twin) => twin.later(4 * 365 * day))
  await both((twin) => twin.morning())
  await both(enter)
  await same()
  expect(await found.fetch(`/lindenau/einsicht/${part}`, people.substitute)).toMatch(/^404/u)
})
