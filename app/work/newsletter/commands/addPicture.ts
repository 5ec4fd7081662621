import { record } from '#platform/audit/index.ts'
import { newId } from '#platform/kernel/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import type { Block } from '../blocks.ts'
import { issueById } from '../queries/issues.ts'
import { draft } from '../schema.ts'
import { saveDraft } from './issue.ts'

/** Width and height stand where PNG puts them (ISO 15948, 11.2.2). */
const sizeOf = (png: Buffer) => ({ width: png.readUInt32BE(16), height: png.readUInt32BE(20) })

/** Adds a picture as the last block of a draft. */
export async function addPicture(tx: TenantTx, issue: string, png: Buffer, alt: string): Promise<void> {
  const row = await issueById(tx, issue)
  if (!row) return
  const id = newId()
  const size = sizeOf(png)
  await tx.db
    .insertInto('newsletter.picture')
    .values({ id, issue_id: issue, png, ...size })
    .execute()
  const block: Block = { kind: 'picture', picture: id, alt, ...size }
  const { subject, topics, blocks } = row
  const { language } = draft.pick({ language: true }).parse(row)
  await saveDraft(tx, issue, row.version, { subject, language, topics, blocks: [...blocks, block] })
  await record(tx, 'uploaded', `issue:${issue}`)
}
