import type { Child } from 'hono/jsx'
import type { Stale } from '#platform/forms/index.ts'
import { formats } from '#platform/i18n/index.ts'
import { addDays, berlinDay } from '#platform/kernel/index.ts'
import { Checkbox, type FieldProps } from './forms.tsx'
import { staffWords } from './words.ts'

const t = staffWords('de')

/** What happens when, in the order in which it happens: a resident's next steps, a person's appointments. */
export const DatedLines = ({ lines }: { lines: readonly { readonly when: string; readonly text: Child }[] }) => (
  <ol class="dated">
    {lines.map(({ when, text }) => (
      <li>
        <span class="when">{when}</span> <span>{text}</span>
      </li>
    ))}
  </ol>
)

/** Who can see this; every name is said. */
export const VisibleFor = ({ who }: { who: readonly string[] }) => (
  <p class="visible-for">{t('visible-for', { who: formats('de').list(who) })}</p>
)

/**
 * A deadline in words: "bis Mittwoch, in 2 Arbeitstagen". `workingDays` from today until then, below 0 when it has
 * passed; the office's calendar knows them.
 */
export function Deadline({ at, workingDays, now }: { at: Date; workingDays: number; now: Date }) {
  const { dayWithWeekday, weekday, inWorkingDays } = formats('de')
  const [today, that] = [berlinDay(now), berlinDay(at)]
  const passed = at < now
  const near = !passed && that < addDays(today, 7)
  const day = near ? weekday(at) : dayWithWeekday(at)
  return (
    <time class={passed || that === today ? 'deadline waiting' : 'deadline'} datetime={that}>
      {that === today
        ? t(passed ? 'deadline.today-passed' : 'deadline.today')
        : t(passed ? 'deadline.passed' : 'deadline', { day, distance: inWorkingDays(workingDays) })}
    </time>
  )
}

/** Somebody was faster: what was typed beside what is stored now, field by field. */
export const CompareTexts = ({
  differences,
  labels,
}: {
  differences: Stale['differences']
  /** What each field is called on the page. */
  labels: Readonly<Record<string, string>>
}) => (
  <div class="compare">
    {differences.map(({ field, typed, stored }) => (
      <section>
        <h3>{labels[field] ?? field}</h3>
        <dl>
          <div>
            <dt>{t('compare.typed')}</dt>
            <dd class="as-typed">{typed || t('compare.empty')}</dd>
          </div>
          <div>
            <dt>{t('compare.stored')}</dt>
            <dd class="as-typed">{stored || t('compare.empty')}</dd>
          </div>
        </dl>
      </section>
    ))}
  </div>
)

/** The last look before a deed that cannot be undone: one sentence to tick. */
export const ConfirmLine = (props: FieldProps) => (
  <div class="confirm">
    <Checkbox {...props} />
  </div>
)
