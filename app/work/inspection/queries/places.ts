import type { TenantTx } from '#platform/tenancy/index.ts'
import { findContacts, reportsFrom, tracesAsked, tracesOf } from '#work/intake/index.ts'

/** Where a person was found: as somebody on a contact sheet, or as whoever reported. */
export interface Place {
  readonly kind: 'sheet' | 'reporter'
  readonly report: string
  readonly caseId: string | null
}

const escaped = (text: string) => text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`)

/** Whether what a reporter left as her way to be reached names exactly this person, number or address. */
function leftBy(asked: string): (contact: string) => boolean {
  const { names, numbers } = tracesAsked(asked)
  const patterns = names.map((name) => new RegExp(String.raw`(?<![\p{L}\p{N}])${escaped(name)}(?![\p{L}\p{N}])`, 'iu'))
  return (contact) => {
    const plain = contact.normalize('NFC').replaceAll(/\s+/gu, ' ')
    return (
      patterns.some((pattern) => pattern.test(plain)) ||
      tracesOf({ ways: contact }).numbers.some((number) => numbers.includes(number))
    )
  }
}

/** Everything this person may open in which exactly this name, number or address stands; the search writes an entry. */
export async function placesOf(tx: TenantTx, asked: string): Promise<Place[]> {
  const text = asked.trim()
  if (text.length < 3) return []
  const sheets = await findContacts(tx, text)
  const reporters = await reportsFrom(tx, leftBy(text))
  return [
    ...sheets.map(({ report, caseId }) => ({ kind: 'sheet' as const, report, caseId })),
    ...reporters.map((report) => ({ kind: 'reporter' as const, report, caseId: null })),
  ]
}
