import { z } from 'zod'
import type { Visit } from '#platform/web/index.ts'
import { choices, offered, modelInForce } from '#work/model/index.ts'
import { once, strongKey } from '../commands/once.ts'
import { probeHeader, probeIn } from '../commands/probe.ts'
import { receiveReport } from '../commands/receive.ts'
import { newReport, type NewReport } from '../schema.ts'
import { flooding, fold, slowDown, waitingTime } from '../slowDoor.ts'
import { words, type WordKey } from '../words.ts'
import { json, problem, type FieldFault } from './problem.ts'

export const reportBody = z.strictObject({
  observed: newReport.shape.observed,
  area: z.string().optional(),
  subject: z.string().optional(),
  concluded: newReport.shape.concluded,
  wish: newReport.shape.wish,
  anonymity: newReport.shape.anonymity,
  language: z.string().optional(),
  occurredOn: newReport.shape.occurredOn,
  contact: newReport.shape.contact,
  notVisibleTo: newReport.shape.notVisibleTo,
})

const faultsOf = (error: z.ZodError): FieldFault[] =>
  error.issues.map((issue) => ({
    field: issue.code === 'unrecognized_keys' ? issue.keys.join(', ') : issue.path.join('.'),
    message: issue.code === 'unrecognized_keys' ? words('de')('error.field.unknown') : sentence(issue.message),
  }))

const sentence = (message: string) =>
  message.startsWith('error.') ? words('de')(message as WordKey) : words('de')('error.value')

/** Ids that the model does not know are named, with the place that lists the known ones. */
function unknownChoices(body: z.output<typeof reportBody>, known: ReturnType<typeof choices>): FieldFault[] {
  const faults: FieldFault[] = []
  const check = (field: 'area' | 'subject' | 'language', ids: readonly string[]) => {
    const value = body[field]
    if (value !== undefined && !ids.includes(value))
      faults.push({ field, message: words('de')('error.choice', { value }) })
  }
  check(
    'area',
    known.areas.map((area) => area.id),
  )
  check(
    'subject',
    known.subjects.map((subject) => subject.id),
  )
  check('language', known.languages)
  return faults
}

/** `POST /api/v1/{town}/reports` */
export async function postReport(visit: Visit): Promise<Response> {
  const key = visit.request.headers.get('idempotency-key') ?? undefined
  if (key !== undefined && !strongKey(key)) return problem(400, 'api.weak-key')
  const text = await readBody(visit)
  if (text === undefined) return problem(413, 'api.too-large')
  const parsed = parseBody(text)
  if ('answer' in parsed) return parsed.answer
  let wait = 0
  let taken: string | undefined
  const answer = await visit.tx(async (tx) => {
    const model = await modelInForce(tx)
    const probe = probeIn(tx, visit.request.headers.get(probeHeader), text)
    if (!visit.town.opened_at && !probe) return problem(503, 'api.not-open')
    const faults = unknownChoices(parsed.body, offered(model, visit.language, 'residents'))
    if (faults.length > 0) return problem(422, 'api.invalid', { errors: faults })
    const report: NewReport = newReport.parse({ ...parsed.body, channel: 'api' })
    const accept = async () => {
      const { id, code, receivedAt } = await receiveReport(tx, report, undefined, probe)
      if (!visit.near && !probe) {
        wait = waitingTime(visit, model)
        taken = wait > 0 || flooding(visit, model) ? id : undefined
      }
      return JSON.stringify({ code, receivedAt })
    }
    if (key === undefined) return json(JSON.parse(await accept()), 201)
    const result = await once(tx, key, text, accept)
    return result.kind === 'answer' ? json(JSON.parse(result.text), 201) : problem(422, 'api.other-body')
  })
  // Saved already; only the next report of a program that waits for its answer comes later.
  if (taken) await fold(visit, taken)
  await slowDown(wait)
  return answer
}

function parseBody(text: string): { body: z.output<typeof reportBody> } | { answer: Response } {
  let raw: unknown
  try {
    raw = JSON.parse(text)
  } catch {
    return { answer: problem(400, 'api.no-json') }
  }
  const parsed = reportBody.safeParse(raw)
  if (!parsed.success) return { answer: problem(422, 'api.invalid', { errors: faultsOf(parsed.error) }) }
  if (parsed.data.anonymity === 'anonymous' && parsed.data.contact?.trim()) {
    return {
      answer: problem(422, 'api.invalid', {
        errors: [{ field: 'contact', message: words('de')('error.contact.anonymous') }],
      }),
    }
  }
  return { body: parsed.data }
}

const largest = 128 * 1024

/** The body as text; undefined when it is larger than anybody needs. */
export async function readBody(visit: Visit): Promise<string | undefined> {
  if (Number(visit.request.headers.get('content-length') ?? 0) > largest) return undefined
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of visit.request.body ?? []) {
    size += chunk.length
    if (size > largest) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** `GET /api/v1/{town}/choices` */
export const getChoices = (visit: Visit): Promise<Response> =>
  visit.tx(async (tx) => json(offered(await modelInForce(tx), visit.language, 'residents')))
