/** What a video service is told of a gathering; never who takes part. */
export interface Meeting {
  /** Our id, the same at every call. */
  readonly id: string
  readonly title: string
  readonly start: Date
  readonly end: Date
  /** Where people land who leave the room. */
  readonly back: string
}

/** The way in that is the same for everybody. */
export interface Room {
  readonly joinUrl: string
  readonly dialIn?: string
  readonly passcode?: string
}

export interface Guest {
  /** Tells the service that it is the same person again, and nothing else. */
  readonly id: string
  readonly name: string
  readonly moderates: boolean
}

/** One video service. Throws MeetingTrouble. */
export interface MeetingService {
  /** Makes the room or finds the one made before; undefined where each person gets a way of her own. */
  ensure(meeting: Meeting): Promise<Room | undefined>
  joinUrlFor?(meeting: Meeting, guest: Guest, now: Date): Promise<string>
  end?(meeting: Meeting): Promise<void>
  /** Does the smallest real thing that shows whether all is set up. */
  test(now: Date): Promise<void>
}

/**
 * policy: the tenant has not allowed this application to make meetings for the organiser · sign-in: the service does not
 * know us · busy: come back later · refused: it said no · unreachable: no answer · not-set-up: no settings here.
 */
export type TroubleKind = 'policy' | 'sign-in' | 'busy' | 'refused' | 'unreachable' | 'not-set-up'

export class MeetingTrouble extends Error {
  readonly kind: TroubleKind
  /** Seconds the service asks us to wait. */
  readonly retryAfter: number | undefined
  /** The service's own short word for it (an error code, never a text that may name somebody). */
  readonly code: string

  constructor(kind: TroubleKind, code = '', retryAfter?: number) {
    super(`video service: ${kind} ${code}`)
    this.kind = kind
    this.code = code
    this.retryAfter = retryAfter
  }
}

const patience = 10_000

/** Asks a service. No redirect is followed: what we send is meant for this host only. */
export async function ask(url: string, init: RequestInit = {}): Promise<Response> {
  try {
    return await fetch(url, { ...init, redirect: 'manual', signal: AbortSignal.timeout(patience) })
  } catch {
    throw new MeetingTrouble('unreachable')
  }
}

/** A base address without a slash at the end; https, or this machine. Throws for anything else. */
export function baseOf(text: string): string {
  const url = URL.parse(text.trim())
  const own = url?.protocol === 'http:' && ['127.0.0.1', 'localhost'].includes(url.hostname)
  if (!url || (url.protocol !== 'https:' && !own)) throw new MeetingTrouble('not-set-up', 'address')
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '')
}
