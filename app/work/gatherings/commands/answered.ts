import type { Fact } from '#platform/facts/index.ts'
import type { calendarAnswered } from '#platform/mail/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { opened, sequenceOf } from './own.ts'

type Answered = Fact<NonNullable<(typeof calendarAnswered)['data']>>

/**
 * Notes what a calendar program answered. It never gives a place back: whoever has seen the invitation can write such a
 * mail. An answer to a date that has changed since, or an older one that comes late, says nothing any more.
 */
export async function calendarWasAnswered(tx: TenantTx, { thing, data }: Answered): Promise<void> {
  const found = await opened(tx, thing.slice('appointment:'.length))
  const at = new Date(data.at)
  if (!found || found.row.ended_on !== null || data.sequence < sequenceOf(found)) return
  if (found.row.calendar_answer_at && found.row.calendar_answer_at >= at) return
  await tx.db
    .updateTable('gatherings.registration')
    .set({ calendar_answer: data.answer, calendar_answer_at: at })
    .where('id', '=', found.row.id)
    .execute()
}
