import { compile, type Compiled } from '../compile.ts'
import grundstruktur from '../documents/grundstruktur.json' with { type: 'json' }
import klein from '../documents/klein-anfangen.json' with { type: 'json' }
import auental from '../documents/kreis-auental.json' with { type: 'json' }
import lindenau from '../documents/lindenau.json' with { type: 'json' }

export function compiled(document: unknown): Compiled {
  const outcome = compile(document)
  if ('ok' in outcome) return outcome.ok
  throw new Error(outcome.faults.map(({ key, path }) => `${key} ${path}`).join(', '))
}

/** The shipped models, for tests. */
export const models = {
  grundstruktur: compiled(grundstruktur),
  'klein-anfangen': compiled(klein),
  lindenau: compiled(lindenau),
  'kreis-auental': compiled(auental),
}
