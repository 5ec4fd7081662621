import { FormUnreadable, type RawForm } from '#platform/forms/index.ts'
import type { View, Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, Form, Lead, Notice } from '#ui/index.ts'
import { withdraw } from '../../commands/consent.ts'
import { readOwnToken } from '../../links.ts'
import { publicWords } from '../../words.ts'
import { asPublic } from './asPublic.ts'

const token = (visit: Visit) => visit.params.token ?? ''

/** `/{town}/newsletter/abmelden/{token}`: a page with one button; scanners that open it end nothing. */
export const get = (visit: Visit): View => {
  const t = publicWords(visit.language)
  return {
    layout: 'public',
    title: t('leave.title'),
    body: (
      <Form action={addresses.newsletterLeave(visit.town, token(visit), 'beenden')} token={visit.token}>
        <Lead>{t('leave.text')}</Lead>
        <Button>{t('leave.button')}</Button>
      </Form>
    ),
  }
}

const end = (visit: Visit, by: 'link' | 'one-click') =>
  asPublic(visit, async (tx) => {
    const id = readOwnToken((purpose, value) => tx.lookup(purpose, value), token(visit))
    if (id) await withdraw(tx, id, by)
  })

/**
 * What a mail program posts by itself (RFC 8058): no cookie, no form token, multipart or urlencoded, and the same
 * short answer for every token, so that nobody learns whose it is. The only address that takes a form without its page.
 */
export async function post(visit: Visit): Promise<Response> {
  const form = await visit.form().catch((error: unknown) => {
    if (error instanceof FormUnreadable) return {} as RawForm
    throw error
  })
  if (form['List-Unsubscribe'] !== 'One-Click') return new Response(null, { status: 400 })
  await end(visit, 'one-click')
  return new Response(null, { status: 200 })
}

/** `/{town}/newsletter/abmelden/{token}/beenden`: the button of the page. */
export async function done(visit: Visit): Promise<View> {
  await end(visit, 'link')
  const t = publicWords(visit.language)
  return {
    layout: 'public',
    title: t('leave.done.title'),
    body: <Notice kind="done">{t('leave.done.text')}</Notice>,
  }
}
