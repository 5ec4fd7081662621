import { revealWith, sealWith } from '#platform/crypto/index.ts'
import type { Visit } from '#platform/web/index.ts'
import { stepKindOf } from '#work/cases/index.ts'
import { modelVersion, type Published } from '#work/model/index.ts'
import { mailbox, type Mailbox } from '../../queries.ts'
import { asPublic } from './begun.ts'

const purpose = 'mailbox'
const seconds = 15 * 60
const cookieName = (visit: Visit) => `p-${visit.town.slug}`
/** Bound to the municipality: a cookie of one opens nothing at another. */
const place = (visit: Visit) => `${purpose}:${visit.town.slug}`

/** Opens the mailbox in this browser for fifteen minutes; nothing is kept on our side. */
export function enter(visit: Visit, code: string): void {
  const content = JSON.stringify({ code, until: visit.now.getTime() + seconds * 1000 })
  const sealed = sealWith(visit.secret(purpose), place(visit), content)
  visit.setCookie(cookieName(visit), sealed.toString('base64url'), seconds)
}

export const lock = (visit: Visit): void => visit.setCookie(cookieName(visit), undefined)

/** The code this browser has entered, while its fifteen minutes last. */
export function enteredCode(visit: Visit): string | undefined {
  const cookie = visit.cookie(cookieName(visit))
  if (!cookie) return undefined
  try {
    const { code, until } = JSON.parse(
      revealWith(visit.secret(purpose), place(visit), Buffer.from(cookie, 'base64url')),
    ) as { code: string; until: number }
    return visit.now.getTime() < until ? code : undefined
  } catch {
    // Cut short, altered or sealed under an older key: as good as none.
    return undefined
  }
}

export interface OpenBox {
  readonly code: string
  readonly box: Mailbox
  readonly model: Published
  /** The kind of step it stands at, of the case when there is one. */
  readonly stands: string
}

/** The mailbox of a code; undefined alike for unknown, expired and deleted. Not recorded. */
export async function openBox(visit: Visit, code: string): Promise<OpenBox | undefined> {
  const found = await asPublic(visit, async (tx) => {
    const box = await mailbox(tx, code)
    return box && { box, model: await modelVersion(tx, box.modelVersion) }
  })
  if (!found) return undefined
  const { caseId, stepKind } = found.box
  const program = { kind: 'program', name: 'mailbox' } as const
  const stands = (caseId && (await visit.txAs(program, (tx) => stepKindOf(tx, caseId)))) || stepKind
  return { code, ...found, stands }
}
