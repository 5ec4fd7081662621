import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startSession } from '#platform/auth/index.ts'
import type { Who } from '#platform/tenancy/index.ts'
import { conference, organiser } from '#tests/support/gathering.ts'
import { tinyPdf } from '#tests/support/pdf.ts'
import { foundTowns, program, type Towns } from '#tests/support/town.ts'
import { programOver, Visitor } from '#tests/support/web.ts'
import { filesOf } from './commands/files.ts'
import { announce, planGathering } from './commands/plan.ts'

let towns: Towns
let staff: Visitor
let visitor: Visitor
let manage: string
let id: string
beforeAll(async () => {
  towns = await foundTowns(new Date('2026-11-20T09:00:00Z'))
  const app = programOver(towns)
  const who: Who = organiser(await towns.appoint('coordination'))
  staff = new Visitor(towns, app)
  visitor = new Visitor(towns, app)
  id = await towns.at((tx) => planGathering(tx, conference), who)
  await towns.at((tx) => announce(tx, id), who)
  towns.clock.now = new Date('2026-12-03T15:00:00Z')
  const { token } = await towns.at((tx) => startSession(tx, who.kind === 'person' ? who.id : ''), program)
  staff.setCookie('b-lindenau', token)
  manage = `/lindenau/veranstaltungen/verwalten/${id}`
})
afterAll(() => towns.end())

const pdf = tinyPdf('Kanarienvogel').toString('latin1')
const entries = () => towns.at((tx) => filesOf(tx, id), program)
const page = '/lindenau/veranstaltungen/abschlusskonferenz'

test('files lie sealed until the results are published, then anybody may save them, and nothing else', async () => {
  const add = (title: string, file: File) => staff.post(`${manage}/unterlagen`, { title, file })
  expect((await add('Handbuch', new File([pdf], 'böse.html', { type: 'text/html' }))).status).toBe(303)
  towns.clock.now = new Date('2026-12-03T15:01:00Z')
  const photo = await sharp({ create: { width: 40, height: 30, channels: 3, background: 'teal' } })
    .jpeg()
    .toBuffer()
  expect((await add('Gruppenbild', new File([new Uint8Array(photo)], 'bild.jpg'))).status).toBe(303)
  const [book, picture] = await entries()
  expect([book!.kind, picture!.kind]).toEqual(['pdf', 'png'])
  const rows = await towns.at((tx) => tx.db.selectFrom('gatherings.file').selectAll().execute(), program)
  expect(rows.map(({ content, sealed }) => [content, sealed?.includes('Kanarien')])).toEqual([
    [null, false],
    [null, false],
  ])
  const paths = [book!, picture!].map((one) => `${page}/unterlagen/${one.id}`)
  for (const path of paths) expect((await visitor.get(path)).status, 'prepared, not released').toBe(404)
  expect((await staff.get(`${manage}/unterlagen/${book!.id}`)).text, 'staff may look').toBe(pdf)

  await staff.post(manage, { do: 'publish' })
  const shown = (await visitor.get(page)).text
  expect(shown).toContain('Handbuch (PDF, 1 kB)')
  const answer = await visitor.get(paths[0]!)
  expect(answer.text).toBe(pdf)
  expect(answer.headers.get('content-disposition')).toBe('attachment; filename="handbuch.pdf"')
  expect(answer.headers.get('content-security-policy')).toContain('sandbox')
  expect((await visitor.get(paths[1]!)).headers.get('content-type')).toBe('image/png')

  await staff.post(`${manage}/unterlagen`, { remove: picture!.id })
  expect((await visitor.get(paths[1]!)).status).toBe(404)
  for (const wrong of ['x', crypto.randomUUID()])
    expect((await visitor.get(`${page}/unterlagen/${wrong}`)).status).toBe(404)
})

test('each thing that cannot be taken is named at its field, and nothing is kept', async () => {
  const before = (await entries()).length
  const say = async (title: string, file?: File) => {
    const { status, text } = await staff.post(`${manage}/unterlagen`, { title, ...(file && { file }) })
    expect(status).toBe(422)
    return text
  }
  expect(await say('', new File([pdf], 'a.pdf'))).toContain('Bitte sagen Sie, was die Datei enthält')
  expect(await say('Ohne')).toContain('Bitte wählen Sie eine Datei')
  expect(await say('Seite', new File(['<script>'], 'a.pdf', { type: 'application/pdf' }))).toContain('kein PDF, PNG')
  expect(await say('Halb', new File(['%PDF-1.7 '], 'a.pdf'))).toContain('lässt sich nicht lesen')
  const large = new File([pdf, new Uint8Array(5 * 1024 * 1024)], 'a.pdf')
  expect(await say('Groß', large)).toContain('größer als 5 MB')
  expect((await entries()).length).toBe(before)
})
