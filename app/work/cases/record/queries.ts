import { formats } from '#platform/i18n/index.ts'
import { NotAllowed } from '#platform/kernel/index.ts'
import { livingKey, type TenantTx } from '#platform/tenancy/index.ts'
import { choices, modelVersion } from '#work/model/index.ts'
import { agreements } from '../agree/queries.ts'
import { givenLetters, type GivenLetter } from '../letters/queries.ts'
import { openedCase, type OpenedCase } from '../queries.ts'
import { assessments, assessmentList, entries, followUps, measures } from '../queries/course.ts'
import type { Outcome } from '../schema.ts'
import { partiesOf } from '../think/queries.ts'
import { words as caseWords } from '../words.ts'
import { agreementPart, assessmentPart, coursePart, looksPart, measuresPart, type RecordPart } from './parts.ts'
import { words } from './words.ts'

/** What the office has on record about a case, as documents; see `parts.ts` for what never stands in it. */
export interface CaseRecord {
  readonly id: string
  readonly number: string
  readonly fileNumber: string | undefined
  readonly matter: string
  readonly openedOn: string
  readonly closedOn: string | null
  readonly contentKey: string
  readonly parts: readonly RecordPart[]
  /** Letters that were given out, as they were then; where a file took the place of the words, its kind. */
  readonly letters: readonly GivenLetter[]
}

/** The Aktenzeichen of a case, if one was noted. */
async function fileNumberOf(tx: TenantTx, id: string): Promise<string | undefined> {
  const row = await tx.db
    .selectFrom('cases.case')
    .select(['file_number', 'content_key'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row?.file_number) return undefined
  const key = await livingKey(tx, row.content_key)
  return tx.keys.reveal(key, { table: 'cases.case', column: 'file_number', row: id }, row.file_number)
}

/** Talks: when, and which groups were there. Neither format nor notes. */
const sessionsOf = (tx: TenantTx, id: string) =>
  tx.db
    .selectFrom('cases.session')
    .select(['id', 'held_on as heldOn', 'attended'])
    .where('case_id', '=', id)
    .orderBy('held_on')
    .orderBy('id')
    .execute()

async function summaryPart(tx: TenantTx, found: OpenedCase, fileNumber: string | undefined): Promise<RecordPart> {
  const t = words('de')
  const { day, hours } = formats('de')
  const { areas, subjects } = choices(await modelVersion(tx, found.modelVersion), 'de')
  const line = (id: string, label: string, text: string | undefined, nature: 'process' | 'judged' = 'process') =>
    text ? [{ id: `summary-${id}`, label, text, nature }] : []
  return {
    id: 'summary',
    title: t('part.summary'),
    day: found.openedOn,
    lines: [
      ...line('number', t('label.number'), found.number),
      ...line('fileNumber', t('label.fileNumber'), fileNumber),
      ...line('matter', t('label.matter'), found.matter, 'judged'),
      ...line('area', t('label.area'), areas.find(({ id }) => id === found.area)?.name ?? found.area),
      ...line('subject', t('label.subject'), subjects.find(({ id }) => id === found.subject)?.name ?? found.subject),
      ...line('opened', t('label.opened'), day(found.openedOn)),
      ...line('closed', t('label.closed'), found.closedOn ? day(found.closedOn) : undefined),
      ...line(
        'outcome',
        t('label.outcome'),
        found.outcome ? caseWords('de')(`outcome.${found.outcome as Outcome}`) : undefined,
      ),
      ...line('hours', t('label.hours'), found.hours === null ? undefined : hours(found.hours)),
    ],
  }
}

/** The record of a case; writes the read entry. Hidden when the case is not there for this person. */
export async function caseRecord(tx: TenantTx, id: string): Promise<CaseRecord> {
  const found = await openedCase(tx, id)
  if (!found) throw new NotAllowed('case', { hidden: true })
  const versions = await assessmentList(tx, id)
  const numbers = versions.map(({ number }) => number)
  const [fileNumber, made, told, talks, tasks, agreed, looks, parties, letters] = await Promise.all([
    fileNumberOf(tx, id),
    assessments(tx, id, found.contentKey, numbers),
    entries(tx, id, found.contentKey),
    sessionsOf(tx, id),
    measures(tx, id, found.contentKey),
    agreements(tx, id, found.contentKey),
    followUps(tx, id),
    partiesOf(tx, id, found.contentKey),
    givenLetters(tx, id, found.contentKey),
  ])
  const parts = [
    await summaryPart(tx, found, fileNumber),
    ...made.toReversed().map((one) => assessmentPart(one, (party) => parties.label(party))),
    coursePart(told, talks, found.openedOn),
    measuresPart(tasks, found.openedOn),
    ...agreed.toReversed().map(agreementPart),
    looksPart(looks, found.openedOn),
  ]
  const { number, matter, openedOn, closedOn, contentKey } = found
  return {
    id,
    number,
    fileNumber,
    matter,
    openedOn,
    closedOn,
    contentKey,
    parts: parts.filter(({ lines }) => lines.length > 0),
    letters,
  }
}
