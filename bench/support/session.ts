import type { Server } from './server.ts'

/** Signs in at the demo as a person by name and returns the cookie header. */
export async function signedIn(server: Server, town: string, name: string): Promise<string> {
  const page = await fetch(`${server.url}/dev/as/${town}`)
  const html = await page.text()
  const person = new RegExp(`value="([0-9a-f-]{36})"[^>]*>\\s*${name}`).exec(html)?.[1]
  const token = /name="_token" value="([^"]+)"/.exec(html)?.[1]
  if (!person || !token) throw new Error(`no ${name} at /dev/as/${town}`)
  const answer = await fetch(`${server.url}/dev/as/${town}`, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ person, _token: token }),
  })
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')
}
