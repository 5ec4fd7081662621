import { probeMark, type WriteLetter } from '#platform/mail/index.ts'
import * as addresses from '#app/addresses.ts'
import { words } from '../words.ts'
import { townOf } from './confirmLetters.ts'
import { listHeaders } from './issueLetters.ts'

const t = words('de')

/** Looks to mail programs like an issue, so that what signs on the way treats it like one; it ends nobody's newsletter. */
export const probeLetter: WriteLetter = async (tx, { thing }, origin) => {
  const town = await townOf(tx)
  const page = origin + addresses.mailProbe(town.slug)
  const text = t('probe.letter', { page })
  return {
    subject: t('probe.letter.subject'),
    text,
    html: `<!doctype html><html lang="de"><body><p>${text.replaceAll('&', '&amp;')}</p></body></html>`,
    probe: thing?.slice('probe:'.length),
    headers: {
      ...listHeaders(town, origin, origin + addresses.newsletterLeave(town.slug, 'probe')),
      [probeMark]: 'yes',
    },
  }
}
