import { chosen, emptyForm } from '#platform/forms/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, Checkboxes, Form, Lead, SummaryList } from '#ui/index.ts'
import { modelInForce, readersToExclude, say, word, type Compiled } from '#work/model/index.ts'
import { askedExclusions, releaseReport, type Asked } from '../../commands/release.ts'
import { words } from '../../words.ts'

const t = words('de')

/** `/{town}/eingang/{report}/lesesperre`: who must not read this report? */
export async function get(visit: Visit): Promise<View> {
  const { model, asked } = await visit.tx(async (tx) => ({
    model: await modelInForce(tx),
    asked: await askedExclusions(tx, visit.params.report ?? ''),
  }))
  return {
    layout: 'staff',
    at: addresses.inbox(visit.town),
    back: addresses.reportPage(visit.town, visit.params.report ?? ''),
    title: t('release.title'),
    body: <Release visit={visit} model={model} asked={asked} />,
  }
}

export async function post(visit: Visit): Promise<Response> {
  const persons = chosen(emptyForm(await visit.form()), 'persons')
  await visit.tx((tx) => releaseReport(tx, visit.params.report ?? '', persons))
  return redirect(addresses.inbox(visit.town))
}

function Release({ visit, model, asked }: { visit: Visit; model: Compiled; asked: Asked }) {
  const offices = readersToExclude(model).filter(({ id }) => asked.offices.includes(id))
  const form = emptyForm({ persons: asked.persons.filter(({ named }) => named).map(({ id }) => id) })
  return (
    <>
      <Lead>{t('release.lead')}</Lead>
      <SummaryList
        rows={[
          ...(offices.length > 0
            ? [{ label: t('release.offices'), value: offices.map(({ name }) => say(name, 'de')).join(', ') }]
            : []),
          ...(asked.typed.length > 0 ? [{ label: t('release.typed'), value: asked.typed.join(', ') }] : []),
        ]}
      />
      <Form action={addresses.reportPage(visit.town, visit.params.report ?? '', 'lesesperre')} token={visit.token}>
        <Checkboxes
          name="persons"
          label={t('release.persons')}
          hint={t('release.persons.hint')}
          form={form}
          options={asked.persons.map(({ id, name, roles }) => ({
            value: id,
            label: name,
            hint: roles.map((role) => (model.roles.has(role) ? word(model, role).one : role)).join(', '),
          }))}
        />
        <Button>{t('release.save')}</Button>
      </Form>
    </>
  )
}
