import { emptyForm, readStaffDay, typed, withError, type FormState } from '#platform/forms/index.ts'
import { formats } from '#platform/i18n/index.ts'
import { berlinDay } from '#platform/kernel/index.ts'
import { redirect, type View, type Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, Card, Form, TextField } from '#ui/index.ts'
import { modelInForce, say, type Compiled } from '#work/model/index.ts'
import { saveInside } from '../../commands/settings.ts'
import { frame, saved, t, wasSaved } from './frame.tsx'

const here = (visit: Visit) => addresses.settings(visit.town, 'intern')
const { day, dayShort, list } = formats('de')
const longest = 300

/** `/{town}/verwaltung/intern`: whether conflicts inside the administration are dealt with here. */
export async function get(visit: Visit): Promise<View> {
  const model = await visit.tx(modelInForce)
  const agreement = model.model.inside?.agreement
  return view(visit, model, emptyForm({ on: agreement ? dayShort(agreement.on) : '', title: agreement?.title ?? '' }))
}

export async function post(visit: Visit): Promise<Response | View> {
  const form = emptyForm(await visit.form())
  const by = { by: visit.person?.name ?? '', note: t('inside.note') }
  if (typed(form, 'do') === 'end') {
    await visit.tx((tx) => saveInside(tx, null, by))
    return redirect(saved(here(visit)))
  }
  const today = berlinDay(visit.now)
  const [on, title] = [readStaffDay(typed(form, 'on'), today), typed(form, 'title').trim()]
  const dated = on && on <= today ? form : withError(form, 'on', t(on ? 'error.day.future' : 'error.day'))
  const checked = title && title.length <= longest ? dated : withError(dated, 'title', t('inside.error.title'))
  if (!on || checked.errors.length > 0) return view(visit, await visit.tx(modelInForce), checked)
  await visit.tx((tx) => saveInside(tx, { on, title }, by))
  return redirect(saved(here(visit)))
}

function view(visit: Visit, model: Compiled, form: FormState): View {
  const { inside } = model.model
  const names = model.model.subjects
    .filter(({ id }) => inside?.subjects.includes(id))
    .map(({ label }) => say(label, 'de'))
  const subjects = list(names)
  const agreement = inside?.agreement
  const lead = !inside
    ? t('inside.none')
    : agreement
      ? t('inside.since', { subjects, day: day(agreement.on), title: agreement.title })
      : t('inside.off', { subjects })
  return frame(
    visit,
    { title: 'inside.title', lead },
    { form, saved: wasSaved(visit) },
    inside && (
      <Card title={t('inside.agreement')}>
        <p>{t('inside.what')}</p>
        <Form action={here(visit)} token={visit.token}>
          <TextField name="on" label={t('inside.on')} hint={t('dates.hint')} form={form} short />
          <TextField name="title" label={t('inside.name')} hint={t('inside.name.hint')} form={form} />
          <Button name="do" value="save" look="secondary">
            {t('inside.save')}
          </Button>
        </Form>
        {agreement && (
          <Form action={here(visit)} token={visit.token}>
            <p>{t('inside.end.hint')}</p>
            <Button name="do" value="end" look="quiet">
              {t('inside.end')}
            </Button>
          </Form>
        )}
      </Card>
    ),
  )
}
