import { formats } from '#platform/i18n/index.ts'
import { NotAllowed } from '#platform/kernel/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import type { View, Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Card, SummaryList } from '#ui/index.ts'
import { modelInForce } from '#work/model/index.ts'
import { decides } from '../deciding.ts'
import { openedRequest, type OpenedRequest } from '../queries/requests.ts'
import type { Extract } from '../redaction.ts'
import { words } from '../words.ts'

const t = words('de')

/** Throws for who holds a right of the second person but no role that decides about requests. */
export async function demandReader(tx: TenantTx, visit: Visit): Promise<{ mayDecide: boolean }> {
  const mayDecide = decides(await modelInForce(tx), visit.person?.roles ?? [])
  if (!mayDecide && !visit.may('cases.export')) throw new NotAllowed('requests', { hidden: false })
  return { mayDecide }
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

/** What leaves, with a bar for what does not. */
export const Leaving = ({ extract }: { extract: Extract }) => (
  <>
    {extract.parts.map(({ title, lines }) => (
      <Card title={title}>
        <SummaryList rows={lines.map(({ label, texts }) => ({ label, value: asText(texts) }))} />
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
