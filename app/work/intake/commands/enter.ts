import { parseReceiptCode } from '#platform/crypto/index.ts'
import { NotAllowed } from '#platform/kernel/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { modelInForce, offered, stepOfKind } from '#work/model/index.ts'
import type { Entry } from '../schema.ts'
import { bindCard } from './cards.ts'
import { decide } from './decide.ts'
import { receiveReport, type Received } from './receive.ts'

const messageKey = (tx: TenantTx, messageId: string) => tx.lookup('message-id', messageId)

/** The report a mail has become; undefined for one that was not taken yet, or is not for this person to see. */
export async function reportOfMail(tx: TenantTx, messageId: string): Promise<{ taken: boolean; report?: string }> {
  const mail = await tx.db
    .selectFrom('intake.received_mail')
    .select('report_id')
    .where('message', '=', messageKey(tx, messageId))
    .executeTakeFirst()
  if (!mail) return { taken: false }
  const seen = await tx.db.selectFrom('intake.report').select('id').where('id', '=', mail.report_id).executeTakeFirst()
  return { taken: true, report: seen?.id }
}

/** The code of a card is no code that could be used, or no longer; nothing was saved. */
export class NoSuchCard extends Error {}

async function bindToCard(tx: TenantTx, report: string, typed: string): Promise<string> {
  const parsed = parseReceiptCode(typed)
  if (!parsed.ok || !(await bindCard(tx, report, parsed.code))) throw new NoSuchCard()
  return parsed.code
}

/** Two who write down the same mail at once: the second meets the primary key, and nothing of hers is saved. */
const noteMail = (tx: TenantTx, messageId: string, report_id: string) =>
  tx.db
    .insertInto('intake.received_mail')
    .values({ message: messageKey(tx, messageId), report_id })
    .execute()

/**
 * Staff write down a call, a visit, a letter. With advice given on the spot the report is closed in the same
 * transaction: one page for what took one talk. Returns what can be read out to the caller.
 */
export async function enterReport(
  tx: TenantTx,
  roles: readonly string[],
  entry: Entry,
  id?: string,
): Promise<Received> {
  const model = await modelInForce(tx)
  if (!offered(model, 'de', 'staff').subjects.some(({ id }) => id === entry.subject))
    throw new NotAllowed('subject', { hidden: false })
  const { advice, onBehalf, card, messageId, quoted, withQuoted, observed, ...report } = entry
  const received = await receiveReport(
    tx,
    {
      ...report,
      observed: withQuoted && quoted ? `${observed}\n\n${quoted}`.slice(0, 20_000) : observed,
      extras: onBehalf ? { onBehalf } : undefined,
      anonymity: report.contact ? 'office' : 'anonymous',
      notVisibleTo: [],
      language: 'de',
    },
    id,
  )
  if (messageId) await noteMail(tx, messageId, received.id)
  const bound = card ? await bindToCard(tx, received.id, card) : undefined
  if (advice)
    await decide(tx, roles, received.id, {
      to: stepOfKind(model, 'advise').id,
      version: 1,
      answer: advice,
    })
  return bound ? { ...received, code: bound } : received
}
