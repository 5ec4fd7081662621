import { chosen, emptyForm, typed, withError, type FormState } from '#platform/forms/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, Checkbox, Checkboxes, ErrorSummary, Form, Lead, Radios, SummaryList } from '#ui/index.ts'
import { modelInForce, readersToExclude, say, word, type Compiled } from '#work/model/index.ts'
import { askedExclusions, HolderBarred, releaseFault, releaseReport, type Asked } from '../../commands/release.ts'
import { words } from '../../words.ts'

const t = words('de')

const load = (visit: Visit) =>
  visit.tx(async (tx) => ({
    model: await modelInForce(tx),
    asked: await askedExclusions(tx, visit.params.report ?? ''),
  }))
type Loaded = Awaited<ReturnType<typeof load>>

/** `/{town}/eingang/{report}/lesesperre`: who must not read this report? */
export async function get(visit: Visit): Promise<View> {
  const loaded = await load(visit)
  const persons = loaded.asked.persons.filter(({ named }) => named).map(({ id }) => id)
  return view(visit, loaded, emptyForm({ persons, holder: '' }))
}

function view(visit: Visit, { model, asked }: Loaded, form: FormState): View {
  return {
    layout: 'staff',
    at: addresses.inbox(visit.town),
    back: addresses.reportPage(visit.town, visit.params.report ?? ''),
    title: t('release.title'),
    body: <Release visit={visit} model={model} asked={asked} form={form} />,
  }
}

export async function post(visit: Visit): Promise<Response | View> {
  const form = emptyForm(await visit.form())
  const said = {
    persons: chosen(form, 'persons'),
    holder: typed(form, 'holder'),
    nobody: typed(form, 'nobody') === 'yes',
  }
  const loaded = await load(visit)
  const mend = (field: string, message: string): View => ({
    ...view(visit, loaded, withError(form, field, message)),
    status: 422,
    error: true,
  })
  const fault = releaseFault(loaded.asked, said)
  if (fault) return mend(fault[0], t(fault[1]))
  try {
    await visit.tx((tx) => releaseReport(tx, visit.params.report ?? '', said.persons, said.holder || undefined))
    return redirect(addresses.inbox(visit.town))
  } catch (error) {
    if (!(error instanceof HolderBarred)) throw error
    return mend('holder', t('release.holder.barred'))
  }
}

const rolesOf = (model: Compiled, roles: readonly string[]): string =>
  roles.map((role) => (model.roles.has(role) ? word(model, role).one : role)).join(', ')

function Release({ visit, model, asked, form }: { visit: Visit; model: Compiled; asked: Asked; form: FormState }) {
  const holders = asked.persons.filter(({ mayHold }) => mayHold)
  const offices = readersToExclude(model).filter(({ id }) => asked.offices.includes(id))
  return (
    <>
      <ErrorSummary form={form} />
      <Lead>{t(asked.inside ? 'release.inside.lead' : 'release.lead')}</Lead>
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
          label={t(asked.inside ? 'release.inside.persons' : 'release.persons')}
          hint={t('release.persons.hint')}
          form={form}
          options={asked.persons.map(({ id, name, roles }) => ({
            value: id,
            label: name,
            hint: rolesOf(model, roles),
          }))}
        />
        {asked.inside && <Checkbox name="nobody" label={t('release.inside.nobody')} form={form} />}
        {holders.length > 0 && (
          <Radios
            name="holder"
            label={t('release.holder')}
            hint={t('release.holder.hint')}
            form={form}
            options={[
              { value: '', label: t('release.holder.none') },
              ...holders.map(({ id, name, roles }) => ({ value: id, label: name, hint: rolesOf(model, roles) })),
            ]}
          />
        )}
        <Button>{t('release.save')}</Button>
      </Form>
    </>
  )
}
