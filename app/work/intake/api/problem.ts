import type { WordKey } from '../words.ts'
import { words } from '../words.ts'

export interface FieldFault {
  readonly field: string
  readonly message: string
}

/** Problem details per RFC 9457, in German: which field, what is wrong, how to mend it. */
export function problem(
  status: number,
  title: WordKey,
  more: { detail?: string; errors?: FieldFault[] } = {},
): Response {
  const body = { type: 'about:blank', title: words('de')(title), status, ...more }
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
  })
}

export const json = (body: unknown, status = 200): Response =>
  new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  })
