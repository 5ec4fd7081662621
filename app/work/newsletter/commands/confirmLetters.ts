import { formats, isLanguage, type Language } from '#platform/i18n/index.ts'
import type { Fact } from '#platform/facts/index.ts'
import { mailSettled, type WriteLetter } from '#platform/mail/index.ts'
import { livingKey, recordKey, type TenantTx } from '#platform/tenancy/index.ts'
import * as addresses from '#app/addresses.ts'
import { confirmToken, ownToken } from '../links.ts'
import { verdictOn } from '../rules.ts'
import { mailTemplate } from '../wording.ts'
import { publicWords } from '../words.ts'
import { prove } from './proof.ts'
import { placeOfAddress } from './subscribe.ts'
import { countReturn } from './returns.ts'

export const languageOf = (text: string): Language => (isLanguage(text) ? text : 'de')
export const lookupOf = (tx: TenantTx) => (purpose: string, value: string) => tx.lookup(purpose, value)

export const townOf = (tx: TenantTx) =>
  tx.db
    .selectFrom('platform.municipality')
    .select(['slug', 'name'])
    .where('id', '=', tx.municipality)
    .executeTakeFirstOrThrow()

const idIn = (thing: string | null) => thing?.slice(thing.lastIndexOf(':') + 1) ?? ''

async function about(tx: TenantTx, thing: string | null) {
  const row = await tx.db
    .selectFrom('newsletter.subscriber')
    .selectAll()
    .where('id', '=', idIn(thing))
    .executeTakeFirst()
  const key = row && (await recordKey(tx, row.key_id))
  if (!row || !key) return undefined
  const to = tx.keys.reveal(key, placeOfAddress(row.id), row.address)
  return { row, to, town: await townOf(tx), language: languageOf(row.language) }
}

/** The one mail before consent: who asked, how to say yes, what happens otherwise. Nothing that could be advertising. */
export const confirmationLetter: WriteLetter = async (tx, { thing }, origin) => {
  const found = await about(tx, thing)
  if (!found || found.row.state !== 'requested' || found.row.token_until < tx.now) return undefined
  const { row, to, town, language } = found
  const t = publicWords(language)
  const link = origin + addresses.newsletterConfirm(town.slug, confirmToken(lookupOf(tx), row.id, row.request))
  const until = formats(language).dateTime(row.token_until)
  const imprint = origin + addresses.imprint(town.slug)
  return {
    to,
    subject: t('mail.confirm.subject'),
    text: t('mail.confirm.text', { town: town.name, link, until, imprint }),
  }
}

/** To somebody who is subscribed already, and to her alone. */
export const alreadyLetter: WriteLetter = async (tx, { thing }, origin) => {
  const found = await about(tx, thing)
  if (!found || found.row.state !== 'confirmed') return undefined
  const { row, to, town, language } = found
  const t = publicWords(language)
  const link = origin + addresses.newsletterOwn(town.slug, ownToken(lookupOf(tx), row.id))
  const imprint = origin + addresses.imprint(town.slug)
  return { to, subject: t('mail.already.subject'), text: t('mail.already.text', { town: town.name, link, imprint }) }
}

type Settled = Fact<NonNullable<(typeof mailSettled)['data']>>

/** The mail server's last word: to a confirmation mail it belongs to the proof, to an issue it may end a subscription. */
export async function mailWasSettled(tx: TenantTx, { thing, data }: Settled): Promise<void> {
  if (!data.kind.startsWith('newsletter.')) return
  if (data.kind === 'newsletter.issue')
    return countReturn(tx, idIn(thing), verdictOn(data.status, data.reply), data.status)
  const row = await tx.db
    .selectFrom('newsletter.subscriber')
    .select(['id', 'key_id', 'language', 'request'])
    .where('id', '=', idIn(thing))
    .executeTakeFirst()
  if (!row) return
  const { kind, mail, state, reply, status } = data
  const template = mailTemplate(languageOf(row.language))
  const detail = { kind, message: mail, state, reply, status, template, request: row.request }
  await prove(tx, [{ subscriber: row.id, key: await livingKey(tx, row.key_id), step: 'mailed', detail }])
}
