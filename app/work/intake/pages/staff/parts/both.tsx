import { typed, type FormState } from '#platform/forms/index.ts'
import { CompareTexts } from '#ui/index.ts'
import { say, stepOf, type Compiled } from '#work/model/index.ts'
import type { OpenedReport } from '../../../queries.ts'
import { words } from '../../../words.ts'

const t = words('de')

/** Two people decided about one report: what was chosen and written here beside what stands now. */
export function BothDecisions({ report, model, form }: { report: OpenedReport; model: Compiled; form: FormState }) {
  const chosen = model.steps.get(typed(form, 'to'))
  const said = report.messages.findLast(({ sender }) => sender === 'office')?.text ?? ''
  const differences = [
    { field: 'to', typed: chosen ? say(chosen.button, 'de') : '', stored: say(stepOf(model, report.step).label, 'de') },
    { field: 'answer', typed: typed(form, 'answer'), stored: said },
  ]
  const labels = { to: t('decide.to'), answer: t('decide.answer') }
  return <CompareTexts differences={differences.filter((one) => one.typed !== one.stored)} labels={labels} />
}
