import { sql } from 'kysely'
import { admitted, holdersOf, onlyHolder } from '#platform/access/index.ts'
import { record } from '#platform/audit/index.ts'
import { rolesToday } from '#platform/auth/index.ts'
import { tell } from '#platform/facts/index.ts'
import { formats } from '#platform/i18n/index.ts'
import { addDays, berlinDay } from '#platform/kernel/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { onlyAnsweredBy, type Held } from '#platform/web/index.ts'
import { current, modelInForce, modelVersion, stepOf, verbsOf } from '#work/model/index.ts'
import { translationAsked } from '../facts.ts'
import { languageName } from '../languages.ts'
import { interpreters } from '../queries/translations.ts'
import { words } from '../words.ts'
import { demandInterpreter, interpreterDays } from './translate.ts'

const t = words('de')
const { day } = formats('de')

/** What of the inbox somebody works on and others must take over: texts to translate, reports she took in, questions. */
export async function heldReports(tx: TenantTx, person: string): Promise<Held[]> {
  return [...(await textsOf(tx, person)), ...(await enteredBy(tx, person)), ...(await questionsTo(tx, person))]
}

/** Texts she was asked for and has not put into the other language yet. */
async function textsOf(tx: TenantTx, person: string): Promise<Held[]> {
  const rows = await tx.db
    .selectFrom('intake.translation')
    .select(['id', 'report_id', 'language', 'asked_on'])
    .where('interpreter', '=', person)
    .where('ended', '=', false)
    .where('done_on', 'is', null)
    .orderBy('asked_on')
    .orderBy('id')
    .execute()
  const held: Held[] = []
  for (const { id, report_id: report, language, asked_on } of rows)
    held.push({
      record: id,
      among: t('held.texts'),
      what: t('held.text', { language: languageName(language), day: day(asked_on) }),
      to: (await interpreters(tx, report)).filter((one) => one.id !== person),
      keeps: ({ verbs }) => verbs.has('intake.interpret'),
      handOver: async (inTx, to) => {
        await demandInterpreter(inTx, report, to)
        const today = berlinDay(inTx.now)
        await inTx.db
          .updateTable('intake.translation')
          .set({ interpreter: to, asked_on: today, until_on: addDays(today, interpreterDays) })
          .where('id', '=', id)
          .execute()
        await record(inTx, 'translation-asked', `report:${report}`)
        await tell(inTx, translationAsked, `translation:${id}`, { person: to })
      },
    })
  return held
}

/**
 * Reports she took in and can read for that reason only, as contact points do: somebody else who takes reports in reads
 * on. Where her office reads all reports, nothing hangs on who wrote one down.
 */
async function enteredBy(tx: TenantTx, person: string): Promise<Held[]> {
  const model = await modelInForce(tx)
  if (verbsOf(model, (await rolesToday(tx, person))?.roles ?? []).has('intake.read')) return []
  const rows = await tx.db
    .selectFrom('intake.report')
    .select(['id', 'received_on', 'channel'])
    .where('entered_by', '=', person)
    .where('step_kind', '<>', sql.lit('closed'))
    .where('synthetic', '=', false)
    .orderBy('received_on')
    .orderBy('id')
    .execute()
  const entering = [...model.verbs].filter(([, verbs]) => verbs.has('intake.enter')).map(([role]) => role)
  const able = new Set((await holdersOf(tx, entering)).map((one) => one.person).filter((one) => one !== person))
  return Promise.all(
    rows.map(async ({ id, received_on, channel }) => ({
      record: id,
      among: t('held.reports'),
      what: t('held.report', { day: day(received_on), channel: t(`channel.${channel}`) }),
      to: await admitted(tx, id, [...able]),
      keeps: ({ verbs }) => verbs.has('intake.enter') || verbs.has('intake.read'),
      handOver: async (inTx: TenantTx, to: string) => {
        await inTx.db.updateTable('intake.report').set({ entered_by: to }).where('id', '=', id).execute()
        await record(inTx, 'taken-over', `report:${id}`)
      },
    })),
  )
}

/** Questions to a second person that nobody but she could answer: somebody has to be appointed first. */
async function questionsTo(tx: TenantTx, person: string): Promise<Held[]> {
  const rows = await tx.db
    .selectFrom('intake.proposal')
    .select(['id', 'report_id', 'model_version', 'to_step', 'proposed_by', 'proposed_on'])
    .where('answered_on', 'is', null)
    .where('lapses_at', 'is', null)
    .execute()
  const inForce = await modelInForce(tx)
  const held: Held[] = []
  for (const row of rows) {
    const asked = stepOf(await modelVersion(tx, row.model_version), row.to_step).second?.by ?? []
    const roles = asked.flatMap((role) => current(inForce, 'role', role) ?? [])
    if (!(await onlyHolder(tx, person, { roles, record: row.report_id, without: row.proposed_by }))) continue
    const what = t('held.question', { day: day(row.proposed_on) })
    held.push(onlyAnsweredBy(roles, { record: row.id, among: t('held.questions'), what }))
  }
  return held
}
