import type { HttpBindings } from '@hono/node-server'
import { Hono, type Context } from 'hono'
import { generateCookie, getCookie } from 'hono/cookie'
import { randomBytes } from 'node:crypto'
import { enter, rolesToday, type SignInService } from '../auth/index.ts'
import { checkFormToken, FormTooLarge, formToken, readForm, readFormWithFiles, sameSite } from '../forms/index.ts'
import { languages, type Language } from '../i18n/index.ts'
import { NotAllowed } from '../kernel/index.ts'
import type { Log } from '../log/index.ts'
import { signsChanged, type Municipality, type Reach, type Tenants, type TenantTx, type Who } from '../tenancy/index.ts'
import { clientOf, isNear, selfOf } from './client.ts'
import { securityHeaders } from './headers.ts'
import type { Route, View } from './route.ts'
import type { Person, Visit } from './visit.ts'

/** Why a request gets no page of its own; `number` is the one under which the log knows the fault. */
export interface Trouble {
  readonly kind:
    | 'not-found'
    | 'not-allowed'
    | 'sign-in'
    | 'outdated-form'
    | 'too-large'
    | 'fault'
    | 'database-gone'
    | 'not-set-up'
  readonly number?: string
}

export interface ServeOptions {
  readonly tenants: Tenants
  readonly routes: readonly Route[]
  readonly log: Log
  readonly origin: string
  readonly signInService?: SignInService | undefined
  /** Whether a mail server is set. */
  readonly sendsMail: boolean
  /** Addresses whose X-Forwarded-For counts. */
  readonly trustedProxies: readonly string[]
  /** Only this machine can ask at all (the demo): then what it hands in itself is no flood, however much it is. */
  readonly localOnly?: boolean
  /** What the model in force lets these roles do. */
  readonly verbsOf: (municipality: number, roles: readonly string[]) => Promise<ReadonlySet<string>>
  readonly reachOf: (verbs: ReadonlySet<string>) => Reach[]
  /** The roles in whose place somebody acts on a record she holds, and what they let her do there. */
  readonly lent: (municipality: number) => Promise<Pick<Person, 'roles'> & { verbs: ReadonlySet<string> }>
  /** Told of every answer, by the pattern of its route; `seconds` until the answer was ready. */
  readonly observe?: (method: string, path: string, status: number, seconds: number) => void
  readonly render: (view: View, visit: Visit) => Response | Promise<Response>
  readonly trouble: (trouble: Trouble, visit: Partial<Visit>) => Response | Promise<Response>
}

const sessionCookie = (slug: string) => `b-${slug}`

/** Adds the table of routes to a server. Everything every request needs is done here, once. */
export function serve(options: ServeOptions, app: Hono): Hono {
  const directory = new Directory(options.tenants)
  // Addresses of the whole installation first: /{town} would swallow them.
  const townless = (route: Route) => Number(route.path.startsWith('/:'))
  for (const route of options.routes.toSorted((a, b) => townless(a) - townless(b))) {
    app.on(route.method, [route.path], (c) => observed(options, route, answer(options, directory, route, c)))
  }
  app.notFound((c) => finish(options, [], options.trouble({ kind: 'not-found' }, { language: languageOf(c) })))
  app.onError((error, c) => finish(options, [], trouble(options, error, { language: languageOf(c) })))
  return app
}

async function observed(
  { observe }: ServeOptions,
  { method, path }: Route,
  answer: Promise<Response>,
): Promise<Response> {
  if (!observe) return answer
  const begin = performance.now()
  const response = await answer
  observe(method, path, response.status, (performance.now() - begin) / 1000)
  return response
}

/** The municipalities by the first part of the address; asked anew every five seconds at most. */
class Directory {
  readonly #tenants: Tenants
  #rows: Promise<Municipality[]> | undefined
  #readAt = 0
  #changes = 0

  constructor(tenants: Tenants) {
    this.#tenants = tenants
  }

  async town(slug: string): Promise<Municipality | undefined> {
    const now = Date.now()
    if (!this.#rows || this.#readAt < now - 5_000 || this.#changes < signsChanged()) {
      this.#readAt = now
      this.#changes = signsChanged()
      this.#rows = this.#tenants.municipalities()
      this.#rows.catch(() => (this.#rows = undefined))
    }
    return (await this.#rows).find((town) => town.slug === slug)
  }
}

async function answer(options: ServeOptions, directory: Directory, route: Route, c: Context): Promise<Response> {
  const slug = c.req.param('town')
  const town = slug === undefined ? undefined : await directory.town(slug)
  if (slug !== undefined && !town)
    return finish(options, [], options.trouble({ kind: 'not-found' }, { language: languageOf(c) }))
  const session = town && readCookie(options, c, sessionCookie(town.slug))
  const person = town && session ? await personOf(options, town, session) : undefined
  const cookies: string[] = []
  const reach = person && options.reachOf(person.verbs)
  const acting = town && person && (await onRecord(options, town, person, c.req.param()))
  const visit = makeVisit(options, route, c, { town, person: acting, reach, session }, cookies)
  try {
    const refused = await refusal(options, route, visit, session)
    if (refused && !(refused === 'outdated-form' && route.outdated))
      return finish(options, cookies, options.trouble({ kind: refused }, visit))
    const result = await (refused === 'outdated-form' && route.outdated ? route.outdated : route.handle)(visit)
    return finish(options, cookies, result instanceof Response ? result : options.render(result, visit))
  } catch (error) {
    return finish(options, cookies, trouble(options, error, visit))
  }
}

async function personOf(options: ServeOptions, town: Municipality, session: string): Promise<Person | undefined> {
  const entered = await enter(options.tenants, town.id, session)
  return entered && { ...entered, verbs: await options.verbsOf(town.id, entered.roles) }
}

/**
 * On the pages of a record she holds, somebody may do what those may in whose place she is; nowhere else, and she comes
 * no nearer to anything by it: her reach stays her own.
 */
async function onRecord(
  options: ServeOptions,
  town: Municipality,
  person: Person,
  params: Readonly<Record<string, string>>,
): Promise<Person> {
  if (!person.holds.some((id) => id === params.case || id === params.report)) return person
  const { roles, verbs } = await options.lent(town.id)
  return {
    ...person,
    roles: [...person.roles, ...roles],
    verbs: new Set([...person.verbs, ...verbs]),
    elsewhere: person.verbs,
  }
}

/** Asked before the handler: is this person let in at all, and does the form come from one of our pages? */
async function refusal(
  options: ServeOptions,
  route: Route,
  visit: Visit,
  session: string | undefined,
): Promise<Trouble['kind'] | undefined> {
  if (route.access.kind !== 'open' && !visit.person) return 'sign-in'
  if (route.access.kind === 'may' && !route.access.verbs.some((verb) => visit.may(verb))) return 'not-allowed'
  if (route.method === 'POST' && !route.tokenFree) {
    if (sameSite(visit.request, options.origin) === 'cross') return 'not-allowed'
    const form = await visit.form()
    if (!checkFormToken(formKeyOf(options), session ?? 'visitor', 'form', visit.now, String(form._token ?? '')))
      return 'outdated-form'
  }
  return undefined
}

const formKeys = new WeakMap<Tenants, Buffer>()

/** Derived once: every form of every page needs it. */
function formKeyOf({ tenants }: ServeOptions): Buffer {
  const key = formKeys.get(tenants) ?? tenants.installation.derive('form-token')
  formKeys.set(tenants, key)
  return key
}

const secure = (options: ServeOptions) => options.origin.startsWith('https:')
const readCookie = (options: ServeOptions, c: Context, name: string) =>
  getCookie(c, name, secure(options) ? 'host' : undefined)

/** The header that sets a cookie, or clears it with undefined. */
function cookieHeader(options: ServeOptions, name: string, value: string | undefined, seconds?: number): string {
  const prefix = secure(options) ? ({ prefix: 'host' } as const) : {}
  const attributes = { path: '/', httpOnly: true, sameSite: 'Lax', secure: secure(options), ...prefix } as const
  const maxAge = value === undefined ? 0 : seconds
  return generateCookie(name, value ?? '', maxAge === undefined ? attributes : { ...attributes, maxAge })
}

function languageOf(c: Context): Language {
  const asked = c.req.query('sprache') ?? getCookie(c, '__Host-sprache') ?? getCookie(c, 'sprache')
  return languages.find((one) => one.id === asked)?.id ?? 'de'
}

function makeVisit(
  options: ServeOptions,
  route: Route,
  c: Context,
  { town, person, reach = [], session }: { town?: Municipality; person?: Person; reach?: Reach[]; session?: string },
  cookies: string[],
): Visit {
  let body: ReturnType<typeof readFormWithFiles> | undefined
  const limits = { bytes: route.limit ?? 256 * 1024 }
  const read = () =>
    (body ??= route.files
      ? readFormWithFiles(c.req.raw, limits)
      : readForm(c.req.raw, limits).then((values) => ({ values, files: {} })))
  const language = person ? 'de' : languageOf(c)
  if (c.req.query('sprache')) cookies.push(cookieHeader(options, 'sprache', language))
  const own: Who = person ? { kind: 'person', id: person.id, reach } : { kind: 'public' }
  const municipality = () => town?.id ?? missingTown(route)
  const socket = () => ((c.env ?? {}) as Partial<HttpBindings>).incoming?.socket
  return {
    request: c.req.raw,
    url: new URL(c.req.url),
    params: c.req.param(),
    get town() {
      return town ?? missingTown(route)
    },
    towns: () => options.tenants.municipalities(),
    person,
    language,
    now: options.tenants.now,
    origin: options.origin,
    get token() {
      return formToken(formKeyOf(options), session ?? 'visitor', 'form', options.tenants.now)
    },
    get client() {
      return clientOf(socket()?.remoteAddress, c.req.header('x-forwarded-for'), options.trustedProxies, Date.now())
    },
    get near() {
      return options.localOnly === true && isNear(socket()?.remoteAddress, c.req.raw.headers)
    },
    get self() {
      return selfOf(socket())
    },
    secret: (purpose) => options.tenants.installation.derive(purpose),
    may: (verb) => person?.verbs.has(verb) ?? false,
    mayElsewhere: (verb) => (person?.elsewhere ?? person?.verbs)?.has(verb) ?? false,
    form: async () => (await read()).values,
    files: async () => (await read()).files,
    cookie: (name) => readCookie(options, c, name),
    setCookie: (name, value, seconds) => void cookies.push(cookieHeader(options, name, value, seconds)),
    tx: (work) => options.tenants.inTenant({ municipality: municipality(), who: own }, work),
    asPerson: (id, work) => asPerson(options, municipality(), id, work),
    signInService: options.signInService,
    sendsMail: options.sendsMail,
    publicAt: (at, work) => options.tenants.inTenant({ municipality: at.id, who: { kind: 'public' } }, work),
    asGuest: (other, id, work) =>
      options.tenants.inTenant({ municipality: other, who: { kind: 'person', id, reach: ['guest'] } }, work),
    txAs: (who, work) => options.tenants.inTenant({ municipality: municipality(), who }, work),
  }
}

async function asPerson<T>(
  options: ServeOptions,
  municipality: number,
  id: string,
  work: (tx: TenantTx, person: Person) => Promise<T>,
): Promise<T | undefined> {
  const program: Who = { kind: 'program', name: 'as-person' }
  const found = await options.tenants.inTenant({ municipality, who: program }, (tx) => rolesToday(tx, id))
  if (!found) return undefined
  const person = { ...found, verbs: await options.verbsOf(municipality, found.roles) }
  const who: Who = { kind: 'person', id, reach: options.reachOf(person.verbs) }
  return options.tenants.inTenant({ municipality, who }, (tx) => work(tx, person))
}

function missingTown(route: Route): never {
  throw new Error(`${route.path} names no municipality`)
}

const gone = new Set([
  'ECONNREFUSED',
  'ENOENT',
  'ECONNRESET',
  'EPIPE',
  '57P01',
  '57P02',
  '57P03',
  '08006',
  '08001',
  '08003',
])

/** Whether database or answer headers refused what stands in the address itself: such a record cannot exist. */
function namesNothing(error: unknown, params: Readonly<Record<string, string>> = {}): boolean {
  const { code, message = '' } = error as { code?: string; message?: string }
  const parts = Object.values(params)
  if (code === '22P02') return parts.some((part) => message.endsWith(`uuid: "${part}"`))
  return (code === '22021' || error instanceof TypeError) && parts.some((part) => part.includes('\0'))
}

function trouble(options: ServeOptions, error: unknown, visit: Partial<Visit>): Response | Promise<Response> {
  if (namesNothing(error, visit.params)) return options.trouble({ kind: 'not-found' }, visit)
  if (error instanceof NotAllowed) return options.trouble({ kind: error.hidden ? 'not-found' : 'not-allowed' }, visit)
  if (error instanceof FormTooLarge) return options.trouble({ kind: 'too-large' }, visit)
  const number = randomBytes(4).toString('hex').toUpperCase()
  options.log.error({ err: error, number }, 'fault')
  const { code, message } = error as { code?: string; message?: string }
  const lost = gone.has(code ?? '') || /terminat|timeout exceeded when trying to connect/i.test(message ?? '')
  return options.trouble({ kind: lost ? 'database-gone' : 'fault', number }, visit)
}

/** Adds the headers every answer carries, and the cookies that were set on the way. */
async function finish(
  options: ServeOptions,
  cookies: readonly string[],
  result: Response | Promise<Response>,
): Promise<Response> {
  const response = await result
  for (const [name, value] of securityHeaders(secure(options))) {
    if (!response.headers.has(name)) response.headers.set(name, value)
  }
  for (const cookie of cookies) response.headers.append('set-cookie', cookie)
  return response
}
