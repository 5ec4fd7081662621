import { afterAll, beforeAll, expect, test } from 'vitest'
import { startSession } from '#platform/auth/index.ts'
import { letterDocx } from '#platform/letter/index.ts'
import { htmlFaults } from '#tests/support/html.ts'
import { openedForAssessment, type Person } from '#tests/support/case.ts'
import { tinyPdf } from '#tests/support/pdf.ts'
import { foundTowns, program, type Towns } from '#tests/support/town.ts'
import { programOver, Visitor } from '#tests/support/web.ts'

let towns: Towns
let staff: Visitor
let stranger: Visitor
let id: string
let page: string
beforeAll(async () => {
  towns = await foundTowns()
  const visitor = async (who: Person) => {
    const one = new Visitor(towns, programOver(towns))
    one.setCookie('b-lindenau', (await towns.at((tx) => startSession(tx, who.id), program)).token)
    return one
  }
  const office = (await towns.appoint('coordination')) as Person
  staff = await visitor(office)
  stranger = await visitor((await towns.appoint('handler')) as Person)
  id = await towns.at((tx) => openedForAssessment(tx), office)
  page = `/lindenau/faelle/${id}/schreiben`
})
afterAll(() => towns.end())

const docx = async (text: string) => {
  const letter = { title: 'Einladung', language: 'de', from: 'Lindenau', dated: '' } as const
  return new File([new Uint8Array(await letterDocx({ ...letter, blocks: [{ kind: 'paragraph', text }] }))], 'böse.exe')
}
const said = { kind: 'invitation', language: 'de', way: 'hand', givenOn: 'heute' }
const give = (more: object = {}) => staff.post(page, { ...said, ...more })
const rows = () => towns.at((tx) => tx.db.selectFrom('cases.letter_file').selectAll().execute(), program)
const links = (text: string) =>
  [...text.matchAll(/href="([^"]*\/schreiben\/[0-9a-f-]{36})"/gu)].map(([, href]) => href!)

test('whoever changed a letter lays the file that was given out in its place, sealed, to be saved only', async () => {
  const file = await docx('Kommen Sie bitte um drei ins Rathaus, Kanarienvogel.')
  expect(await give({ sent: file, letterOnly: 'yes' })).toMatchObject({ status: 303, to: page })
  const [row] = await rows()
  expect([row!.kind, Buffer.from(row!.content).includes('Kanarienvogel')]).toEqual(['docx', false])
  const { text } = await staff.get(page)
  expect(text).toContain('wie ausgegeben (DOCX)')
  expect(await htmlFaults(text)).toEqual([])
  const [link] = links(text)
  const { headers, status } = await staff.get(link!)
  expect(status).toBe(200)
  expect(headers.get('content-disposition')).toMatch(/^attachment; filename="einladung-[a-z0-9-]+\.docx"$/u)
  expect(headers.get('content-security-policy')).toContain('sandbox')
  expect((await stranger.get(link!)).status, 'nobody without the case').toBe(404)
})

test('without a file the words of the program count as before', async () => {
  const before = (await rows()).length
  expect((await give()).status).toBe(303)
  expect((await rows()).length).toBe(before)
  const { text } = await staff.get(page)
  expect((await staff.get(links(text).at(-1)!)).headers.get('content-type')).toBe('application/pdf')
})

test('a file that tells how the case is worked on, and one nobody vouches for, are not kept', async () => {
  const before = (await rows()).length
  const say = async (more: object) => {
    const { status, text } = await give(more)
    expect(status).toBe(422)
    return text
  }
  expect(await say({ sent: await docx('Einladung zur Mediation'), letterOnly: 'yes' })).toContain(
    'In der Datei steht, wie der Fall bearbeitet wird',
  )
  expect(await say({ sent: new File([new Uint8Array(tinyPdf('Brief'))], 'a.pdf') })).toContain('Bitte bestätigen Sie')
  expect(await say({ sent: new File(['<script>'], 'a.docx'), letterOnly: 'yes' })).toContain('kein DOCX, PDF')
  expect(await say({ sent: new File(['PK\u0003\u0004 '], 'a.docx'), letterOnly: 'yes' })).toContain('nicht lesen')
  const large = new File([new Uint8Array(5 * 1024 * 1024 + 1)], 'a.pdf')
  expect(await say({ sent: large, letterOnly: 'yes' })).toContain('größer als 5 MB')
  expect((await rows()).length).toBe(before)
})

test('it goes with the case', async () => {
  expect((await rows()).length).toBeGreaterThan(0)
  await towns.at((tx) => tx.db.deleteFrom('cases.case').where('id', '=', id).execute(), program)
  expect(await rows()).toEqual([])
})
