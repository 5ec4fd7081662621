import { emptyForm, inWords, parseForm, type FormState } from '#platform/forms/index.ts'
import { formats, languages } from '#platform/i18n/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, Card, Checkboxes, EmptyState, ErrorSummary, Form, Lead, Notice, Select, TextField } from '#ui/index.ts'
import { subscribe } from '../../commands/subscribe.ts'
import { topics, type Topic } from '../../queries.ts'
import { published, type Published } from '../../queries/issues.ts'
import { wish } from '../../schema.ts'
import { shownOnForm, wordingOf } from '../../wording.ts'
import { publicWords } from '../../words.ts'
import { asPublic } from './asPublic.ts'

/** `/{town}/newsletter`: subscribe, and read what has appeared. */
export async function get(visit: Visit): Promise<View> {
  if (visit.url.searchParams.has('bestellt')) return asked(visit)
  return view(visit, emptyForm({ language: visit.language }))
}

/** The same page for every address, whether it is known or not. */
export async function post(visit: Visit): Promise<Response | View> {
  const { language } = visit
  const parsed = parseForm(wish, await visit.form(), inWords(publicWords(language), language))
  if (!parsed.ok) return { ...(await view(visit, parsed.state)), status: 422, error: true }
  await asPublic(visit, async (tx) => {
    const all = await topics(tx)
    const chosen = parsed.data.topics.filter((id) => all.some((topic) => topic.id === id))
    await subscribe(
      tx,
      { ...parsed.data, topics: chosen.length > 0 ? chosen : all.map(({ id }) => id) },
      { wording: wordingOf(language, visit.town.name, all), page: visit.origin + addresses.newsletter(visit.town) },
    )
  })
  return redirect(`${addresses.newsletter(visit.town)}?bestellt`)
}

function asked(visit: Visit): View {
  const t = publicWords(visit.language)
  return {
    layout: 'public',
    title: t('asked.title'),
    back: addresses.newsletter(visit.town),
    body: (
      <>
        <Notice kind="waiting">{t('asked.text')}</Notice>
        <p>{t('asked.none')}</p>
      </>
    ),
  }
}

async function view(visit: Visit, form: FormState): Promise<View> {
  const { all, issues } = await asPublic(visit, async (tx) => ({ all: await topics(tx), issues: await published(tx) }))
  const t = publicWords(visit.language)
  const shown = shownOnForm(visit.language, visit.town.name, all)
  return {
    layout: 'public',
    title: t('title'),
    back: addresses.town(visit.town),
    body: (
      <>
        <ErrorSummary form={form} />
        <Lead>{shown.lead}</Lead>
        <Card title={shown.title} next>
          <Form action={addresses.newsletter(visit.town)} token={visit.token}>
            <TextField
              name="address"
              type="email"
              autocomplete="email"
              label={shown.address}
              hint={shown.addressHint}
              form={form}
            />
            <Choices all={all} form={form} shown={shown} />
            <p>{shown.consent}</p>
            <p class="hint">{shown.privacy}</p>
            <Button>{shown.button}</Button>
          </Form>
        </Card>
        <Archive visit={visit} issues={issues} />
      </>
    ),
  }
}

type Shown = Pick<ReturnType<typeof shownOnForm>, 'topics' | 'topicsHint' | 'topicNames' | 'language'>

/** Topics and language; also on one's own page. */
export const Choices = ({
  all,
  form,
  shown,
  hint,
}: {
  all: readonly Topic[]
  form: FormState
  shown: Shown
  hint?: false
}) => (
  <>
    {all.length > 0 && (
      <Checkboxes
        name="topics"
        label={shown.topics}
        hint={hint === false ? undefined : shown.topicsHint}
        form={form}
        optional={hint !== false}
        options={all.map(({ id }, index) => ({ value: id, label: shown.topicNames[index]! }))}
      />
    )}
    <Select
      name="language"
      label={shown.language}
      form={form}
      options={languages.map(({ id, name }) => ({ value: id, label: name }))}
    />
  </>
)

function Archive({ visit, issues }: { visit: Visit; issues: readonly Published[] }) {
  const t = publicWords(visit.language)
  const { day } = formats(visit.language)
  return (
    <section>
      <h2>{t('archive.title')}</h2>
      {issues.length === 0 && <EmptyState>{t('archive.empty')}</EmptyState>}
      <ul class="plain">
        {issues.map(({ number, subject, language, on }) => (
          <li>
            <a href={addresses.newsletterIssue(visit.town, number)} lang={language}>
              {subject}
            </a>{' '}
            <span class="quiet">{t('issue.line', { number, day: day(on) })}</span>
          </li>
        ))}
      </ul>
      <p>
        <a href={addresses.newsletterFeed(visit.town)}>{t('archive.feed')}</a>
      </p>
    </section>
  )
}
