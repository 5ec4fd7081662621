import words from './locales/de.json' with { type: 'json' }

export type WordKey = keyof typeof words

/** The German sentence for `key`; {name} is replaced by the value of that name. */
export function say(key: WordKey, values: Record<string, string | number> = {}): string {
  return words[key].replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}
