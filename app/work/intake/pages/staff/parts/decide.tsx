import type { FormState } from '#platform/forms/index.ts'
import type { Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Button, Card, Checkbox, Form, Radios, TextArea, TextField } from '#ui/index.ts'
import { say } from '#work/model/index.ts'
import type { OpenedReport } from '../../../queries.ts'
import type { Way } from '../../../ways.ts'
import { words } from '../../../words.ts'
import type { Together } from './together.tsx'

const t = words('de')

/** The ways on from here, and what they need. */
export function Decide({
  visit,
  report,
  ways,
  together,
  form,
}: {
  visit: Visit
  report: OpenedReport
  ways: readonly Way[]
  together: Together
  form: FormState
}) {
  const kinds = new Set<string>(ways.map((way) => way.kind))
  // Bundling chooses other reports, so it has a page of its own.
  const here = ways.filter(({ kind }) => kind !== 'bundle')
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
        {kinds.has('watch') && <TextField name="watchUntil" label={t('decide.watchUntil')} form={form} />}
        <TextArea name="answer" label={t('decide.answer')} hint={t('decide.answer.hint')} form={form} optional />
        {together.piled > 1 && <Checkbox name="pile" label={t('pile.all', { count: together.piled })} form={form} />}
        <Button>{t('decide.save')}</Button>
      </Form>
      {kinds.has('bundle') && (
        <p>
          <a href={addresses.bundle(visit.town, report.id)}>{t('bundle.link')}</a>
        </p>
      )}
    </Card>
  )
}
