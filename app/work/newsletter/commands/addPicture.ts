import { record } from '#platform/audit/index.ts'
import type { Made } from '#platform/files/index.ts'
import { newId } from '#platform/kernel/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import type { Block } from '../blocks.ts'
import { issueById } from '../queries/issues.ts'
import { draft } from '../schema.ts'
import { saveDraft } from './issue.ts'

/** Adds a picture as the last block of a draft. */
export async function addPicture(
  tx: TenantTx,
  issue: string,
  { bytes, width, height }: Made,
  alt: string,
): Promise<void> {
  const row = await issueById(tx, issue)
  if (!row) return
  const id = newId()
  const size = { width, height }
  await tx.db
    .insertInto('newsletter.picture')
    .values({ id, issue_id: issue, png: bytes, ...size })
    .execute()
  const block: Block = { kind: 'picture', picture: id, alt, ...size }
  const { subject, topics, blocks } = row
  const { language } = draft.pick({ language: true }).parse(row)
  await saveDraft(tx, issue, row.version, { subject, language, topics, blocks: [...blocks, block] })
  await record(tx, 'uploaded', `issue:${issue}`)
}
