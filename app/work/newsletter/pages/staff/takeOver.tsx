import { emptyForm, typed, withError, type FormState } from '#platform/forms/index.ts'
import type { View, Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, Card, ErrorSummary, Form, Lead, Notice, TextArea } from '#ui/index.ts'
import { checkList, takeOver } from '../../commands/takeOver.ts'
import { topics } from '../../queries.ts'
import type { ReadList } from '../../takeOver.ts'
import { wordingOf } from '../../wording.ts'
import { words } from '../../words.ts'

const t = words('de')

/** `/{town}/newsletter/verwalten/uebernahme`: a list from elsewhere, only with its proofs or a new confirmation. */
export const get = (visit: Visit): View => view(visit, emptyForm())

/** First looks and names every line that cannot be taken; takes only when asked a second time. */
export async function post(visit: Visit): Promise<View> {
  const raw = await visit.form()
  const form = emptyForm(raw)
  const text = typed(form, 'list')
  if (text === '') return { ...view(visit, withError(form, 'list', t('error.list'))), status: 422, error: true }
  if (raw.act !== 'take') return view(visit, form, await visit.tx((tx) => checkList(tx, text)))
  const page = visit.origin + addresses.newsletterDesk(visit.town, 'uebernahme')
  const done = await visit.tx(async (tx) =>
    takeOver(tx, text, { wording: wordingOf('de', visit.town.name, await topics(tx)), page }),
  )
  return view(visit, emptyForm(), undefined, done)
}

function view(visit: Visit, form: FormState, read?: ReadList, done?: { proven: number; asked: number }): View {
  return {
    layout: 'staff',
    at: addresses.newsletterDesk(visit.town),
    back: addresses.newsletterDesk(visit.town),
    title: t('take.title'),
    body: (
      <>
        <ErrorSummary form={form} />
        {done && <Notice kind="done">{t('take.done', done)}</Notice>}
        <Lead>{t('take.lead')}</Lead>
        <p>{t('take.unproven')}</p>
        <Form action={addresses.newsletterDesk(visit.town, 'uebernahme')} token={visit.token}>
          <TextArea name="list" label={t('take.list')} hint={t('take.list.hint')} form={form} rows={10} />
          <Button name="act" value="check" look={read ? 'secondary' : 'primary'}>
            {t('take.check')}
          </Button>
          {read && <Found read={read} />}
        </Form>
      </>
    ),
  }
}

function Found({ read: { lines, faults } }: { read: ReadList }) {
  const proven = lines.filter(({ proof }) => proof).length
  return (
    <Card title={t('take.found')} next>
      <p>{t('take.counts', { proven, asked: lines.length - proven, faults: faults.length })}</p>
      {lines.length > 0 && (
        <Button name="act" value="take">
          {t('take.button', { count: lines.length })}
        </Button>
      )}
      {faults.length > 0 && (
        <ul>
          {faults.map(({ line, fault }) => (
            <li>{t('take.fault', { line, what: t(`take.fault.${fault}`) })}</li>
          ))}
        </ul>
      )}
    </Card>
  )
}
