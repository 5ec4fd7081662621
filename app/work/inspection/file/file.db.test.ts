import { createHash } from 'node:crypto'
import { unzipSync } from 'fflate'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startSession } from '#platform/auth/index.ts'
import { letterDocx, type Letter } from '#platform/letter/index.ts'
import type { TenantTx, Who } from '#platform/tenancy/index.ts'
import { foundTowns, program, type Towns } from '#tests/support/town.ts'
import { programOver, Visitor } from '#tests/support/web.ts'
import { caseRecord, openCase, setFileNumber } from '#work/cases/index.ts'
import { assess } from '#work/cases/commands/assess.ts'
import { choose } from '#work/cases/commands/choose.ts'
import { goOn } from '#work/cases/commands/goOn.ts'
import { noteSession } from '#work/cases/commands/session.ts'
import { giveLetter } from '#work/cases/letters/commands.ts'
import { modelInForce, stepOfKind } from '#work/model/index.ts'
import { takeFile } from '../commands/takeFile.ts'
import { speaksOfSecret, withoutSecret } from '../secrecy.ts'
import { packCase } from './pack.ts'

type Person = Extract<Who, { kind: 'person' }>
let towns: Towns
let coordination: Person
beforeAll(async () => {
  towns = await foundTowns()
  coordination = (await towns.appoint('coordination')) as Person
})
afterAll(() => towns.end())

const as = <T>(work: (tx: TenantTx) => Promise<T>, who: Who = coordination) => towns.at(work, who)

const calm = { violence: 'no', crime: 'no', 'at-risk': 'no', dependence: 'no', unwilling: 'no', hate: 'no' }

/** A case that is worked on in this way, with a talk on record. */
const worked = (format: string) =>
  as(async (tx) => {
    const model = await modelInForce(tx)
    const at = stepOfKind(model, 'assess').id
    const matter = 'Streit am Brunnen'
    const id = await openCase(tx, { matter, area: 'altstadt', subject: 'noise', at, modelVersion: model.versionId })
    await assess(tx, id, { matter, nextStep: 'Runder Tisch' }, {}, 0)
    await goOn(tx, ['coordination'], id, { to: stepOfKind(model, 'choose-format').id, version: 1 })
    const release = { on: '2026-11-20', onPaper: true, seenBy: coordination.id }
    const { version } = await tx.db
      .selectFrom('cases.case')
      .select('version')
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    const said = { format, reason: 'Beide wollen reden', gates: calm, version, release }
    expect(await choose(tx, ['coordination'], id, said)).toEqual([])
    const attended = ['several-sides' as const, 'handlers' as const]
    await noteSession(tx, id, { heldOn: '2026-11-20', attended, result: 'step', next: 'again' })
    return id
  })

const pack = async (id: string, because?: string) => {
  const { taken, secret } = await as(async (tx) => ({
    taken: await takeFile(tx, id, because),
    secret: speaksOfSecret(await modelInForce(tx)),
  }))
  const filing = { ...taken, office: 'Lindenau', today: '2026-11-23', secret }
  return unzipSync(await packCase(filing, towns.clock.now))
}

test('the archive holds PDF/A and a list that names each document with its checksum', async () => {
  const id = await worked('moderation')
  await as((tx) => setFileNumber(tx, id, '50.2-17/2026'))
  const files = await pack(id)
  const list = JSON.parse(new TextDecoder().decode(files['akte.json']))
  expect(list).toMatchObject({
    format: 'besonnen-akte',
    aktenzeichen: '50.2-17/2026',
    titel: 'Streit am Brunnen',
    fuehrendeAkte: { art: 'andere', name: 'E-Akte der Stadt Lindenau' },
  })
  expect(list.dokumente.map(({ titel }: { titel: string }) => titel)).toEqual([
    'Fall',
    'Einschätzung vom 23. November 2026, Fassung 1',
    'Verlauf',
  ])
  for (const { datei, sha256 } of list.dokumente) {
    expect(createHash('sha256').update(files[datei]!).digest('hex')).toBe(sha256)
    const raw = Buffer.from(files[datei]!).toString('latin1')
    expect(raw).toMatch(/pdfaid:part>2</u)
    expect(raw).toMatch(/pdfaid:conformance>A</u)
  }
  expect(Object.keys(files)).toHaveLength(list.dokumente.length + 1)
})

test('a letter that was given out goes with the file in its words of then; one that speaks of a mediation stays', async () => {
  const id = await worked('moderation')
  const given = (text: string) => ({
    kind: 'invitation' as const,
    givenOn: '2026-11-20',
    way: 'post' as const,
    letter: {
      title: 'Einladung',
      language: 'de',
      from: 'Lindenau',
      dated: '',
      blocks: [{ kind: 'paragraph', text }],
    } as Letter,
  })
  await as((tx) => giveLetter(tx, id, given('Kommen Sie bitte ins Rathaus.')))
  await as((tx) => giveLetter(tx, id, given('Kommen Sie zur Mediation.')))
  const list = JSON.parse(new TextDecoder().decode((await pack(id))['akte.json']))
  const letters = list.dokumente.filter(({ titel }: { titel: string }) => titel === 'Einladung')
  expect(letters).toMatchObject([{ datum: '2026-11-20', format: 'PDF/A-2a' }])
  const { parts } = await as(caseRecordOf(id))
  const told = parts.find((part) => part.id === 'course')?.lines.filter(({ text }) => text === 'Einladung ausgegeben')
  expect(told).toHaveLength(2)
})

test('a letter that was changed goes with the file as it was given out; one that speaks of a mediation stays', async () => {
  const id = await worked('moderation')
  const letter = (text: string): Letter => ({
    title: 'Einladung',
    language: 'de',
    from: 'Lindenau',
    dated: '',
    blocks: [{ kind: 'paragraph', text }],
  })
  const give = async (text: string) => {
    const sent = { kind: 'docx' as const, bytes: Buffer.from(await letterDocx(letter(text))) }
    const given = { kind: 'invitation' as const, givenOn: '2026-11-20', way: 'post' as const }
    await as((tx) => giveLetter(tx, id, { ...given, letter: letter('Vorlage'), sent }))
    return sent.bytes
  }
  const bytes = await give('Kommen Sie bitte um drei.')
  await give('Kommen Sie zur Mediation.')
  const files = await pack(id)
  const list = JSON.parse(new TextDecoder().decode(files['akte.json']))
  const letters = list.dokumente.filter(({ titel }: { titel: string }) => titel === 'Einladung')
  expect(letters).toMatchObject([{ format: 'DOCX', sha256: createHash('sha256').update(bytes).digest('hex') }])
  expect(letters[0].datei).toMatch(/-letter-1\.docx$/u)
  expect(Buffer.from(files[letters[0].datei]!)).toEqual(bytes)
})

test('mediated and moderated, the record of a case is the same', async () => {
  const of = async (format: string) => {
    const { parts, number } = await as(caseRecordOf(await worked(format)))
    return JSON.stringify(parts).replaceAll(number, 'F-')
  }
  expect(await of('mediation')).toBe(await of('moderation'))
})
const caseRecordOf = (id: string) => (tx: TenantTx) => caseRecord(tx, id)

test('a sentence that speaks of a mediation stays in the office, also under a name of the model’s own', async () => {
  const secret = await as(async (tx) => speaksOfSecret(await modelInForce(tx)))
  expect(withoutSecret('Runder Tisch am Montag. Danach Mediation anbieten. Licht reparieren.', secret)).toBe(
    'Runder Tisch am Montag. […] Licht reparieren.',
  )
  expect(withoutSecret('Die Mediatorin ruft an.', secret)).toBe('[…]')
  expect(withoutSecret('Medien berichten vom Fest.', secret)).toBe('Medien berichten vom Fest.')
})

test('only whoever may export gets it; each time writes an entry, the contact sheet only with a reason', async () => {
  const id = await worked('moderation')
  const visitor = async (role: string) => {
    const who = (await towns.appoint(role)) as Person
    const one = new Visitor(towns, programOver(towns))
    one.setCookie('b-lindenau', (await as((tx) => startSession(tx, who.id), program)).token)
    return one
  }
  const path = `/lindenau/faelle/${id}/akte`
  expect((await (await visitor('handler')).get(path)).status).toBe(403)
  const anna = await visitor('coordination')
  expect((await anna.get(path)).text).toContain('Führend ist nach dem Modell: E-Akte der Stadt Lindenau')
  expect((await anna.post(path, { do: 'take', contacts: 'yes', reason: ' ' })).status).toBe(422)
  expect((await anna.post(path, { do: 'take', contacts: 'yes', reason: 'Klage' })).status).toBe(200)
  expect((await anna.post(path, { do: 'take' })).text.slice(0, 2)).toBe('PK')
  const verbs = await as(
    (tx) => tx.db.selectFrom('platform.audit_entry').select('verb').where('thing', '=', `case:${id}`).execute(),
    program,
  )
  expect(verbs.map(({ verb }) => verb).filter((verb) => verb.startsWith('file'))).toEqual(
    expect.arrayContaining(['file-exported', 'file-exported:contacts']),
  )
})
