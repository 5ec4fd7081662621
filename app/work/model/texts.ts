import { sliceWords } from '#platform/i18n/index.ts'
import type { Difference } from './diff.ts'
import type { Fault } from './faults.ts'
import de from './locales/de.json' with { type: 'json' }

type Key = keyof typeof de & string
export const texts = sliceWords('model', { de })

const isKey = (key: string): key is Key => Object.hasOwn(de, key)

/** What code fixes has a German name: `verb`, `kind` (of step), `component`, `gate`, `retention`, `channel` … */
export function label(group: string, id: string): string {
  const key = `${group}.${id}`
  return isKey(key) ? texts('de')(key) : id
}

/** Values that are ids of fixed things, with the group of their names. */
const named: Readonly<Record<string, string>> = {
  verb: 'verb',
  a: 'verb',
  b: 'verb',
  stepKind: 'kind',
  component: 'component',
  gate: 'gate',
  retention: 'retention',
  channel: 'channel',
  language: 'language',
  scope: 'scope',
}

function sentence(key: string, values: Readonly<Record<string, string | number>>): string {
  if (!isKey(key)) throw new Error(`no sentence model/${key}`)
  const shown = Object.entries(values).map(([name, value]) => [
    name,
    name in named ? label(named[name] ?? '', String(value)) : value,
  ])
  return texts('de')(key, Object.fromEntries(shown))
}

/** A fault as a sentence for the people who make the model. */
export const faultText = ({ key, values }: Fault): string => sentence(`fault.${key}`, values)

/** A difference as a line. */
export function differenceText({ key, values }: Difference): string {
  const group = /^(right|channel|contact|language)(Came|Went)$/.exec(key)?.[1]
  if (group) {
    const names = String(values['names']).split(', ')
    return sentence(`diff.${key}`, {
      ...values,
      names: names.map((id) => label(group === 'right' ? 'verb' : group, id)).join(', '),
    })
  }
  if (key === 'stepKind')
    return sentence('diff.stepKind', {
      ...values,
      before: label('kind', String(values['before'])),
      after: label('kind', String(values['after'])),
    })
  return sentence(`diff.${key}`, values)
}
