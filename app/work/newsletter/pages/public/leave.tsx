import { FormUnreadable, type RawForm } from '#platform/forms/index.ts'
import type { View, Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, Lead, Notice } from '#ui/index.ts'
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
      <form method="post" action={addresses.newsletterLeave(visit.town, token(visit))}>
        <Lead>{t('leave.text')}</Lead>
        <input type="hidden" name="by" value="page" />
        <Button>{t('leave.button')}</Button>
      </form>
    ),
  }
}

/**
 * What a mail program posts by itself (RFC 8058): no cookie, no form token, multipart or urlencoded, and the same
 * short answer for every token, so that nobody learns whose it is. The page's button posts here as well.
 */
export async function post(visit: Visit): Promise<Response | View> {
  const form = await visit.form().catch((error: unknown) => {
    if (error instanceof FormUnreadable) return {} as RawForm
    throw error
  })
  const byPage = form.by === 'page'
  if (!byPage && form['List-Unsubscribe'] !== 'One-Click') return new Response(null, { status: 400 })
  await asPublic(visit, async (tx) => {
    const id = readOwnToken((purpose, value) => tx.lookup(purpose, value), token(visit))
    if (id) await withdraw(tx, id, byPage ? 'link' : 'one-click')
  })
  return byPage ? done(visit) : new Response(null, { status: 200 })
}

function done(visit: Visit): View {
  const t = publicWords(visit.language)
  return {
    layout: 'public',
    title: t('leave.done.title'),
    body: <Notice kind="done">{t('leave.done.text')}</Notice>,
  }
}
