import { sliceWords } from '#platform/i18n/index.ts'
import type { Difference } from './diff.ts'
import type { Fault } from './faults.ts'
import de from './locales/de.json' with { type: 'json' }

type Key = keyof typeof de & string
export const texts = sliceWords('model', { de })

const isKey = (key: string): key is Key => Object.hasOwn(de, key)

/** Things code fixes, and the key of their German name. */
const keys = {
  verb: (id: string) => `verb.${id}`,
  kind: (id: string) => `kind.${id}`,
  component: (id: string) => `component.${id}`,
  gate: (id: string) => `gate.${id}`,
  retention: (id: string) => `retention.${id}`,
  channel: (id: string) => `channel.${id}`,
  contact: (id: string) => `contact.${id}`,
  language: (id: string) => `language.${id}`,
  scope: (id: string) => `scope.${id}`,
}
type Group = keyof typeof keys
const isGroup = (text: string | undefined): text is Group => text !== undefined && Object.hasOwn(keys, text)

/** The German name of something code fixes: a verb, a kind of step, a gate …; an unknown id stays as it is. */
export function label(group: Group, id: string): string {
  const key = keys[group](id)
  return isKey(key) ? texts('de')(key) : id
}

/** Values that are ids of fixed things, with the group of their names. */
const named: Readonly<Record<string, Group>> = {
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
    named[name] ? label(named[name], String(value)) : value,
  ])
  return texts('de')(key, Object.fromEntries(shown))
}

/** A fault as a sentence for the people who make the model. */
export const faultText = ({ key, values }: Fault): string => sentence(`fault.${key}`, values)

/** A difference as a line. */
export function differenceText({ key, values }: Difference): string {
  const set = /^(right|channel|contact|language)(Came|Went)$/.exec(key)?.[1]
  const group = set === 'right' ? 'verb' : set
  if (isGroup(group)) {
    const names = String(values['names'])
      .split(', ')
      .map((id) => label(group, id))
    return sentence(`diff.${key}`, { ...values, names: names.join(', ') })
  }
  if (key === 'stepKind')
    return sentence('diff.stepKind', {
      ...values,
      before: label('kind', String(values['before'])),
      after: label('kind', String(values['after'])),
    })
  return sentence(`diff.${key}`, values)
}
