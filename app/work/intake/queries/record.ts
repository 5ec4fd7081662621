import { formats } from '#platform/i18n/index.ts'
import { livingKey, type TenantTx } from '#platform/tenancy/index.ts'
import type { RecordLine, RecordPart } from '#work/cases/index.ts'
import { choices, modelVersion } from '#work/model/index.ts'
import { openReport } from '../queries.ts'
import { words, type WordKey } from '../words.ts'
import { joinedReports } from './alike.ts'
import { handedOf } from './referrals.ts'

/** What the office has on record about a report; ways to reach whoever reported are never part of it. */
export interface ReportRecord {
  readonly id: string
  readonly receivedOn: string
  readonly contentKey: string
  /** Kept from everybody but the substitute. */
  readonly quiet: boolean
  readonly part: RecordPart
}

/** The record of a report as everybody may read it; writes the read entry. Undefined when it is not there for this person. */
export async function reportRecord(tx: TenantTx, id: string): Promise<ReportRecord | undefined> {
  const found = await openReport(tx, id)
  if (!found) return undefined
  const t = words('de')
  const { day } = formats('de')
  const { content_key: contentKey } = await tx.db
    .selectFrom('intake.report')
    .select('content_key')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  await livingKey(tx, contentKey)
  const { areas, subjects } = choices(await modelVersion(tx, found.modelVersion), 'de')
  const line = (name: string, label: string, text: string | null | undefined, nature: RecordLine['nature']) =>
    text ? [{ id: `report-${name}`, label, text, nature }] : []
  const folded = found.veil ? t(`veil.${found.veil}`) : undefined
  const said = (name: string, label: string, text: string | null | undefined) =>
    line(name, label, text, 'said').map((one) => ({ ...one, folded }))
  const lines = [
    ...line('received', t('record.received'), day(found.receivedOn), 'process'),
    ...line('channel', t('record.channel'), t(`channel.${found.channel}` as WordKey), 'process'),
    ...line('area', t('record.area'), areas.find((one) => one.id === found.area)?.name ?? found.area, 'process'),
    ...line(
      'subject',
      t('record.subject'),
      subjects.find((one) => one.id === found.subject)?.name ?? found.subject,
      'process',
    ),
    ...said('observed', t('record.observed'), found.observed),
    ...said('concluded', t('record.concluded'), found.concluded),
    ...handedOf(found.referrals).flatMap(({ id: referral, handedOn, madeOn, recalledOn, letter }) => [
      ...line(`handed-${referral}`, t('record.handed', { day: day(handedOn ?? madeOn) }), letter.to, 'process'),
      ...line(`recalled-${referral}`, t('record.recalled'), recalledOn && day(recalledOn), 'process'),
    ]),
    ...found.messages.flatMap(({ id: message, sender, at, text }) =>
      sender === 'office'
        ? line(`message-${message}`, t('record.answer', { day: day(at) }), text, 'judged')
        : said(`message-${message}`, t('record.message', { day: day(at) }), text),
    ),
  ]
  return {
    id,
    receivedOn: found.receivedOn,
    contentKey,
    quiet: found.heldFor !== null,
    part: { id: 'report', title: t('record.title', { day: day(found.receivedOn) }), day: found.receivedOn, lines },
  }
}

/** The reports a case was made of that this person sees. */
export const reportsOfCase = async (tx: TenantTx, caseId: string): Promise<string[]> =>
  (await joinedReports(tx, { caseId })).map(({ id }) => id)

/** How many reports with a way to reach somebody one search reads at most. */
const mostRead = 2000

/**
 * Reports whose reporter left exactly this name or number, among those this person sees: read one by one, because the
 * reporter's own words about how to be reached are in no index.
 */
export async function reportsFrom(tx: TenantTx, matches: (contact: string) => boolean): Promise<string[]> {
  const rows = await tx.db
    .selectFrom('intake.report as r')
    .innerJoin('platform.record_key as k', (join) =>
      join.onRef('k.municipality_id', '=', 'r.municipality_id').onRef('k.id', '=', 'r.contact_key'),
    )
    .select(['r.id', 'r.contact', 'k.id as key_id', 'k.class', 'k.wrapped'])
    .where('r.contact', 'is not', null)
    .orderBy('r.received_on', 'desc')
    .limit(mostRead)
    .execute()
  return rows
    .filter(({ id, contact, key_id, class: name, wrapped }) => {
      const key = tx.keys.open({ id: key_id, class: name, wrapped })
      return contact && matches(tx.keys.reveal(key, { table: 'intake.report', column: 'contact', row: id }, contact))
    })
    .map(({ id }) => id)
}
