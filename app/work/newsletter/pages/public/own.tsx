import { emptyForm, inWords, parseForm, type FormState } from '#platform/forms/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, ButtonLink, Card, ErrorSummary, Form, Lead, Notice } from '#ui/index.ts'
import { changePreferences } from '../../commands/consent.ts'
import { readOwnToken } from '../../links.ts'
import { subscriberById, topics } from '../../queries.ts'
import { preferences } from '../../schema.ts'
import { shownOnForm } from '../../wording.ts'
import { publicWords } from '../../words.ts'
import { asPublic } from './asPublic.ts'
import { Choices } from './subscribe.tsx'

const token = (visit: Visit) => visit.params.token ?? ''

/** Whose page this is; undefined for a link nobody made and a subscription that has ended. */
const load = (visit: Visit) =>
  asPublic(visit, async (tx) => {
    const id = readOwnToken((purpose, value) => tx.lookup(purpose, value), token(visit))
    const row = id ? await subscriberById(tx, id) : undefined
    return row?.state === 'confirmed' ? { row, all: await topics(tx) } : undefined
  })

/** `/{town}/newsletter/einstellungen/{token}`: what comes, and the way out. */
export async function get(visit: Visit): Promise<View> {
  const found = await load(visit)
  return view(visit, found && emptyForm({ topics: found.row.topics, language: found.row.language }))
}

export async function post(visit: Visit): Promise<Response | View> {
  const found = await load(visit)
  const parsed = parseForm(preferences, await visit.form(), inWords(publicWords(visit.language), visit.language))
  if (!found) return view(visit, undefined)
  if (!parsed.ok) return { ...(await view(visit, parsed.state)), status: 422, error: true }
  const known = parsed.data.topics.filter((id) => found.all.some((topic) => topic.id === id))
  await asPublic(visit, (tx) => changePreferences(tx, found.row.id, { ...parsed.data, topics: known }))
  return redirect(`${addresses.newsletterOwn(visit.town, token(visit))}?gespeichert`)
}

async function view(visit: Visit, form: FormState | undefined): Promise<View> {
  const t = publicWords(visit.language)
  if (!form)
    return {
      layout: 'public',
      title: t('confirm.unknown.title'),
      status: 404,
      body: (
        <>
          <Lead>{t('confirm.unknown.text')}</Lead>
          <ButtonLink href={addresses.newsletter(visit.town)}>{t('again')}</ButtonLink>
        </>
      ),
    }
  const all = await asPublic(visit, topics)
  const shown = shownOnForm(visit.language, visit.town.name, all)
  return {
    layout: 'public',
    title: t('own.title'),
    body: (
      <>
        <ErrorSummary form={form} />
        {visit.url.searchParams.has('gespeichert') && <Notice kind="done">{t('own.saved')}</Notice>}
        <Lead>{t('own.lead')}</Lead>
        <Form action={addresses.newsletterOwn(visit.town, token(visit))} token={visit.token}>
          <Choices all={all} form={form} shown={shown} hint={false} />
          <Button>{t('own.button')}</Button>
        </Form>
        <Card title={t('leave.title')}>
          <ButtonLink href={addresses.newsletterLeave(visit.town, token(visit))} look="secondary">
            {t('leave.button')}
          </ButtonLink>
        </Card>
      </>
    ),
  }
}
