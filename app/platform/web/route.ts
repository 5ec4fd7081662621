import type { Child } from 'hono/jsx'
import type { Visit } from './visit.ts'

/** Who may ask for an address at all; what of its content she may see is decided row by row. */
export type Access =
  | { readonly kind: 'open' }
  | { readonly kind: 'signed-in' }
  | { readonly kind: 'may'; readonly verbs: readonly string[] }

/** What a page hands to the shell, which adds layout, navigation and words around it. */
export interface View {
  readonly layout: 'public' | 'staff' | 'plain'
  readonly title: string
  /** What the page is headed with where that says more than its title, which also stands in the browser's history. */
  readonly heading?: string
  readonly body: Child
  readonly status?: number
  /** Something has to be mended: the title begins with "Fehler:". */
  readonly error?: boolean
  /** "Schritt 2 von 3" */
  readonly step?: readonly [number, number]
  readonly back?: string
  /** Never kept by browser or proxy, and titled neutrally: report and mailbox pages. */
  readonly discreet?: boolean
  /** For staff, in German whatever language residents chose. */
  readonly german?: boolean
  /** Seconds after which the browser asks again by itself, without script: pages that show something running. */
  readonly refresh?: number
  /** Which entry of the navigation is lit, an address. */
  readonly at?: string
}

export type Handler = (visit: Visit) => Promise<Response | View> | Response | View

export interface Route {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly access: Access
  readonly handle: Handler
  /** Largest body in bytes; 256 KiB unless said otherwise. */
  readonly limit?: number
  /** Takes files beside its fields; every other form refuses them. */
  readonly files?: boolean
  /** Without form token: the JSON interface and one-click unsubscribe, which have their own proof. */
  readonly tokenFree?: boolean
  /** Shows the page again with everything as typed when its form had been open too long. */
  readonly outdated?: Handler
}

export const open: Access = { kind: 'open' }
export const signedIn: Access = { kind: 'signed-in' }
/** Any one of the verbs is enough. */
export const may = (...verbs: string[]): Access => ({ kind: 'may', verbs })

type Extra = Pick<Route, 'limit' | 'files' | 'tokenFree' | 'outdated'>

export const get = (path: string, access: Access, handle: Handler): Route => ({ method: 'GET', path, access, handle })
export const post = (path: string, access: Access, handle: Handler, extra: Extra = {}): Route => ({
  method: 'POST',
  path,
  access,
  handle,
  ...extra,
})

/** After a deed: the browser fetches the next page anew, so that Back and reload repeat nothing. */
export const redirect = (to: string, headers: Record<string, string> = {}): Response =>
  new Response(null, { status: 303, headers: { ...headers, location: to } })
