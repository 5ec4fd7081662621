import { generateKeyPairSync } from 'node:crypto'
import { dkimVerify } from 'mailauth/lib/dkim/verify.js'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startSession } from '#platform/auth/index.ts'
import { signerOf } from '#platform/mail/index.ts'
import type { Who } from '#platform/tenancy/index.ts'
import { htmlFaults } from '#tests/support/html.ts'
import { openPress, origin, type Press } from '#tests/support/newsletter.ts'
import { program } from '#tests/support/town.ts'
import { barriers } from './check.ts'
import { askRelease, fillSome, release, saveDraft } from './commands/issue.ts'
import { allIssues, issueById, type Issue } from './queries/issues.ts'
import { draft } from './schema.ts'

let press: Press
let author: Who
let second: Who
let cookie: string
let here: string
let id: string
beforeAll(async () => {
  press = await openPress()
  author = await press.towns.appoint('coordination')
  second = await press.towns.appoint('coordination')
  const person = author.kind === 'person' ? author.id : ''
  cookie = `__Host-b-lindenau=${(await press.towns.at((tx) => startSession(tx, person), program)).token}`
  await press.subscribed('anna@example.org')
  await press.send('/lindenau/newsletter/verwalten', {}, cookie)
  id = (await press.towns.at(allIssues, program))[0]!.id
  here = `/lindenau/newsletter/entwuerfe/${id}`
})
afterAll(() => press.end())

const issue = async (): Promise<Issue> => (await press.towns.at((tx) => issueById(tx, id), program))!
const photo = async () =>
  new Uint8Array(
    await sharp({ create: { width: 1_200, height: 800, channels: 3, background: 'teal' } })
      .jpeg()
      .toBuffer(),
  )

/** A form with a file, as a browser sends it. */
async function upload(file: Uint8Array<ArrayBuffer> | undefined, alt: string): Promise<Response> {
  const body = new FormData()
  const token = /name="_token" value="([^"]+)"/.exec((await press.get(`${here}/bild`, cookie)).text)![1]!
  for (const [name, value] of Object.entries({ _token: token, alt })) body.append(name, value)
  if (file) body.append('file', new File([file], 'IMG_1.jpg', { type: 'image/jpeg' }))
  return press.post(`${here}/bild`, { body, headers: { cookie, origin } })
}

test('a picture is made anew and needs words for whoever does not see it', async () => {
  expect(await htmlFaults((await press.get(`${here}/bild`, cookie)).text)).toEqual([])
  expect((await upload(await photo(), ' ')).status).toBe(422)
  expect((await upload(undefined, 'Ein Platz')).status).toBe(422)
  expect(await (await upload(new Uint8Array([1, 2, 3]), 'Ein Platz')).text()).toContain('kein PNG oder JPEG')
  expect((await issue()).blocks).toEqual([])
  expect((await upload(await photo(), 'Zwölf Menschen sitzen um einen „runden“ Tisch.')).status).toBe(303)
  const [block] = (await issue()).blocks
  expect(block).toMatchObject({ kind: 'picture', width: 600, height: 400 })
  const editor = (await press.get(here, cookie)).text
  expect(editor).toContain('src="/lindenau/newsletter/bilder/')
  expect(await htmlFaults(editor)).toEqual([])
  const said = (alt: string) => barriers('Betreff', [{ ...block!, alt } as never]).map(({ what }) => what)
  expect(said('')).toEqual(['picture.alt'])
  expect(said('IMG_4711.JPG')).toEqual(['picture.file-name'])
  expect(said('Ein runder Tisch')).toEqual([])
})

test('it travels inside the signed mail; nothing is fetched when it is opened, and the archive shows it from here', async () => {
  const { towns, topics } = press
  const before = await issue()
  const blocks = [...before.blocks, { kind: 'paragraph' as const, spans: [{ text: 'Guten Tag.' }] }]
  const content = { ...draft.parse({ subject: 'Mit Bild', topics: topics[0], blocks: [] }), blocks }
  await towns.at((tx) => saveDraft(tx, id, before.version, content), author)
  const picture = before.blocks[0]!.kind === 'picture' ? before.blocks[0]!.picture : ''
  const address = `/lindenau/newsletter/bilder/${picture}`
  expect((await press.get(address)).status, 'a draft’s is for those who write it').toBe(404)
  expect((await press.get(address, cookie)).headers.get('content-type')).toBe('image/png')
  const preview = await press.get(`${here}/ansicht`, cookie)
  expect(preview.headers.get('content-security-policy')).toContain('img-src data:;')
  expect(preview.text).toContain('src="data:image/png;base64,')
  await towns.at((tx) => askRelease(tx, id, null), author)
  await towns.at((tx) => release(tx, id), second)
  while (await towns.at((tx) => fillSome(tx, id), program));
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }) as string
  await press.deliver({ signer: signerOf('lindenau.example', 'b1', pem) })

  const { mail, raw } = press.smtp.caught.find((one) => one.mail.subject === 'Mit Bild')!
  const sources = [...(mail.html ?? '').matchAll(/\b(?:src|srcset|background)="([^"]*)"/g)].map(([, source]) => source)
  expect(sources).toEqual([`cid:${picture}@besonnen`])
  expect(mail.html).toContain('alt="Zwölf Menschen sitzen um einen „runden“ Tisch."')
  expect(mail.text).toContain('[Zwölf Menschen sitzen um einen „runden“ Tisch.]')
  const [inside] = mail.attachments
  expect(inside).toMatchObject({ contentId: `<${picture}@besonnen>`, mimeType: 'image/png', disposition: 'inline' })
  expect(await sharp(new Uint8Array(inside!.content as ArrayBuffer)).metadata()).toMatchObject({ width: 600 })
  expect(raw.split('\r\n').every((line) => line.length <= 998)).toBe(true)
  const record = `v=DKIM1; p=${publicKey.export({ type: 'spki', format: 'der' }).toString('base64')}`
  const { results } = await dkimVerify(Buffer.from(raw), { resolver: async () => [[record]] })
  expect(results[0]).toMatchObject({ status: { result: 'pass' } })

  const shown = (await press.get('/lindenau/newsletter/ausgaben/1')).text
  expect(shown).toContain(`src="${address}"`)
  expect(await htmlFaults(shown)).toEqual([])
  expect((await press.get(address)).status).toBe(200)
  expect((await press.get(`${address}.svg`)).status).toBe(404)
})
