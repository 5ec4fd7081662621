import { afterAll, beforeAll, expect, test } from 'vitest'
import { startDemo, type DemoServer } from '../support/demo-server.ts'

/* Nobody is led to a page that is not there for her: every link of every page, followed by everybody of the demo. */
let demo: DemoServer
beforeAll(async () => {
  demo = await startDemo({ stories: true })
})
afterAll(() => demo.stop())

/** Many records of one kind have pages of one kind. */
const enoughOfAKind = 8

const plain = (text: string) => text.replaceAll('&amp;', '&').replaceAll('&#39;', "'").replaceAll('&quot;', '"')
const kindOf = (path: string) => path.replace(/[0-9a-f-]{36}/gu, ':id').replace(/\?.*/u, '')

/** A visitor with cookies of her own, by the pages' bare text: what she is led to depends on no script. */
function visitor() {
  const cookies = new Map<string, string>()
  const ask = async (path: string, body?: URLSearchParams): Promise<Response> => {
    const headers = { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '), origin: demo.url }
    const init: RequestInit = { redirect: 'manual', headers }
    const answer = await fetch(demo.url + path, body ? { ...init, method: 'POST', body } : init)
    for (const [, name = '', value = ''] of answer.headers
      .getSetCookie()
      .map((one) => /^(.*?)=(.*?)(?:;|$)/u.exec(one) ?? []))
      cookies.set(name, value)
    return answer
  }
  return { ask }
}

/** What is wrong with a page, and where it leads within this installation. */
function look(path: string, html: string): { wrong: string[]; links: string[] } {
  const wrong: string[] = []
  const links: string[] = []
  // The view of an issue of the newsletter is the mail itself.
  if (!path.includes('/ansicht') && !/<main[\s\S]*<h1/u.test(html)) wrong.push('has no heading')
  const odd = /.{0,30}(?:\{\w+\}|\bundefined\b|\[object |\bNaN\b).{0,20}/u.exec(html.replace(/<[^>]*>/gu, ' '))
  if (odd) wrong.push(`says ${odd[0]}`)
  for (const [, href = ''] of html.matchAll(/<a\b[^>]*\bhref="([^"]*)"/gu)) {
    const { origin, pathname, search, hash } = new URL(plain(href), demo.url + path)
    if (origin !== demo.url || pathname.startsWith('/dev/')) continue
    const here = pathname + search === path
    if (here && hash && !html.includes(`id="${decodeURIComponent(hash.slice(1))}"`)) wrong.push(`has no ${hash}`)
    links.push(pathname + search)
  }
  return { wrong, links }
}

/** Follows the links breadth first from a page on; returns each fault with the page that led to it. */
async function follow(ask: (path: string) => Promise<Response>, start: string) {
  const from = new Map([[start, '']])
  const kinds = new Map<string, number>()
  const faults: string[] = []
  for (const path of from.keys()) {
    const seen = (kinds.get(kindOf(path)) ?? 0) + 1
    kinds.set(kindOf(path), seen)
    if (seen > enoughOfAKind) continue
    const answer = await ask(path)
    const text = await answer.text()
    const elsewhere = answer.status >= 300 && answer.status < 400 ? answer.headers.get('location') : null
    const page = answer.headers.get('content-type')?.startsWith('text/html')
    const { wrong, links } = page && answer.status === 200 ? look(path, text) : { wrong: [], links: [] }
    if (answer.status !== 200 && !elsewhere) wrong.push(`answers ${answer.status}`)
    if (answer.status === 200 && text === '') wrong.push('is empty')
    faults.push(...wrong.map((what) => `${path} ${what}, from ${from.get(path)}`))
    for (const link of elsewhere?.startsWith('/') ? [elsewhere] : links) if (!from.has(link)) from.set(link, path)
  }
  return { faults, kinds }
}

test.each(['lindenau', 'kreis-auental', 'landeskoordination'])(
  'everybody of %s gets where the links lead',
  async (town) => {
    const list = await (await visitor().ask(`/dev/as/${town}`)).text()
    const people = [...list.matchAll(/name="person" value="([^"]*)">([^<]*)</gu)]
    expect(people.length).toBeGreaterThan(2)
    for (const [, person = '', name] of people) {
      const { ask } = visitor()
      const [, token = ''] = /name="_token" value="([^"]*)"/u.exec(await (await ask(`/dev/as/${town}`)).text()) ?? []
      const signedIn = await ask(`/dev/as/${town}`, new URLSearchParams({ _token: token, person }))
      expect(signedIn.status, name).toBe(303)
      const { faults, kinds } = await follow(ask, `/${town}/heute`)
      expect(faults, name).toEqual([])
      expect(kinds.size, name).toBeGreaterThan(2)
    }
  },
)

test('so does everybody from outside, in every language', async () => {
  const { faults, kinds } = await follow(visitor().ask, '/')
  expect(faults).toEqual([])
  expect(kinds.size).toBeGreaterThan(20)
})
