import { z } from 'zod'
import { parseReceiptCode } from '#platform/crypto/index.ts'
import type { Visit } from '#platform/web/index.ts'
import { statusSentence } from '#work/model/index.ts'
import { writeToOffice } from '../commands/answer.ts'
import { inEvenTime } from '../evenTime.ts'
import { openBox } from '../pages/public/box.ts'
import { json, problem } from './problem.ts'
import { readBody } from './reports.ts'

const messageBody = z.strictObject({ text: z.string().trim().min(1).max(20_000) })

/** The code from the Authorization header; undefined when it cannot be one. */
function codeOf(visit: Visit): string | undefined {
  const match = /^Bearer (.+)$/i.exec(visit.request.headers.get('authorization') ?? '')
  const parsed = match && parseReceiptCode(match[1]!)
  return parsed && parsed.ok ? parsed.code : undefined
}

/** Unknown, expired, deleted, mistyped: one and the same answer. */
const nothingThere = () => {
  const answer = problem(404, 'api.no-mailbox')
  answer.headers.set('www-authenticate', 'Bearer')
  return answer
}

/** `GET /api/v1/{town}/mailbox`. `deletedOn` is null while a case runs: its own period begins at its end. */
export async function getMailbox(visit: Visit): Promise<Response> {
  const code = codeOf(visit)
  const open = code && (await openBox(visit, code))
  if (!open) return nothingThere()
  const { box, model, stands } = open
  return json({
    status: statusSentence(model, stands, visit.language),
    receivedAt: box.receivedOn,
    messages: box.messages.map(({ sender, at, text }) => ({ from: sender, at, text })),
    deletedOn: box.keptUntil.content ?? null,
  })
}

/** `POST /api/v1/{town}/mailbox` */
export async function postMailbox(visit: Visit): Promise<Response> {
  const code = codeOf(visit)
  if (!code) return nothingThere()
  const text = await readBody(visit)
  if (text === undefined) return problem(413, 'api.too-large')
  const parsed = messageBody.safeParse(safeJson(text))
  if (!parsed.success) return problem(422, 'api.invalid-message')
  const written = await inEvenTime(() => visit.tx((tx) => writeToOffice(tx, code, parsed.data.text)))
  return written ? json({ from: 'reporter', text: parsed.data.text }, 201) : nothingThere()
}

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
