import type { SignInService } from '../auth/index.ts'
import type { Language } from '../i18n/index.ts'
import type { Municipality, TenantTx, Who } from '../tenancy/index.ts'

/** Somebody signed in, with what the model in force lets her roles do. */
export interface Person {
  readonly id: string
  readonly name: string
  readonly roles: readonly string[]
  readonly verbs: ReadonlySet<string>
  readonly standsFor: readonly string[]
  /** Records she holds today instead of those who usually would. */
  readonly holds: readonly string[]
  /** What she may do elsewhere, on the page of a record she holds; absent on every other page. */
  readonly elsewhere?: ReadonlySet<string>
}

/** One request, with everything a page handler may need. */
export interface Visit {
  readonly request: Request
  readonly url: URL
  readonly params: Readonly<Record<string, string>>
  /** The municipality of the address; handlers of addresses without one must not ask for it. */
  readonly town: Municipality
  /** The directory: every municipality of this installation. */
  towns(): Promise<readonly Municipality[]>
  readonly person: Person | undefined
  readonly language: Language
  readonly now: Date
  /** The public address of this installation, for links that leave it. */
  readonly origin: string
  /** Hidden field that proves the form came from a page of ours. */
  readonly token: string
  /** Who asks, as a hash that lives for an hour, in memory only: for counting, never for storing. */
  readonly client: string
  /**
   * Asked on this very machine and through no proxy, where nobody else can ask: by whoever tries things out. Never in
   * the real thing, because a proxy that adds no headers makes everybody look so.
   */
  readonly near: boolean
  /** This node's address for itself, `http://…`; undefined where no socket is (tests). Never leaves the machine. */
  readonly self: string | undefined
  /** A key of this installation for one purpose, never shown: tokens and ids made from forms. */
  secret(purpose: string): Buffer
  may(verb: string): boolean
  /** The same without what she may do only on the record she holds: for ways that lead off its pages. */
  mayElsewhere(verb: string): boolean
  /** The fields of a submitted form, as typed. */
  form(): Promise<Record<string, string | string[]>>
  /** The files of a submitted form, by field; only where the route takes some. */
  files(): Promise<Readonly<Record<string, File>>>
  cookie(name: string): string | undefined
  /** Sets a cookie (or clears it with undefined); `seconds` undefined = until the browser closes. */
  setCookie(name: string, value: string | undefined, seconds?: number): void
  /** A transaction in this municipality as the person, or as the public. */
  tx<T>(work: (tx: TenantTx) => Promise<T>): Promise<T>
  /**
   * The same as somebody who proved herself otherwise than by a session (the secret of her calendar). Undefined when
   * that person has left.
   */
  asPerson<T>(id: string, work: (tx: TenantTx, person: Person) => Promise<T>): Promise<T | undefined>
  /**
   * The same in another municipality whose office and one's own agreed on it: as the guest this person is there, and as
   * nobody else. Row-level security shows a guest one case and the parts ticked for her; `guest` is read from a row of
   * one's own municipality, never from what was sent.
   */
  asGuest<T>(municipality: number, guest: string, work: (tx: TenantTx) => Promise<T>): Promise<T>
  /** The administration's own sign-in service, where one is set. */
  readonly signInService: SignInService | undefined
  /** Whether a mail server is set. */
  readonly sendsMail: boolean
  /** The same under another identity: for the few pages where the program itself acts. */
  txAs<T>(who: Who, work: (tx: TenantTx) => Promise<T>): Promise<T>
  /** As anybody who looks at a municipality of the directory: for pages that belong to none. */
  publicAt<T>(town: Municipality, work: (tx: TenantTx) => Promise<T>): Promise<T>
}
