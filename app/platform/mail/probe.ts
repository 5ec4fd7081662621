import { Resolver } from 'node:dns/promises'

/**
 * What is wrong with a probe as it arrived. Grave ones come first: with any of them large providers do not believe the
 * newsletter; the last two are advice.
 */
export const probeFaults = [
  /** Not our probe, or pasted without its header fields. */
  'other',
  /** Something on the way took the List fields out. */
  'taken-out',
  'unsigned',
  /** Nobody could be asked for the key. */
  'dns',
  /** No key, or another one, where the signature says it is. */
  'key',
  /** Changed after it was signed. */
  'changed',
  'weak',
  /** Signed by a domain that is not the sender's. */
  'stranger',
  /** The way to unsubscribe is not covered (RFC 8058). */
  'unsubscribe',
  'fields',
  'short-key',
] as const
export type ProbeFault = (typeof probeFaults)[number]

/** What the receiving side can see of the signature; no address of anybody. */
export interface ProbeFinding {
  readonly domain: string | null
  readonly selector: string | null
  readonly faults: readonly ProbeFault[]
  /** Header fields that are there and not covered. */
  readonly open: readonly string[]
}

/** In every probe, so that a mail that is none is told apart. */
export const probeMark = 'X-Besonnen-Probe'
const unsubscribe = ['list-unsubscribe', 'list-unsubscribe-post']
const wanted = [
  'from',
  'to',
  'subject',
  'date',
  'message-id',
  'mime-version',
  'content-type',
  'list-id',
  ...unsubscribe,
]

/** As `resolve` of node:dns. */
export type Resolve = (name: string, type: string) => Promise<string[][] | string[]>
type Result = Awaited<ReturnType<(typeof import('mailauth/lib/dkim/verify.js'))['dkimVerify']>>['results'][number]

const dns = new Resolver({ timeout: 5_000, tries: 2 })
const patient: Resolve = async (name) => dns.resolveTxt(name)

/** Why this signature does not hold; nothing where it does. */
function broken({ status }: Result): ProbeFault[] {
  const { result, comment = '' } = status
  if (result === 'pass') return []
  if (result === 'temperror') return ['dns']
  if (result === 'policy') return ['weak']
  return /key/.test(String(comment)) ? ['key'] : ['changed']
}

const covers = ({ signingHeaders }: Result) =>
  new Set((signingHeaders?.keys ?? '').split(':').map((name) => name.trim().toLowerCase()))

function faultsOf(result: Result, open: readonly string[]): ProbeFault[] {
  const faults = broken(result)
  if (!result.status.aligned) faults.push('stranger')
  if (open.some((name) => unsubscribe.includes(name))) faults.push('unsubscribe')
  // A length lets anybody add to the end of the mail.
  if (open.some((name) => !unsubscribe.includes(name)) || result.canonBodyLengthLimited) faults.push('fields')
  if ((result.modulusLength ?? 2048) < 2048) faults.push('short-key')
  return faults
}

/**
 * Checks a probe as it came out of a mailbox, with code other than what signs here. Of several signatures the best
 * counts, as it does at the large providers. Asks the DNS for the key; never throws for what stands in the mail.
 */
export async function checkProbe(raw: Buffer, resolver: Resolve = patient): Promise<ProbeFinding> {
  const { dkimVerify } = await import('mailauth/lib/dkim/verify.js')
  const { headers, results } = await dkimVerify(raw, { resolver })
  const present = new Set((headers?.parsed ?? []).map(({ key }) => key))
  const none = { domain: null, selector: null, open: [] }
  if (!present.has(probeMark.toLowerCase())) return { ...none, faults: ['other'] }
  if (unsubscribe.some((name) => !present.has(name))) return { ...none, faults: ['taken-out'] }
  const signatures = results.filter(({ status }) => status.result !== 'none')
  const found = signatures.map((result) => {
    const covered = covers(result)
    const open = wanted.filter((name) => present.has(name) && !covered.has(name))
    const faults = faultsOf(result, open)
    return { domain: result.signingDomain ?? null, selector: result.selector ?? null, faults, open }
  })
  const gravity = ({ faults }: { faults: readonly ProbeFault[] }) =>
    faults.reduce((sum, fault) => sum + 2 ** (probeFaults.length - probeFaults.indexOf(fault)), 0)
  return found.toSorted((a, b) => gravity(a) - gravity(b))[0] ?? { ...none, faults: ['unsigned'] }
}
