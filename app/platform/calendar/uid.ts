import { timingSafeEqual } from 'node:crypto'
import type { TenantTx } from '../tenancy/index.ts'

/** What a UID of ours says by itself: whose appointment it is, and that we made it. */
export interface Ours {
  readonly municipality: number
  readonly id: string
  readonly mac: string
}

const macOf = (tx: TenantTx, id: string) => tx.lookup('calendar-uid', id).toString('hex').slice(0, 16)

/** The name of one person's appointment in her calendar: the same for ever, and known to her alone. */
export const appointmentUid = (tx: TenantTx, id: string): string =>
  `${tx.municipality.toString(36)}-${id.replaceAll('-', '')}-${macOf(tx, id)}@besonnen`

/** Undefined for what cannot be one of ours; whether it is, says `isOurUid`. */
export function readUid(uid: string): Ours | undefined {
  const [, town, a, b, c, d, e, mac] =
    /^([0-9a-z]{1,7})-([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})-([0-9a-f]{16})@besonnen$/.exec(
      uid,
    ) ?? []
  return town && mac ? { municipality: Number.parseInt(town, 36), id: [a, b, c, d, e].join('-'), mac } : undefined
}

export const isOurUid = (tx: TenantTx, { municipality, id, mac }: Ours): boolean =>
  municipality === tx.municipality && timingSafeEqual(Buffer.from(mac), Buffer.from(macOf(tx, id)))
