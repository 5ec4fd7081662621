import { pino, type Logger } from 'pino'

export type Log = Pick<Logger, 'info' | 'warn' | 'error' | 'debug'>

/** What an error quotes is what somebody wrote: addresses, codes, ids, queries and anything in quotation marks. */
const quoted =
  /\S*\?\S*=\S*|"[^"]*"?|'[^']*'|`[^`]*`|„[^“]*“?|[^\s@]+@[^\s@]+|[0-9a-f-]{32,}|\d[\d\s]{5,}\d|\/[\w-]+\/\S+/giu

function messageOf({ name, message }: Error): string | undefined {
  // The parser of JSON quotes what it was given, with or without quotation marks.
  if (name === 'SyntaxError' || typeof message !== 'string') return undefined
  return message.split('\n', 1)[0]!.replaceAll(quoted, '…').slice(0, 200)
}

/** The places an error went through. A message of several lines stands in the stack too and must not pass as one. */
function framesOf({ stack, message }: Error): string[] | undefined {
  if (typeof stack !== 'string') return undefined
  const places = stack.includes(message) ? stack.slice(stack.indexOf(message) + message.length) : ''
  return places
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 12)
}

/**
 * Database errors carry values in `detail`, `where`, `hint`, parameters and message; only code, place and constraint
 * may be written down. Of other errors the first line of the message, without what it quotes.
 */
function withoutValues(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { name: typeof error }
  const { name, code, table, constraint, schema } = error as Record<string, string | undefined> & Error
  const message = code === undefined ? messageOf(error) : undefined
  return { name, code, schema, table, constraint, message, frames: framesOf(error) }
}

/** One JSON line per happening on standard output; nothing personal, no addresses, no paths with codes. */
export function createLog(level: string = process.env.LOG_LEVEL ?? 'info', to?: { write(line: string): void }): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: withoutValues },
    },
    to ?? pino.destination({ fd: 2, sync: false }),
  )
}

export const silentLog: Log = pino({ level: 'silent' })
