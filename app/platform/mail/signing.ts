import { createPublicKey } from 'node:crypto'
import { Resolver } from 'node:dns/promises'
import type { Log } from '../log/index.ts'
import type { Signer } from './dkim.ts'

/**
 * What the world finds under our selector. fits: the key we sign with · missing: nothing · other: another key, a revoked
 * one, or one that forbids what we do · unknown: nobody could be asked.
 */
export type SigningState = 'fits' | 'missing' | 'other' | 'unknown'

/** The texts at a name, each in pieces; as `resolveTxt` of node:dns. */
export type ResolveTxt = (name: string) => Promise<string[][]>

const recordName = ({ domain, selector }: Pick<Signer, 'domain' | 'selector'>): string =>
  `${selector}._domainkey.${domain}`

/** RFC 6376, 3.6.1: `v=DKIM1; k=rsa; p=…`, blanks anywhere between. */
const tagsOf = (text: string) =>
  new Map(
    text.split(';').flatMap((part): [string, string][] => {
      const at = part.indexOf('=')
      return at < 0 ? [] : [[part.slice(0, at).trim(), part.slice(at + 1).replaceAll(/\s+/g, '')]]
    }),
  )

/** What belongs into the record. */
export const publicPart = ({ key }: Pick<Signer, 'key'>): string =>
  createPublicKey(key).export({ type: 'spki', format: 'der' }).toString('base64')

function fits(text: string, wanted: string): boolean {
  const tags = tagsOf(text)
  const lists = (tag: string, value: string) =>
    !tags.has(tag) ||
    tags
      .get(tag)!
      .split(':')
      .some((one) => one === value || one === '*')
  return (
    (tags.get('v') ?? 'DKIM1') === 'DKIM1' &&
    (tags.get('k') ?? 'rsa') === 'rsa' &&
    lists('h', 'sha256') &&
    lists('s', 'email') &&
    tags.get('p') === wanted
  )
}

/** Asks once. Never throws. */
export async function checkSigning(signer: Signer, resolve: ResolveTxt): Promise<SigningState> {
  try {
    const texts = (await resolve(recordName(signer))).map((pieces) => pieces.join(''))
    const wanted = publicPart(signer)
    return texts.some((text) => fits(text, wanted)) ? 'fits' : texts.length > 0 ? 'other' : 'missing'
  } catch (error) {
    return ['ENOTFOUND', 'ENODATA'].includes((error as { code?: string }).code ?? '') ? 'missing' : 'unknown'
  }
}

/** What was found last, for the page of the administrator; undefined where the relay signs. */
export interface Signing {
  readonly state: SigningState
  readonly name: string
}
let last: Signing | undefined
export const signing = (): Signing | undefined => last

const pause = { wrong: 15 * 60_000, right: 24 * 3_600_000 }

/** Looks at the start and once a day; every quarter of an hour as long as something is wrong. */
export class SigningProbe {
  readonly #signer: Signer
  readonly #log: Log
  readonly #resolve: ResolveTxt
  #timer: NodeJS.Timeout | undefined

  constructor(signer: Signer, log: Log, resolve?: ResolveTxt) {
    const resolver = new Resolver({ timeout: 5_000, tries: 2 })
    this.#signer = signer
    this.#log = log
    this.#resolve = resolve ?? ((name) => resolver.resolveTxt(name))
  }

  async look(): Promise<void> {
    const state = await checkSigning(this.#signer, this.#resolve)
    const name = recordName(this.#signer)
    if (state !== 'fits' && last?.state !== state)
      this.#log.warn({ state, name }, 'the DKIM record does not fit the key')
    last = { state, name }
    this.#timer = setTimeout(() => void this.look(), state === 'fits' ? pause.right : pause.wrong).unref()
  }

  stop(): void {
    clearTimeout(this.#timer)
    last = undefined
  }
}
