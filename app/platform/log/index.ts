import { pino, type Logger } from 'pino'

export type Log = Pick<Logger, 'info' | 'warn' | 'error' | 'debug'>

/**
 * Database errors carry values in `detail`, `where`, `hint` and parameters; an error's own message may quote them too.
 * Only the code, the place and the constraint may be written down.
 */
function withoutValues(error: unknown): Record<string, unknown> {
  const { name, code, table, constraint, schema, stack } = error as Record<string, string | undefined> & Error
  const frames =
    typeof stack === 'string'
      ? stack
          .split('\n')
          .filter((line) => /^\s+at /.test(line))
          .slice(0, 12)
      : undefined
  const message = code === undefined ? (error as Error).message : undefined
  return { name, code, schema, table, constraint, message, frames }
}

/** One JSON line per happening on standard output; nothing personal, no addresses, no paths with codes. */
export function createLog(level: string = process.env.LOG_LEVEL ?? 'info'): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: withoutValues },
    },
    pino.destination({ fd: 2, sync: false }),
  )
}

export const silentLog: Log = pino({ level: 'silent' })
