import { serve as listen, type ServerType } from '@hono/node-server'
import { createServer } from 'node:http'
import type { ClientConfig } from 'pg'
import { SignInService } from '#platform/auth/index.ts'
import type { Environment } from '#platform/config/index.ts'
import type { Installation } from '#platform/crypto/index.ts'
import { asRole, prepareDatabase } from '#platform/db/prepare.ts'
import { assertBound } from '#platform/db/roles.ts'
import { queueLengths } from '#platform/jobs/index.ts'
import type { Log } from '#platform/log/index.ts'
import { startMetrics } from '#platform/metrics/index.ts'
import { discardUnfinished, foundMunicipality, Tenants } from '#platform/tenancy/index.ts'
import type { Route } from '#platform/web/index.ts'
import { FirstStart, setupRoutes } from '#work/people/index.ts'
import { application } from './application.ts'
import { startBackground, type Background } from './background.ts'
import { openDatabase, readOrCreateKey, type Database } from './database.ts'

export interface Running {
  readonly url: string
  /** The one-time way in of a fresh installation. */
  readonly setupLink: string | undefined
  readonly tenants: Tenants
  readonly courier: Background['courier']
  readonly installation: Installation
  stop(): Promise<void>
}

export interface StartOptions {
  readonly env: Environment
  readonly log: Log
  /** The demo: bound to this machine, where nothing that comes is a flood. */
  readonly localOnly?: boolean
  /** Routes only the demo has. */
  readonly extraRoutes?: readonly Route[]
  /** Called once the database is ready, before the first page is served. */
  readonly prepare?: (tenants: Tenants, database: Database) => Promise<void>
}

function listenOn(
  app: { fetch: (request: Request) => Response | Promise<Response> },
  env: Environment,
): Promise<ServerType> {
  return new Promise((resolve, reject) => {
    const server = listen({ fetch: app.fetch, port: env.PORT, hostname: env.HOST, createServer }, () => resolve(server))
    server.on('error', reject)
  })
}

/** An address of this node for itself; bound to all addresses it is reached by the loopback one. */
function baseOf({ HOST, PORT }: Environment): string {
  const host = ['0.0.0.0', '::', ''].includes(HOST) ? '127.0.0.1' : HOST
  return `http://${host.includes(':') ? `[${host}]` : host}:${PORT}`
}

const metricsOf = (port: number, tenants: Tenants, jobs: ClientConfig) =>
  startMetrics(port, {
    pool: () => tenants.connections,
    mails: () => tenants.mailTotals(),
    jobs: () => queueLengths(jobs),
  })

/** The environment is complete here: it names what is missing when it is read. */
function serviceOf(env: Environment): SignInService | undefined {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = env
  if (!issuer || !clientId || !clientSecret) return undefined
  return new SignInService({ issuer, clientId, clientSecret, claim: env.OIDC_CLAIM, value: env.OIDC_CLAIM_VALUE })
}

/** From an empty folder, or one with data, to the first page. */
export async function start(options: StartOptions): Promise<Running> {
  const installation = readOrCreateKey(options.env)
  const database = await openDatabase(options.env, installation, options.log)
  try {
    return await startOn(options, installation, database)
  } catch (error) {
    // A start that is refused leaves no database running behind.
    await database.server?.stop()
    throw error
  }
}

async function startOn(
  { env, log, extraRoutes = [], prepare, localOnly }: StartOptions,
  installation: Installation,
  database: Awaited<ReturnType<typeof openDatabase>>,
): Promise<Running> {
  await prepareDatabase(database.admin, database.name, database.passwords)
  const app = asRole(database.admin, database.name, 'app', database.passwords)
  await assertBound(app)
  const tenants = new Tenants({ app, installation, onConnectionError: () => log.warn('database connection lost') })
  const owner = asRole(database.admin, database.name, 'owner', database.passwords)
  await discardUnfinished(owner)
  await tenants.assertKeyFits()
  await prepare?.(tenants, database)
  const first = new FirstStart()
  const setup = setupRoutes({
    first,
    tenants,
    installation,
    found: (wanted) => foundMunicipality(owner, installation, wanted),
    discard: () => discardUnfinished(owner),
  })
  const origin = env.BESONNEN_URL?.origin ?? `http://localhost:${env.PORT}`
  const jobs = asRole(database.admin, database.name, 'jobs', database.passwords)
  const metrics = env.METRICS_PORT === undefined ? undefined : await metricsOf(env.METRICS_PORT, tenants, jobs)
  const server = await listenOn(
    application({
      tenants,
      log,
      origin,
      sendsMail: env.SMTP_URL !== undefined,
      signInService: serviceOf(env),
      trustedProxies: env.BESONNEN_TRUSTED_PROXIES,
      localOnly,
      extraRoutes: [...extraRoutes, ...setup],
      observe: metrics?.observe,
      first,
    }),
    env,
  )
  const background = await startBackground({
    env,
    log,
    tenants,
    jobs,
    seal: asRole(database.admin, database.name, 'seal', database.passwords),
    shred: asRole(database.admin, database.name, 'shred', database.passwords),
    origin,
    base: baseOf(env),
  })
  const stop = async () => {
    await new Promise<void>((resolve) => server.close(() => resolve()))
    await background.stop()
    await metrics?.stop()
    await tenants.close()
    await database.server?.stop()
  }
  const fresh = (await tenants.municipalities()).length === 0
  const setupLink = fresh ? `${origin}/einrichten/${first.begin(Date.now())}` : undefined
  return { url: origin, setupLink, tenants, courier: background.courier, installation, stop }
}
