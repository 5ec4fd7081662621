import type { FormState } from '#platform/forms/index.ts'
import type { Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, Card, Checkbox, Form, MoreDetails, Radios, TextArea, TextField } from '#ui/index.ts'
import { Asks } from '#work/cases/index.ts'
import { say, type Compiled } from '#work/model/index.ts'
import type { OpenedReport } from '../../../queries.ts'
import { asksAt, type Way } from '../../../ways.ts'
import { words } from '../../../words.ts'
import { Because, SecondReason } from './reasons.tsx'
import type { Together } from './together.tsx'

const t = words('de')

const WatchUntil = ({ form }: { form: FormState }) => (
  <TextField name="watchUntil" label={t('decide.watchUntil')} hint={t('decide.watchUntil.hint')} form={form} short />
)

/** What the check came to, asked by the model; most reports go on without. */
function Found({ model, step, form }: { model: Compiled; step: string; form: FormState }) {
  const questions = asksAt(model, step)
  return questions.length === 0 ? null : (
    <MoreDetails title={t('decide.found')}>
      <Asks fields={questions} form={form} />
    </MoreDetails>
  )
}

/** The ways on from here, and what they need. */
export function Decide({
  visit,
  report,
  model,
  ways,
  together,
  form,
}: {
  visit: Visit
  report: OpenedReport
  model: Compiled
  ways: readonly Way[]
  together: Together
  form: FormState
}) {
  const kinds = new Set<string>(ways.map((way) => way.kind))
  // Bundling chooses other reports and referring makes a letter, so both have a page of their own.
  const here = ways.filter(({ kind }) => kind !== 'bundle' && kind !== 'refer')
  const refer = ways.find(({ kind }) => kind === 'refer')
  const second = here.find((way) => way.second)?.second
  return (
    <Card title={t('report.next')}>
      <Form action={addresses.reportPage(visit.town, report.id)} token={visit.token}>
        <input type="hidden" name="version" value={String(form.values.version ?? report.version)} />
        <Radios
          name="to"
          label={t('decide.to')}
          form={form}
          options={here.map((way) => ({ value: way.to, label: say(way.button, 'de') }))}
        />
        {kinds.has('open') && (
          <TextField name="matter" label={t('decide.matter')} hint={t('decide.matter.hint')} form={form} />
        )}
        {kinds.has('watch') && <WatchUntil form={form} />}
        <Found model={model} step={report.step} form={form} />
        <Because model={model} kinds={here.map(({ kind }) => kind)} form={form} />
        <TextArea name="answer" label={t('decide.answer')} hint={t('decide.answer.hint')} form={form} optional />
        {second && <SecondReason effect={second.effect} form={form} />}
        {together.piled > 1 && <Checkbox name="pile" label={t('pile.all', { count: together.piled })} form={form} />}
        <Button>{t('decide.save')}</Button>
      </Form>
      {refer && (
        <p>
          <a href={addresses.referral(visit.town, report.id)}>{say(refer.button, 'de')}</a>
        </p>
      )}
      {kinds.has('bundle') && visit.mayElsewhere('intake.decide') && (
        <p>
          <a href={addresses.bundle(visit.town, report.id)}>{t('bundle.link')}</a>
        </p>
      )}
    </Card>
  )
}
