import { passagesOf } from '#work/intake/index.ts'
import { say, secretFormats, type Compiled } from '#work/model/index.ts'

/** Stems that speak of a mediation, whatever the model calls its formats. */
const stems = /medi(?:at|ier|and)|shuttle|allparteilich/iu
/** What stands in place of a sentence that does not leave the office. */
export const leftOut = '[…]'

/** Tells whether a text speaks of a mediation: by the usual words, or by the model's own names for such formats. */
export function speaksOfSecret(model: Compiled): (text: string) => boolean {
  const names = model.model.formats
    .filter(({ kind }) => (secretFormats as readonly string[]).includes(kind))
    .map(({ name }) => say(name, 'de').toLocaleLowerCase('de'))
  return (text) => stems.test(text) || names.some((name) => text.toLocaleLowerCase('de').includes(name))
}

/** The text without its sentences that speak of a mediation. */
export function withoutSecret(text: string, secret: (text: string) => boolean): string {
  if (!secret(text)) return text
  const kept = passagesOf(text).map((passage) => (secret(passage.text) ? leftOut : passage.text))
  // A secret may lie across two sentences, where neither tells it alone.
  const joined = kept.join(' ')
  return secret(joined) ? leftOut : joined
}
