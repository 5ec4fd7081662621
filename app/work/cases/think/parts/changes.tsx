import { formats } from '#platform/i18n/index.ts'
import type { Field } from '#work/model/index.ts'
import { askName } from '../../rules.ts'
import type { Change } from '../compare.ts'
import type { Parties } from '../queries.ts'
import { words } from '../words.ts'
import { nameOf, ofParty, sayValue } from './written.ts'

const t = words('de')

interface Context {
  readonly parties: Pick<Parties, 'label'>
  readonly fields: readonly Field[]
}

const how = (from: string, to: string) => (from === '' ? 'added' : to === '' ? 'dropped' : 'changed')

/** One change as a sentence. */
export function sentence(change: Change, { parties, fields }: Context): string {
  const { list } = formats('de')
  const names = (values: readonly string[]) => list(values.map((one) => sayValue('content', one)))
  switch (change.kind) {
    case 'stage': {
      const whose = ofParty(parties.label(change.party))
      const { from, to } = change
      if (from !== undefined && to !== undefined) return t('change.stage', { whose, from, to })
      return to === undefined
        ? t('change.stage.gone', { whose, from: from ?? 0 })
        : t('change.stage.new', { whose, to })
    }
    case 'choice': {
      const value = (one: string | undefined) => (one ? sayValue(change.field, one) : t('change.open'))
      return t('change.choice', { what: t(`depth.${change.field}`), from: value(change.from), to: value(change.to) })
    }
    case 'content':
      return [
        ...(change.came.length > 0 ? [t('change.content.came', { names: names(change.came) })] : []),
        ...(change.went.length > 0 ? [t('change.content.went', { names: names(change.went) })] : []),
      ].join(' ')
    case 'text':
      return t(`change.text.${how(change.from, change.to)}`, { what: nameOf(change.field, fields, parties) })
    case 'party-text':
      return t(`change.text.${how(change.from, change.to)}`, {
        what: nameOf(`${change.field}-${change.party}`, fields, parties),
      })
    case 'answer':
      return t(`change.text.${how(change.from, change.to)}`, {
        what: nameOf(askName({ id: change.field }), fields, parties),
      })
  }
}

/**
 * The same for a second assessor's view: what she left open is no difference, because she begins on an empty page.
 * Undefined where there is nothing to say.
 */
export function difference(change: Change, context: Context): string | undefined {
  const { parties, fields } = context
  if (change.kind === 'stage') {
    const { from, to } = change
    const whose = ofParty(parties.label(change.party))
    if (to === undefined) return undefined
    return from === undefined ? sentence(change, context) : t('differ.stage', { whose, from, to })
  }
  if (change.kind === 'content') return change.came.length > 0 ? sentence(change, context) : undefined
  if (!change.to) return undefined
  if (change.kind === 'choice') {
    const [from, to] = [change.from, change.to].map((one) => (one ? sayValue(change.field, one) : t('change.open')))
    return t('differ.choice', { what: t(`depth.${change.field}`), from: from ?? '', to: to ?? '' })
  }
  const field =
    change.kind === 'party-text'
      ? `${change.field}-${change.party}`
      : change.kind === 'answer'
        ? askName({ id: change.field })
        : change.field
  return t(change.from === '' ? 'differ.only' : 'differ.text', { what: nameOf(field, fields, parties) })
}
