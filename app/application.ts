import { Hono } from 'hono'
import type { Log } from '#platform/log/index.ts'
import type { Reach, Tenants } from '#platform/tenancy/index.ts'
import { serve, type Route, type ServeOptions } from '#platform/web/index.ts'
import { serveAsset } from '#ui/assets.ts'
import { lentInForce, verbsInForce } from '#work/model/index.ts'
import { routes } from './routes.ts'
import { renderTrouble, renderView } from './shell.tsx'

interface ApplicationOptions extends Pick<ServeOptions, 'observe' | 'signInService'> {
  readonly tenants: Tenants
  readonly log: Log
  readonly origin: string
  readonly sendsMail: boolean
  readonly trustedProxies: readonly string[]
  readonly localOnly?: boolean
  readonly extraRoutes: readonly Route[]
  /** While it waits, nothing but set-up answers. */
  readonly first: { readonly waiting: boolean }
}

/** How near a person may come to reports and cases, from what she may do. */
function reachOf(verbs: ReadonlySet<string>): Reach[] {
  const reach: Reach[] = ['own']
  if (verbs.has('intake.read')) reach.push('reports')
  if (verbs.has('intake.check')) reach.push('originals')
  if (verbs.has('intake.contacts')) reach.push('contacts')
  if (verbs.has('intake.substitute')) reach.push('substitute')
  if (verbs.has('cases.assign')) reach.push('cases')
  if (verbs.has('second.decide')) reach.push('second')
  if (verbs.has('cases.export')) reach.push('inspection')
  if (verbs.has('gatherings.manage')) reach.push('gatherings')
  return reach
}

/** Everything that answers on the public port. */
export function application({
  tenants,
  log,
  origin,
  sendsMail,
  signInService,
  observe,
  trustedProxies,
  localOnly,
  extraRoutes,
  first,
}: ApplicationOptions): Hono {
  const app = new Hono({ strict: false })
  app.get('/healthz', (c) => c.text('ok'))
  app.get('/readyz', async (c) => {
    try {
      await tenants.ping()
      return c.text('ok')
    } catch {
      return c.text('Die Datenbank antwortet nicht.', 503)
    }
  })
  app.get('/assets/*', (c) => serveAsset(c.req.raw))
  app.use('*', async (c, next) => {
    if (first.waiting && !c.req.path.startsWith('/einrichten/')) return renderTrouble({ kind: 'not-set-up' }, {})
    return next()
  })
  return serve(
    {
      tenants,
      routes: [...extraRoutes, ...routes],
      log,
      origin,
      sendsMail,
      signInService,
      trustedProxies,
      localOnly,
      observe,
      verbsOf: (municipality, roles) => verbsInForce(tenants, municipality, roles),
      reachOf,
      lent: (municipality) => lentInForce(tenants, municipality),
      render: renderView,
      trouble: renderTrouble,
    },
    app,
  )
}
