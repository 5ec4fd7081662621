import * as addresses from '#app/addresses.ts'
import type { Letters, WriteLetter } from '#platform/mail/index.ts'
import { stopToken } from './commands/recover.ts'
import { ownSlug } from './queries.ts'
import { words } from './words.ts'

const t = words('de')

const recovery =
  (kind: 'asked' | 'confirmed' | 'issued'): WriteLetter =>
  async (tx, { thing }, origin) => {
    const slug = await ownSlug(tx)
    const token = stopToken(tx, (thing ?? '').slice('recovery:'.length))
    const link = origin + (kind === 'issued' ? addresses.signIn(slug) : addresses.lostAccess(slug, token))
    return { subject: t(`letter.recovery.${kind}.subject`), text: t(`letter.recovery.${kind}.text`, { link }) }
  }

const roles: WriteLetter = async (tx, _about, origin) => {
  const link = origin + addresses.ownAccess(await ownSlug(tx))
  return { subject: t('letter.roles.subject'), text: t('letter.roles.text', { link }) }
}

export const letters: Letters = {
  'people.roles': roles,
  'people.recovery.asked': recovery('asked'),
  'people.recovery.confirmed': recovery('confirmed'),
  'people.recovery.issued': recovery('issued'),
}
