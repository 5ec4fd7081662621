import { emptyForm, inWords, parseForm, type FormState } from '#platform/forms/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, Card, ErrorSummary, Form, Lead, Radios, TextField } from '#ui/index.ts'
import { addTopic, closeTopic } from '../../commands/topics.ts'
import { topics } from '../../queries.ts'
import { newTopic } from '../../schema.ts'
import { words } from '../../words.ts'

const t = words('de')
const reaches = ['town', 'network'] as const

/** `/{town}/newsletter/verwalten/themen`: what one can subscribe to. */
export const get = (visit: Visit): Promise<View> => view(visit, emptyForm())

export async function post(visit: Visit): Promise<Response | View> {
  const raw = await visit.form()
  if (typeof raw.close === 'string') {
    const id = raw.close
    await visit.tx((tx) => closeTopic(tx, id))
    return redirect(addresses.newsletterDesk(visit.town, 'themen'))
  }
  const parsed = parseForm(newTopic, raw, inWords(t, 'de'))
  if (!parsed.ok) return { ...(await view(visit, parsed.state)), status: 422, error: true }
  await visit.tx((tx) => addTopic(tx, parsed.data))
  return redirect(addresses.newsletterDesk(visit.town, 'themen'))
}

async function view(visit: Visit, form: FormState): Promise<View> {
  const all = await visit.tx(topics)
  const action = addresses.newsletterDesk(visit.town, 'themen')
  return {
    layout: 'staff',
    at: addresses.newsletterDesk(visit.town),
    back: addresses.newsletterDesk(visit.town),
    title: t('topics.title'),
    body: (
      <>
        <ErrorSummary form={form} />
        <Lead>{t('topics.lead')}</Lead>
        {all.map(({ id, name, reach }) => (
          <Card title={name}>
            <p>{t(`topics.reach.${reach}`)}</p>
            <Form action={action} token={visit.token}>
              <Button name="close" value={id} look="secondary">
                {t('topics.close')}
                <span class="hidden-visually">: {name}</span>
              </Button>
            </Form>
          </Card>
        ))}
        <Card title={t('topics.add')} next>
          <Form action={action} token={visit.token}>
            <TextField name="name" label={t('topics.name')} form={form} />
            <TextField name="nameEn" label={t('topics.name.en')} form={form} optional />
            <Radios
              name="reach"
              label={t('topics.reach')}
              form={form}
              options={reaches.map((value) => ({ value, label: t(`topics.reach.${value}`) }))}
            />
            <Button>{t('topics.add')}</Button>
          </Form>
        </Card>
      </>
    ),
  }
}
