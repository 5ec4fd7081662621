import { sql } from 'kysely'
import { berlinDay } from '#platform/kernel/index.ts'
import type { Retained } from '#platform/retention/index.ts'

/** A second factor lives as long as its account; the key of one that was replaced, or whose person left, goes at once. */
export const retained: Retained = {
  classes: { credential: { kind: 'credential', whole: false } },
  date: async (tx) => {
    await sql`update platform.record_key k set destroy_on = ${berlinDay(tx.now)}::date
      where k.class = 'credential' and k.destroy_on is null and not exists (
        select from auth.credential c where c.municipality_id = k.municipality_id and c.totp_key = k.id)`.execute(tx.db)
  },
  forget: () => Promise.resolve(),
}
