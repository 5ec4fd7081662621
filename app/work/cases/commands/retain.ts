import { sql } from 'kysely'
import { berlinDay } from '#platform/kernel/index.ts'
import type { Retained } from '#platform/retention/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { forgetVisits } from '../near/commands/visitor.ts'
import { intervalOf, modelIfAny } from '#work/model/index.ts'

/**
 * A closed case lives for the model's time, an open one on. How it was worked on is forgotten before (what was replaced, at
 * once), and with the closing what its handlers noted for themselves.
 */
async function date(tx: TenantTx): Promise<void> {
  await forgetVisits(tx)
  const model = await modelIfAny(tx)
  if (!model) return
  await sql`
    update platform.record_key k set destroy_on = d.ends
      from (select c.content_key as id, (c.closed_on + ${intervalOf(model, 'closed-case')}::interval)::date as ends
              from cases."case" c
            union all
            select o.id, case when h.id is null then ${berlinDay(tx.now)}::date
                else (c.closed_on + ${intervalOf(model, 'mediation-existence')}::interval)::date end
              from cases."case" c join platform.record_key o
                on o.municipality_id = c.municipality_id and o.record_id = c.id and o.class = 'choice'
              left join cases.choice h on h.municipality_id = o.municipality_id and h.said_key = o.id
            union all
            select n.note_key, (c.closed_on + ${intervalOf(model, 'handler-notes')}::interval)::date
              from cases.note n join cases."case" c on c.municipality_id = n.municipality_id and c.id = n.case_id
            union all
            -- Who looks back later than at the closing keeps it as long from then on.
            select b.note_key, case when c.closed_on is not null
                then (greatest(c.closed_on, b.written_on) + ${intervalOf(model, 'handler-notes')}::interval)::date end
              from cases.look_back b join cases."case" c on c.municipality_id = b.municipality_id and c.id = b.case_id) d
     where k.id = d.id and k.destroy_on is distinct from d.ends`.execute(tx.db)
}

export const retained: Retained = {
  classes: {
    case: { kind: 'case', whole: true },
    choice: { kind: 'case', whole: false },
    'handler-notes': { kind: 'case', whole: false },
  },
  date,
  /** Everything that hangs on a case goes with its row; the figures never hung on it. */
  forget: async (tx, gone) => {
    const notes = gone.filter((one) => one.class === 'handler-notes').map(({ key }) => key)
    for (const table of notes.length > 0 ? (['cases.note', 'cases.look_back'] as const) : [])
      await tx.db.deleteFrom(table).where('note_key', 'in', notes).execute()
    const ids = gone.filter((one) => one.class === 'case').map(({ record }) => record)
    if (ids.length > 0) await tx.db.deleteFrom('cases.case').where('id', 'in', ids).execute()
  },
}
