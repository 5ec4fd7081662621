import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { retainedOf, slices } from '#app/slices.ts'
import { subscriptions } from '#app/subscriptions.ts'
import { bar } from '#platform/access/index.ts'
import { asRole } from '#platform/db/prepare.ts'
import { Courier } from '#platform/facts/index.ts'
import { silentLog } from '#platform/log/index.ts'
import { dateKeys, destroyRound, holdOn, liftHold, setHold } from '#platform/retention/index.ts'
import type { TenantTx, Who } from '#platform/tenancy/index.ts'
import { foundTowns, program, type Towns } from '#tests/support/town.ts'
import { caseRecord, openCase } from '#work/cases/index.ts'
import { assess } from '#work/cases/commands/assess.ts'
import { addMeasure } from '#work/cases/commands/measure.ts'
import { registerRows } from '#work/cases/queries/register.ts'
import { newReport, receiveReport } from '#work/intake/index.ts'
import { checkText } from '#work/intake/commands/check.ts'
import { veilReport } from '#work/intake/commands/veil.ts'
import { openReport } from '#work/intake/queries.ts'
import { addContact } from '#work/intake/commands/contacts.ts'
import { modelInForce, readingsUntil, stepOfKind } from '#work/model/index.ts'
import { answerLetter } from './letters.ts'
import { asText } from './pages/parts.tsx'
import { decideRequest, giveBack, release } from './commands/decide.ts'
import { withdraw } from './commands/end.ts'
import { addToRequest, noteRequest } from './commands/note.ts'
import { proposeExtract, saveChoices } from './commands/prepare.ts'
import { placesOf } from './queries/places.ts'
import { proposalOf } from './queries/proposal.ts'
import { noteSearch, searchedFor } from './commands/search.ts'
import { extractOf } from './redaction.ts'
import { openedRequest, requestList, running } from './queries/requests.ts'

type Person = Extract<Who, { kind: 'person' }>
const start = new Date('2026-11-23T13:37:42Z')
let towns: Towns
let miriam: Person
let jonas: Person
let head: Person
const reach = ['own', 'reports', 'originals', 'contacts', 'cases', 'second', 'inspection']
beforeAll(async () => {
  towns = await foundTowns(start)
  miriam = { ...((await towns.appoint('coordination')) as Person), reach }
  jonas = { ...((await towns.appoint('coordination')) as Person), reach }
  head = { ...((await towns.appoint('sponsor')) as Person), reach: ['own', 'second'] }
})
beforeEach(() => void (towns.clock.now = start))
afterAll(() => towns.end())

const delivered = () => new Courier(towns.tenants, subscriptions, silentLog).deliver()
const as = <T>(who: Who, work: (tx: TenantTx) => Promise<T>) => towns.at(work, who)
const send = (more: object = {}) =>
  as({ kind: 'public' }, (tx) =>
    receiveReport(tx, newReport.parse({ observed: 'Meier stellt die Räder in den Weg.', area: 'altstadt', ...more })),
  )

/** A case with a report in it, somebody on its contact sheet, and a measure that names her. */
async function fence(): Promise<{ id: string; report: string }> {
  const { id: report } = await send()
  const id = await as(miriam, async (tx) => {
    const model = await modelInForce(tx)
    const at = stepOfKind(model, 'assess').id
    const matter = 'Räder am Zaun'
    return openCase(tx, { matter, area: 'altstadt', subject: 'noise', at, modelVersion: model.versionId })
  })
  const join = (tx: TenantTx) =>
    tx.db.updateTable('intake.report').set({ case_id: id }).where('id', '=', report).execute()
  await as(program, join)
  await as(miriam, async (tx) => {
    await addContact(tx, report, { name: 'Anna Meier', role: 'Nachbarin A', ways: '0211 123456' })
    await assess(tx, id, { matter: 'Räder am Zaun', nextStep: 'Mediation vorschlagen. Ständer aufstellen.' }, {}, 0)
    await addMeasure(tx, id, { what: 'Ständer', owner: 'Anna Meier', dueOn: '2026-12-03' })
  })
  return { id, report }
}

const asked = { basis: 'council' as const, asker: 'Ratsmitglied Weber', wants: 'Die Akte', receivedOn: '2026-11-20' }
const note = (id: string, more: object = {}) =>
  as(miriam, (tx) => noteRequest(tx, { ...asked, ...more }, { cases: [id], reports: [] }))
const state = async (id: string, who: Who = miriam) => (await as(who, (tx) => openedRequest(tx, id)))?.state
const laid = async () => {
  const { id: about } = await fence()
  const id = await note(about)
  await as(miriam, (tx) => proposeExtract(tx, id, {}))
  return { id, about }
}

test('a councillor asks: the extract names nobody and no mediation, the head decides, a third person releases', async () => {
  const { id } = await laid()
  const seen = (await as(head, (tx) => openedRequest(tx, id)))!
  expect(seen.dueOn).toBe('2026-12-04')
  const text = JSON.stringify(seen.extract)
  expect(text).toContain('Nachbarin A: Ständer')
  expect(text).not.toMatch(/Meier|Mediation|0211|Räder in den Weg/u)
  expect(await as(head, (tx) => tx.db.selectFrom('cases.case').select('id').execute())).toEqual([])
  const decided = { decision: 'partly' as const, reason: 'Schutz Dritter', version: seen.version }
  await expect(as(miriam, (tx) => decideRequest(tx, ['sponsor'], id, decided))).rejects.toThrow()
  await expect(as(jonas, (tx) => decideRequest(tx, ['coordination'], id, decided))).rejects.toThrow()
  expect(await as(head, (tx) => decideRequest(tx, ['sponsor'], id, { ...decided, version: 0 }))).toBe(false)
  expect(await as(head, (tx) => decideRequest(tx, ['sponsor'], id, decided))).toBe(true)
  await expect(as(miriam, (tx) => release(tx, ['coordination'], id))).rejects.toThrow()
  await as(jonas, (tx) => release(tx, ['coordination'], id))
  expect(await state(id)).toBe('answered')
})

test('what is kept by hand leaves, a mediation does not; given back, it is prepared anew with the choices made', async () => {
  const { id: about } = await fence()
  const id = await note(about)
  const row = await as(miriam, async (tx) => (await running(tx)).find((one) => one.id === id)!)
  const parts = await as(miriam, (tx) => proposalOf(tx, row))
  const passages = parts.flatMap(({ lines }) => lines.flatMap((line) => line.passages))
  const choices = Object.fromEntries(passages.map(({ key }) => [key, { what: 'keep' as const }]))
  await as(miriam, (tx) => saveChoices(tx, id, choices))
  await as(miriam, (tx) => proposeExtract(tx, id, choices))
  const text = JSON.stringify((await as(head, (tx) => openedRequest(tx, id)))!.extract)
  expect(text).toContain('Meier stellt die Räder')
  expect(text).not.toContain('Mediation')
  await as(head, (tx) => giveBack(tx, ['sponsor'], id, 'Der Name muss heraus'))
  const again = (await as(miriam, (tx) => openedRequest(tx, id)))!
  expect([again.state, again.remark, again.extract]).toEqual(['open', 'Der Name muss heraus', undefined])
  expect(again.choices).toEqual(choices)
})

const night = async (day: string) => {
  towns.clock.now = new Date(`${day}T03:00:00Z`)
  const retained = retainedOf(slices)
  const shred = asRole(towns.database.config, towns.database.name, 'shred')
  await as(program, (tx) => dateKeys(tx, retained))
  await as(program, (tx) => destroyRound(tx, { shred, retained, readingsUntil }))
}
const living = async (id: string) =>
  (await as(program, (tx) => tx.db.selectFrom('cases.case').select('id').where('id', '=', id).execute())).length > 0
const close = (id: string) =>
  as(program, (tx) => tx.db.updateTable('cases.case').set({ closed_on: '2026-11-23' }).where('id', '=', id).execute())

test('a deletion that is due while a request runs is held and said; it goes on with the answer', async () => {
  const { id: about } = await fence()
  await close(about)
  const id = await note(about)
  await night('2028-12-01')
  expect(await living(about)).toBe(true)
  expect(await as(miriam, (tx) => holdOn(tx, about))).toMatchObject({ reason: 'Ein Antrag auf Einsicht läuft.' })
  await as(miriam, (tx) => withdraw(tx, id))
  await night('2028-12-02')
  expect(await living(about)).toBe(false)
  expect(await state(id)).toBe('withdrawn')
  await night('2030-12-02')
  expect(await state(id)).toBeUndefined()
})

test('a hold by hand and two requests are lifted each on its own', async () => {
  const { id: about } = await fence()
  await close(about)
  const [one, two] = [await note(about), await note(about)]
  const { contentKey } = await as(miriam, (tx) => caseRecord(tx, about))
  await as(miriam, (tx) => setHold(tx, { kind: 'case', record: about, contentKey, reason: 'Klage' }))
  expect(await as(miriam, (tx) => holdOn(tx, about))).toMatchObject({ reason: 'Klage', because: null })
  await as(miriam, (tx) => withdraw(tx, one))
  await as(miriam, (tx) => liftHold(tx, 'case', about))
  await night('2029-01-01')
  expect(await living(about)).toBe(true)
  await as(miriam, (tx) => withdraw(tx, two))
  await night('2029-01-02')
  expect(await living(about)).toBe(false)
})

test('whoever is kept from a record learns of no request about it, also when she is kept from it later', async () => {
  const x: Person = { ...((await towns.appoint('coordination')) as Person), reach }
  const all = (tx: TenantTx) => Promise.all([requestList(tx), running(tx)])
  const before = await as(x, all)
  const { id: about, report } = await fence()
  const id = await note(about)
  await as(program, (tx) => bar(tx, report, [x.id]))
  expect(await as(x, all)).toEqual(before)
  expect(await as(x, (tx) => openedRequest(tx, id))).toBeUndefined()
  await expect(as(x, (tx) => withdraw(tx, id))).rejects.toThrow()
  expect((await as(jonas, all))[0].length).toBe(before[0].length + 1)
})

test('a person is found as a party and as a reporter, by exact name or number, where one may look', async () => {
  const { id: about, report } = await fence()
  const { id: other } = await send({ anonymity: 'named', contact: 'Anna  Meier, Tel. 0211/123 456' })
  const found = (who: Who, name: string) => as(who, (tx) => placesOf(tx, name))
  const places = await found(miriam, 'Meier, Anna')
  expect(places).toContainEqual({ kind: 'sheet', report, caseId: about })
  expect(places).toContainEqual({ kind: 'reporter', report: other, caseId: null })
  expect(await found(miriam, '+49 211 123456')).toContainEqual({ kind: 'reporter', report: other, caseId: null })
  expect(await found(miriam, 'Ann')).toEqual([])
  await as(program, (tx) => bar(tx, other, [jonas.id]))
  expect(await found(jonas, 'Anna Meier')).not.toContainEqual(expect.objectContaining({ report: other }))
  const id = await as(miriam, (tx) => noteRequest(tx, { ...asked, basis: 'gdpr' }, { cases: [], reports: [] }))
  await as(miriam, (tx) => addToRequest(tx, id, { cases: [about], reports: [other] }))
  const opened = (await as(miriam, (tx) => openedRequest(tx, id)))!
  expect([opened.cases, new Set(opened.reports)]).toEqual([[about], new Set([other, report])])
})

test('who asks what is kept about her gets an answer only after two, and the substitute, have looked', async () => {
  const ruth: Person = { ...((await towns.appoint('substitute')) as Person), reach: ['own', 'substitute', 'second'] }
  const { id: hidden } = await send({ anonymity: 'named', contact: 'Paul Sommer', notVisibleTo: ['Das Amt'] })
  const id = await as(miriam, (tx) =>
    noteRequest(tx, { ...asked, basis: 'gdpr', asker: 'Paul Sommer' }, { cases: [], reports: [] }),
  )
  const lay = () => as(miriam, (tx) => proposeExtract(tx, id, {}))
  const left = () => as(miriam, (tx) => searchedFor(tx, id))
  expect([await lay(), await left()]).toMatchObject([false, { another: true, substitute: true }])
  await as(miriam, (tx) => noteSearch(tx, id))
  await as(miriam, (tx) => noteSearch(tx, id))
  expect(await left()).toMatchObject({ another: true })
  await as(jonas, (tx) => noteSearch(tx, id))
  expect([await lay(), await left()]).toMatchObject([false, { another: false, substitute: true }])
  expect((await as(ruth, (tx) => openedRequest(tx, id)))?.asker).toBe('Paul Sommer')
  expect(await as(ruth, (tx) => placesOf(tx, 'Paul Sommer'))).toMatchObject([{ report: hidden }])
  expect(await as(jonas, (tx) => placesOf(tx, 'Paul Sommer'))).toEqual([])
  const proposed = (who: Who) =>
    as(who, async (tx) => extractOf(await proposalOf(tx, { basis: 'gdpr', cases: [], reports: [hidden] })))
  const forPaul = JSON.stringify(await proposed(ruth))
  expect(forPaul).toContain('Altstadt')
  expect(forPaul).not.toMatch(/Meier|Räder|Sommer|Das Amt/u)
  expect((await proposed(jonas)).parts).toEqual([])
  await as(ruth, (tx) => noteSearch(tx, id))
  expect(await left()).toMatchObject({ another: false, substitute: false })
  expect(await lay()).toBe(true)
  expect(await state(id)).toBe('proposed')
  const council = await note((await fence()).id)
  await expect(as(ruth, (tx) => noteSearch(tx, council))).rejects.toThrow()
})

test('what was blackened is in no proposal and no register; a folded text is folded, and an extract that holds such words goes back', async () => {
  const { id: about, report } = await fence()
  const all = { cases: [about], reports: [report] }
  const id = await as(miriam, (tx) => noteRequest(tx, { ...asked, basis: 'court' }, all))
  const proposal = () =>
    as(miriam, async (tx) =>
      proposalOf(
        tx,
        (await running(tx)).find((one) => one.id === id)!,
      ),
    )
  const told = async () =>
    (await proposal()).flatMap(({ lines }) => lines).find(({ label }) => label === 'Was gemeldet wurde')!
  const [first] = (await told()).passages
  expect(first!.text).toContain('Meier stellt')
  const keep = { [first!.key]: { what: 'keep' as const } }
  await as(miriam, (tx) => proposeExtract(tx, id, keep))
  const seen = (await as(head, (tx) => openedRequest(tx, id)))!
  expect(JSON.stringify(seen.extract)).toContain('Meier stellt')
  await as(head, (tx) => decideRequest(tx, ['sponsor'], id, { decision: 'full', version: seen.version }))

  const marks = [{ part: 'observed' as const, start: 0, end: 'Meier'.length, what: 'black' as const }]
  const version = (await as(miriam, (tx) => openReport(tx, report)))!.version
  await as(miriam, (tx) => checkText(tx, { report }, { version, marks, signs: { black: '■■■', contact: '■' } }))
  await delivered()
  const back = (await as(miriam, (tx) => openedRequest(tx, id)))!
  expect(back).toMatchObject({ state: 'open', extract: undefined, decision: null, reason: undefined })
  expect(back.remark).toContain('inzwischen geprüft')
  await expect(as(jonas, (tx) => release(tx, ['coordination'], id))).rejects.toThrow()
  expect(JSON.stringify(await proposal())).not.toContain('Meier stellt')
  expect((await told()).passages[0]!.text).toContain('■■■ stellt')
  // The original is there still, for whoever checks; the register and the file know the matter only.
  expect(JSON.stringify(await as(miriam, (tx) => registerRows(tx)))).not.toMatch(/Meier|■/u)
  expect(JSON.stringify(await as(miriam, (tx) => caseRecord(tx, about)))).not.toMatch(/stellt die Räder/u)

  await as(miriam, (tx) => veilReport(tx, report, 'threat'))
  const folded = await told()
  expect(folded.folded).toBe('eine Drohung')
  expect(folded.passages.map(({ what, why }) => [what, why])).toEqual([['black', 'folded']])
  await as(miriam, (tx) => proposeExtract(tx, id, keep))
  expect(JSON.stringify((await as(head, (tx) => openedRequest(tx, id)))!.extract)).not.toContain('stellt')
  await as(head, (tx) => giveBack(tx, ['sponsor'], id, 'Den Wortlaut braucht das Gericht'))
  await as(miriam, (tx) => proposeExtract(tx, id, { [folded.passages[0]!.key]: { what: 'keep' } }))
  const marked = (await as(head, (tx) => openedRequest(tx, id)))!
  expect(JSON.stringify(marked.extract)).toContain('"folded":"eine Drohung"')
  const letter = answerLetter({ ...marked, decision: 'full' }, 'Lindenau', '2026-11-23', 24, asText)
  expect(JSON.stringify(letter)).toContain('Was gemeldet wurde (Achtung, der Text enthält: eine Drohung)')
})
