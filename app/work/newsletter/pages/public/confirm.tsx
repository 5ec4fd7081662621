import type { View, Visit } from '#platform/web/index.ts'
import { redirect } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, ButtonLink, Form, Lead, Notice } from '#ui/index.ts'
import { confirm, confirmationOf, type Confirmation } from '../../commands/consent.ts'
import { subscribe } from '../../commands/subscribe.ts'
import { addressOf, subscriberById, topics } from '../../queries.ts'
import { wish } from '../../schema.ts'
import { wordingOf } from '../../wording.ts'
import { publicWords } from '../../words.ts'
import { asPublic } from './asPublic.ts'

const token = (visit: Visit) => visit.params.token ?? ''

/** `/{town}/newsletter/bestaetigen/{token}`: opening it changes nothing, whoever or whatever opens it. */
export const get = async (visit: Visit): Promise<View> =>
  view(visit, (await asPublic(visit, (tx) => confirmationOf(tx, token(visit)))).state)

/** The button: says yes, or has a new link sent when this one came too late. */
export async function post(visit: Visit): Promise<Response | View> {
  const found = await asPublic(visit, (tx) => confirm(tx, token(visit)))
  if (found.state !== 'late' || (await visit.form()).again !== 'yes') return view(visit, found.state)
  await asPublic(visit, async (tx) => {
    const row = (await subscriberById(tx, found.subscriber))!
    const to = await addressOf(tx, row)
    if (to === undefined) return
    const wording = wordingOf(visit.language, visit.town.name, await topics(tx))
    await subscribe(tx, wish.parse({ address: to, topics: row.topics, language: row.language }), {
      wording,
      page: visit.origin + addresses.newsletter(visit.town),
    })
  })
  return redirect(`${addresses.newsletter(visit.town)}?bestellt`)
}

const titles = {
  open: 'confirm.title',
  done: 'confirm.done.title',
  late: 'confirm.late.title',
  unknown: 'confirm.unknown.title',
} as const

function view(visit: Visit, state: Confirmation['state']): View {
  const t = publicWords(visit.language)
  const here = addresses.newsletterConfirm(visit.town, token(visit))
  return {
    layout: 'public',
    title: t(titles[state]),
    body: (
      <>
        {state === 'open' && (
          <Form action={here} token={visit.token}>
            <Lead>{t('confirm.text', { town: visit.town.name })}</Lead>
            <Button>{t('confirm.button')}</Button>
          </Form>
        )}
        {state === 'done' && <Notice kind="done">{t('confirm.done.text')}</Notice>}
        {state === 'late' && (
          <Form action={here} token={visit.token}>
            <Lead>{t('confirm.late.text')}</Lead>
            <Button name="again" value="yes">
              {t('confirm.late.button')}
            </Button>
          </Form>
        )}
        {state === 'unknown' && (
          <>
            <Lead>{t('confirm.unknown.text')}</Lead>
            <ButtonLink href={addresses.newsletter(visit.town)}>{t('again')}</ButtonLink>
          </>
        )}
      </>
    ),
  }
}
