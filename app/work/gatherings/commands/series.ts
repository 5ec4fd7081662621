import { record } from '#platform/audit/index.ts'
import { addDays, newId } from '#platform/kernel/index.ts'
import { addKey, type TenantTx } from '#platform/tenancy/index.ts'
import { isPersonal, type DateOf } from '../schema.ts'
import { addDefaultRules, rulesOf } from './reminders.ts'
import { announce, freeSlug } from './plan.ts'
import { lockGathering, revealRoom, seal, type GatheringRow } from './store.ts'

const daysBetween = (from: string, to: string) => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000)

/** What a further date takes over as it stands; everything of the day itself is moved with it. */
function copied(row: GatheringRow, { day, from, until }: DateOf) {
  const later = daysBetween(row.on_day, day)
  return {
    kind: row.kind,
    title: row.title,
    summary: row.summary,
    translations: JSON.stringify(row.translations),
    places: row.places,
    by_hand: row.by_hand,
    listed: row.listed,
    confirm_mail: row.confirm_mail,
    place: row.place,
    online: row.online,
    ask_needs: row.ask_needs,
    needs_reader: row.needs_reader,
    questions: JSON.stringify(row.questions),
    priority_groups: JSON.stringify(row.priority_groups),
    programme: JSON.stringify(row.programme),
    on_day: day,
    from_time: from,
    until_time: until,
    deadline: addDays(row.deadline, later),
    delete_on: addDays(row.delete_on, later),
  }
}

/**
 * Makes further dates of a gathering: the same in everything, each with its own registrations, deadline and deletion
 * day as far from its day as here. Announced where this one is. Returns their ids.
 */
export async function addDates(tx: TenantTx, id: string, dates: readonly DateOf[]): Promise<string[]> {
  const row = await lockGathering(tx, id)
  const way = await revealRoom(tx, row)
  const rules = await rulesOf(tx, id)
  const series_id = row.series_id ?? newId()
  await tx.db.updateTable('gatherings.gathering').set({ series_id }).where('id', '=', id).execute()
  const made: string[] = []
  for (const date of dates) {
    const one = newId()
    const key = await addKey(tx, 'room', one)
    const room = row.online === 'teams' || isPersonal(row.online) ? '' : way.room
    await tx.db
      .insertInto('gatherings.gathering')
      .values({
        ...copied(row, date),
        id: one,
        slug: await freeSlug(tx, row.title),
        series_id,
        content_key: key.id,
        room: room ? seal(tx, key, ['gathering', 'room', one], room) : null,
        instructions: way.instructions ? seal(tx, key, ['gathering', 'instructions', one], way.instructions) : null,
        changed_at: tx.now,
      })
      .execute()
    if (rules.length === 0) await addDefaultRules(tx, one, row.online !== null)
    else
      await tx.db
        .insertInto('gatherings.rule')
        .values(rules.map((rule) => ({ ...rule, id: newId(), gathering_id: one })))
        .execute()
    await record(tx, 'planned', `gathering:${one}`)
    if (row.state === 'announced') await announce(tx, one)
    made.push(one)
  }
  return made
}
