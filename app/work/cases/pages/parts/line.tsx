import { formats } from '#platform/i18n/index.ts'
import { berlinDay } from '#platform/kernel/index.ts'
import { say, stepOf, type Compiled } from '#work/model/index.ts'
import type { Course } from '../../queries/course.ts'
import { words, type WordKey } from '../../words.ts'

const t = words('de')

/** What happened, in a few words. */
export const happened = (entry: Course['entries'][number], model: Compiled): string =>
  t(`entry.${entry.kind}` as WordKey, {
    step: entry.step ? say(stepOf(model, entry.step).label, 'de') : '',
    person: entry.person,
  })

/** One event: when and by whom above, what below. */
export function line(entry: Course['entries'][number], model: Compiled) {
  const when = formats('de').day(berlinDay(entry.at))
  return {
    when: entry.by ? t('entry.when', { day: when, name: entry.by }) : when,
    text: (
      <p>
        {happened(entry, model)}
        {entry.note && `: ${entry.note}`}
      </p>
    ),
  }
}
