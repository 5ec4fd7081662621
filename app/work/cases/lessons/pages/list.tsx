import { formats } from '#platform/i18n/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, Card, EmptyState, Form, Lead } from '#ui/index.ts'
import { answerLesson, withdrawLesson } from '../commands.ts'
import { askedLessons, lessons, type Draft } from '../queries.ts'
import { words } from '../words.ts'

const t = words('de')
const maySecond = (visit: Visit) => visit.may('second.decide')

/** `/{town}/faelle/lehren`: what cases taught, and what waits for a second person. */
export async function get(visit: Visit): Promise<View> {
  const { asked, all } = await visit.tx(async (tx) => ({
    asked: maySecond(visit) ? await askedLessons(tx, visit.person?.id ?? '') : [],
    all: await lessons(tx),
  }))
  return {
    layout: 'staff',
    at: addresses.cases(visit.town),
    back: addresses.cases(visit.town),
    title: t('list.title'),
    body: (
      <>
        <Lead>{t('list.lead')}</Lead>
        {asked.map((draft) => (
          <Asked visit={visit} draft={draft} />
        ))}
        {all.length === 0 && <EmptyState>{t('list.none')}</EmptyState>}
        {all.map(({ id, title, text, releasedOn }) => (
          <Card title={title}>
            <p class="as-typed">{text}</p>
            <p class="quiet">{t('list.released', { day: formats('de').day(releasedOn) })}</p>
            {maySecond(visit) && (
              <Form action={addresses.lessons(visit.town)} token={visit.token}>
                <input type="hidden" name="lesson" value={id} />
                <Button name="do" value="withdraw" look="quiet">
                  {t('list.withdraw')}
                  <span class="hidden-visually">: {title}</span>
                </Button>
              </Form>
            )}
          </Card>
        ))}
      </>
    ),
  }
}

const Asked = ({ visit, draft: { id, title, text } }: { visit: Visit; draft: Draft }) => (
  <Card title={t('asked.title', { title })} next>
    <p class="as-typed">{text}</p>
    <p class="quiet">{t('asked.lead')}</p>
    <Form action={addresses.lessons(visit.town)} token={visit.token}>
      <input type="hidden" name="lesson" value={id} />
      <Button name="do" value="release">
        {t('asked.release')}
      </Button>{' '}
      <Button name="do" value="back" look="secondary">
        {t('asked.back')}
      </Button>
    </Form>
  </Card>
)

export async function post(visit: Visit): Promise<Response> {
  const { lesson, do: deed } = await visit.form()
  const id = /^[0-9a-f-]{36}$/.test(String(lesson)) ? String(lesson) : undefined
  if (id && deed === 'withdraw') await visit.tx((tx) => withdrawLesson(tx, id))
  else if (id && (deed === 'release' || deed === 'back'))
    await visit.tx((tx) => answerLesson(tx, id, deed === 'release'))
  return redirect(addresses.lessons(visit.town))
}
