import type { Child, PropsWithChildren } from 'hono/jsx'
import { formats } from '#platform/i18n/index.ts'
import { NotAllowed } from '#platform/kernel/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import type { View, Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Card, MoreDetails, SummaryList } from '#ui/index.ts'
import { modelInForce } from '#work/model/index.ts'
import { decides } from '../deciding.ts'
import { isQuiet, openedRequest, type OpenedRequest } from '../queries/requests.ts'
import type { Extract } from '../redaction.ts'
import { words } from '../words.ts'

const t = words('de')

/** Throws for who holds a right of the second person but no role that decides about requests. */
export async function demandReader(tx: TenantTx, visit: Visit): Promise<{ mayDecide: boolean }> {
  const mayDecide = decides(await modelInForce(tx), visit.person?.roles ?? [])
  if (!mayDecide && !visit.may('cases.export')) throw new NotAllowed('requests', { hidden: false })
  return { mayDecide }
}

/** Whether this person prepares a request: her own part the substitute, every other who exports. */
export const prepares = (visit: Visit, { quiet }: Pick<OpenedRequest, 'quiet'>): boolean =>
  visit.may(quiet ? 'intake.substitute' : 'cases.export')

/** The request an address names, for who may read it, and whether she decides about it. */
export async function readRequest(
  tx: TenantTx,
  visit: Visit,
): Promise<{ readonly found: OpenedRequest; readonly mayDecide: boolean }> {
  // A quiet one is there for nobody but the substitute and whoever decides with her.
  const quiet = await isQuiet(tx, visit.params.request ?? '')
  const mayDecide = quiet ? undefined : (await demandReader(tx, visit)).mayDecide
  const found = await requestOf(tx, visit)
  return { found, mayDecide: mayDecide ?? found.secondBy === visit.person?.id }
}

/** The request an address names; hidden when it is not there for this person. */
export async function requestOf(tx: TenantTx, visit: Visit): Promise<OpenedRequest> {
  const found = await openedRequest(tx, visit.params.request ?? '')
  if (!found) throw new NotAllowed('request', { hidden: true })
  return found
}

/** A page about requests. */
export const pageOf = (visit: Visit, view: Pick<View, 'title' | 'body'> & Partial<View>): View => ({
  layout: 'staff',
  at: addresses.inspections(visit.town),
  back: addresses.inspections(visit.town),
  ...view,
})

/** Something has to be mended. */
export const mend = { status: 422, error: true } as const

/** A text that nobody should read unprepared: what it is stands above it, and one tap opens it. */
export const Folded = ({ what, children }: PropsWithChildren<{ what: string | undefined }>): Child =>
  what ? <MoreDetails title={t('folded.open', { what })}>{children}</MoreDetails> : <>{children}</>

/** What leaves, with a bar for what does not. */
export const Leaving = ({ extract }: { extract: Extract }) => (
  <>
    {extract.parts.map(({ title, lines }) => (
      <Card title={title}>
        <SummaryList
          rows={lines.map(({ label, folded, texts }) => ({
            label,
            value: <Folded what={folded}>{asText(texts)}</Folded>,
          }))}
        />
      </Card>
    ))}
  </>
)

/** One line of the extract; neighbouring blackened passages are one bar, so that their number tells nothing. */
export const asText = (texts: readonly (string | null)[]): string =>
  texts
    .filter((text, i) => text !== null || texts[i - 1] !== null)
    .map((text) => text ?? t('black'))
    .join(' ')

export const dayOf = formats('de').day
