import * as addresses from '#app/addresses.ts'
import { sliceWords } from '../i18n/index.ts'
import { addDays, atBerlin, berlinDay, type WorkingCalendar } from '../kernel/index.ts'
import type { TenantTx } from '../tenancy/index.ts'
import de from './locales/de.json' with { type: 'json' }
import { queueMail } from './ledger.ts'
import type { Letters, WriteLetter } from './postman.ts'

const words = sliceWords('mail', { de })

/** At most one mail of news in this time; whatever comes in between is told at its end. */
const quarter = 15 * 60_000
const morning = '07:00'

/** The next working morning, seven o'clock; this morning as long as it is not over. */
export function nextMorning(calendar: Pick<WorkingCalendar, 'isWorkingDay'>, now: Date): Date {
  let day = berlinDay(now)
  // A year at most: an office that is never open shall not stop the program.
  for (let i = 0; i < 366 && (!calendar.isWorkingDay(day) || atBerlin(day, morning) < now); i++) day = addDays(day, 1)
  return atBerlin(day, morning)
}

/** Something waits for these persons: told once, on the morning given. */
export async function remind(tx: TenantTx, persons: readonly string[], at: Date): Promise<void> {
  for (const person of persons) {
    await queueMail(tx, { kind: 'notice.digest', once: `${person} ${berlinDay(at)}`, person, at })
  }
}

/** Something new is there: told at once, or on the morning given to those who want it gathered. */
export async function notify(tx: TenantTx, persons: readonly string[], at: Date): Promise<void> {
  if (persons.length === 0) return
  const wishes = await tx.db
    .selectFrom('mail.wish')
    .select('person_id')
    .where('person_id', 'in', [...persons])
    .where('gathered', '=', true)
    .execute()
  const gathered = new Set(wishes.map((row) => row.person_id))
  await remind(tx, [...gathered], at)
  const slot = Math.floor(tx.now.getTime() / quarter)
  for (const person of persons.filter((one) => !gathered.has(one))) {
    const news = (n: number, when: Date) =>
      queueMail(tx, { kind: 'notice.news', once: `${person} ${n}`, person, at: when })
    if (!(await news(slot, tx.now))) await news(slot + 1, new Date((slot + 1) * quarter))
  }
}

/** Cannot wait: at once, to each of them, before everything else. `once` keeps the same alert from leaving twice. */
export async function alert(
  tx: TenantTx,
  persons: readonly string[],
  once: string,
  kind: 'alert' | 'broken' = 'alert',
): Promise<void> {
  for (const person of persons) {
    await queueMail(tx, { kind: `notice.${kind}`, once: `${person} ${once}`, person, priority: 'alert' })
  }
}

/** How a person wants to be told; at once unless she said otherwise. */
export async function wantsGathered(tx: TenantTx, person: string): Promise<boolean> {
  const row = await tx.db.selectFrom('mail.wish').select('gathered').where('person_id', '=', person).executeTakeFirst()
  return row?.gathered ?? false
}

export async function setGathered(tx: TenantTx, person: string, gathered: boolean): Promise<void> {
  await tx.db
    .insertInto('mail.wish')
    .values({ person_id: person, gathered })
    .onConflict((conflict) => conflict.columns(['municipality_id', 'person_id']).doUpdateSet({ gathered }))
    .execute()
}

const letter =
  (kind: 'news' | 'digest' | 'alert' | 'broken'): WriteLetter =>
  async (tx, _about, origin) => {
    const { slug } = await tx.db
      .selectFrom('platform.municipality')
      .select('slug')
      .where('id', '=', tx.municipality)
      .executeTakeFirstOrThrow()
    const t = words('de')
    const link = `${origin}${addresses.today(slug)}`
    return { subject: t(`notice.${kind}.subject`), text: t(`notice.${kind}.text`, { link }) }
  }

export const noticeLetters: Letters = {
  'notice.news': letter('news'),
  'notice.digest': letter('digest'),
  'notice.alert': letter('alert'),
  'notice.broken': letter('broken'),
}
