import type { RawForm } from '#platform/forms/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import type { Visit } from '#platform/web/index.ts'
import { modelInForce, type Published } from '#work/model/index.ts'
import {
  draftSeconds,
  dropDraft,
  newDraftSecret,
  openDraft,
  saveDraft,
  type Draft,
  type Receipt,
} from '../../commands/draft.ts'
import { withStep, type WebStep } from '../../webForm.ts'

const cookieName = (visit: Visit) => `m-${visit.town.slug}`

/** The secret of the draft cookie, if it looks like one. */
export function draftSecret(visit: Visit): string | undefined {
  const secret = visit.cookie(cookieName(visit))
  return secret && /^[\w-]{43}$/.test(secret) ? secret : undefined
}

export interface Begun {
  readonly model: Published
  readonly draft: Draft | undefined
}

/** Residents' pages act as the public, also when somebody of the office is signed in in the same browser. */
export const asPublic = <T>(visit: Visit, work: (tx: TenantTx) => Promise<T>): Promise<T> =>
  visit.txAs({ kind: 'public' }, work)

/** The model in force and what this browser has begun. */
export const begun = (visit: Visit): Promise<Begun> =>
  asPublic(visit, async (tx) => {
    const secret = draftSecret(visit)
    return { model: await modelInForce(tx), draft: secret ? await openDraft(tx, secret) : undefined }
  })

/** Keeps one page's answers. A receipt still lying there is replaced: this is a new report. */
export async function keepStep(visit: Visit, step: WebStep, form: RawForm): Promise<void> {
  const secret = draftSecret(visit) ?? newDraftSecret()
  await asPublic(visit, async (tx) => {
    const draft = await openDraft(tx, secret, true)
    await saveDraft(tx, secret, { ...draft, receipt: undefined, values: withStep(draft?.values ?? {}, step, form) })
  })
  visit.setCookie(cookieName(visit), secret, draftSeconds)
}

/** Receives something and lays its code where only this browser finds it, in one transaction. */
export async function keepCallback(visit: Visit, receive: (tx: TenantTx) => Promise<Receipt>): Promise<void> {
  const secret = draftSecret(visit) ?? newDraftSecret()
  await asPublic(visit, async (tx) => {
    const draft = await openDraft(tx, secret, true)
    await saveDraft(tx, secret, { values: {}, ...draft, callback: await receive(tx) })
  })
  visit.setCookie(cookieName(visit), secret, draftSeconds)
}

/** Destroys the draft, its key with the cookie. */
export async function forget(visit: Visit): Promise<void> {
  const secret = draftSecret(visit)
  if (secret) await asPublic(visit, (tx) => dropDraft(tx, secret))
  visit.setCookie(cookieName(visit), undefined)
}
