import { record } from '#platform/audit/index.ts'
import { livingKey, type TenantTx } from '#platform/tenancy/index.ts'
import { caseRecord, letterFile, type CaseRecord } from '#work/cases/index.ts'
import { openContacts } from '#work/intake/index.ts'
import { modelInForce } from '#work/model/index.ts'
import type { FiledContact, Filing } from '../file/pack.ts'

/** Which file leads, as the model in force says; without a word of it, this program. */
export async function leadingFile(tx: TenantTx) {
  return (await modelInForce(tx)).model.file ?? { leads: 'program' as const, name: 'Besonnen' }
}

/** The files that were given out in place of the program's words, by letter. */
async function filesOf(tx: TenantTx, { letters, contentKey }: CaseRecord): Promise<Filing['files']> {
  const files = new Map<string, { readonly kind: string; readonly bytes: Buffer }>()
  for (const { id, file } of letters) {
    const given = file && (await letterFile(tx, id, contentKey))
    if (given) files.set(id, given)
  }
  return files
}

/**
 * Reads a case for the leading file and writes the entry. The contact sheet only with a reason, which stands sealed in
 * the entry; without a right to contact sheets it stays empty.
 */
export async function takeFile(tx: TenantTx, id: string, contactsBecause: string | undefined) {
  const taken = await caseRecord(tx, id)
  const contacts: FiledContact[] | undefined = contactsBecause
    ? (await openContacts(tx, { case: id })).map(({ role, name, ways }) => ({
        role: role ?? '',
        name: name ?? '',
        ways: ways ?? '',
      }))
    : undefined
  const thing = `case:${id}`
  if (contactsBecause)
    await record(tx, 'file-exported:contacts', thing, {
      text: contactsBecause,
      key: await livingKey(tx, taken.contentKey),
    })
  else await record(tx, 'file-exported', thing)
  return { record: taken, files: await filesOf(tx, taken), contacts, leads: await leadingFile(tx) }
}
