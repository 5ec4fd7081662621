import type { Picture } from '#platform/mail/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import type { Block } from '../blocks.ts'

/** More would make each of some thousand mails heavy. */
export const mostPictures = 3
/** As wide as a mail is shown. */
export const pictureBox = [600, 600] as const
/** Largest upload in bytes. */
export const largestPicture = 5 * 1024 * 1024

export const picturesIn = (blocks: readonly Block[]): string[] =>
  blocks.flatMap((block) => (block.kind === 'picture' ? block.picture : []))

/** A picture of an issue with the state of the issue, which says who may see it. */
export const pictureById = (tx: TenantTx, id: string) =>
  tx.db
    .selectFrom('newsletter.picture as p')
    .innerJoin('newsletter.issue as i', (join) =>
      join.onRef('i.municipality_id', '=', 'p.municipality_id').onRef('i.id', '=', 'p.issue_id'),
    )
    .select(['p.png', 'i.state'])
    .where((eb) => eb(eb.cast<string>('p.id', 'text'), '=', id))
    .executeTakeFirst()

/** JPEG says so in its first two bytes; everything else we made is PNG. */
export const typeOf = (bytes: Buffer) => (bytes.readUInt16BE(0) === 0xffd8 ? 'image/jpeg' : 'image/png')

/** The name of a picture inside a mail. */
export const cidOf = (picture: string) => `${picture}@besonnen`

/** All pictures of an issue as they go into its mails. */
export async function picturesFor(tx: TenantTx, issue: string): Promise<Picture[]> {
  const rows = await tx.db
    .selectFrom('newsletter.picture')
    .select(['id', 'png'])
    .where('issue_id', '=', issue)
    .execute()
  return rows.map(({ id, png }) => ({
    cid: cidOf(id),
    type: typeOf(png),
    base64: png.toString('base64').replaceAll(/.{76}/g, '$&\r\n'),
  }))
}
