import type { TenantTx } from '#platform/tenancy/index.ts'
import type { CasePart } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { words } from './words.ts'

const t = words('de')

/** On the page of a case: how it leaves the office, for those who may let it. */
export async function aboutCase(tx: TenantTx, slug: string, caseId: string): Promise<CasePart | undefined> {
  if (tx.who.kind !== 'person' || !tx.who.reach.includes('inspection')) return undefined
  return {
    title: t('about.title'),
    lines: [{ text: t('about.file'), about: t('about.file.hint'), href: addresses.caseFile(slug, caseId) }],
  }
}
