import { application } from '#app/application.ts'
import { bulkLettersOf, lettersOf, slices } from '#app/slices.ts'
import { subscriptions } from '#app/subscriptions.ts'
import { Courier } from '#platform/facts/index.ts'
import { silentLog } from '#platform/log/index.ts'
import { Postman, smtpTransport, type TransportOptions } from '#platform/mail/index.ts'
import { addTopic } from '#work/newsletter/commands/topics.ts'
import { ownToken } from '#work/newsletter/links.ts'
import { subscriberByAddress } from '#work/newsletter/queries.ts'
import { smtpForTest, type SmtpForTest } from './smtp.ts'
import { foundTowns, program, type Towns } from './town.ts'

export const origin = 'https://lindenau.example'

/** The city with its pages, its mails in a real mail server, and two topics. */
export interface Press {
  readonly towns: Towns
  readonly smtp: SmtpForTest
  readonly topics: readonly [string, string]
  get(path: string, cookie?: string): Promise<{ status: number; text: string; headers: Headers }>
  /** Sends the form of a page as a browser would: with the token the page carries. */
  send(path: string, fields: Record<string, string | string[]>, cookie?: string): Promise<Response>
  post(path: string, init: RequestInit): Promise<Response>
  /** Everything due leaves, and everybody hears what became of it. */
  deliver(options?: TransportOptions): Promise<void>
  /** Somebody has subscribed and confirmed. Returns the token of her own page. */
  subscribed(address: string): Promise<string>
  end(): Promise<void>
}

const tokenIn = (html: string) => /name="_token" value="([^"]+)"/.exec(html)?.[1] ?? ''

export async function openPress(): Promise<Press> {
  const [towns, smtp] = [await foundTowns(), await smtpForTest()]
  const { tenants } = towns
  const app = application({
    tenants,
    log: silentLog,
    origin,
    sendsMail: true,
    trustedProxies: [],
    extraRoutes: [],
    first: { waiting: false },
  })
  const topics = await towns.at(
    async (tx) =>
      [
        await addTopic(tx, { name: 'Miteinander', nameEn: 'Living together', reach: 'town' }),
        await addTopic(tx, { name: 'Werkstatt der Kommunen', nameEn: '', reach: 'network' }),
      ] as const,
    program,
  )
  const get: Press['get'] = async (path, cookie = '') => {
    const response = await app.request(origin + path, { headers: { cookie } })
    return { status: response.status, text: await response.text(), headers: response.headers }
  }
  const post: Press['post'] = async (path, init) => app.request(origin + path, { method: 'POST', ...init })
  const deliver: Press['deliver'] = async (options = {}) => {
    const transport = smtpTransport(smtp.url, 'Stadt Lindenau <post@lindenau.example>', options)
    const postman = new Postman({
      tenants,
      letters: lettersOf(slices),
      bulkLetters: bulkLettersOf(slices),
      transport,
      origin,
      log: silentLog,
    })
    await postman.deliver()
    await postman.stop()
    const courier = new Courier(tenants, subscriptions, silentLog)
    await courier.deliver()
    await courier.stop()
  }
  const send: Press['send'] = async (path, fields, cookie = '') => {
    // A page without a form: somebody sends the one she still has open.
    const token = tokenIn((await get(path.split('?')[0]!, cookie)).text)
    const body = new URLSearchParams({ _token: token || tokenIn((await get('/lindenau/newsletter', cookie)).text) })
    for (const [name, value] of Object.entries(fields)) for (const one of [value].flat()) body.append(name, one)
    return post(path, { body, headers: { cookie, origin } })
  }
  const subscribed: Press['subscribed'] = async (address) => {
    await send('/lindenau/newsletter', { address, language: 'de' })
    await deliver()
    const mail = smtp.caught.findLast(({ to }) => to[0] === address)!
    const path = /https:\/\/lindenau\.example(\/\S+)/.exec(mail.mail.text ?? '')![1]!
    await send(path, {})
    return towns.at(async (tx) => {
      const row = (await subscriberByAddress(tx, address))!
      return ownToken((purpose, value) => tx.lookup(purpose, value), row.id)
    }, program)
  }
  return {
    towns,
    smtp,
    topics,
    get,
    send,
    post,
    deliver,
    subscribed,
    end: async () => {
      await smtp.stop()
      await towns.end()
    },
  }
}
