import type { Visit } from '#platform/web/index.ts'
import { Card, Notice } from '#ui/index.ts'
import { numbersFor, say, type Compiled } from '#work/model/index.ts'
import { nextReadingIn } from '../../../reading.ts'
import { publicWords } from '../../../words.ts'

interface Place {
  readonly visit: Visit
  readonly model: Compiled
}

/** "Wird Montag ab 8 Uhr gelesen. Bei Gefahr: 110." */
export function NextReading({ visit, model }: Place) {
  const next = nextReadingIn(model, visit.now, visit.language)
  return next ? <p>{publicWords(visit.language)('form.next-read', next)}</p> : null
}

/** The numbers to call at once: 110 and 112 first, then what the municipality names for this area. */
export function DangerNumbers({ visit, model, area }: Place & { area?: string }) {
  const t = publicWords(visit.language)
  const numbers = numbersFor(model, area)
  return (
    <Card title={t('danger.title')}>
      <p>{t('danger.lead')}</p>
      <ul class="numbers">
        {numbers.map(({ label, number, hours }) => (
          <li>
            {say(label, visit.language)}:{' '}
            <a href={`tel:${number.replaceAll(' ', '')}`}>
              <bdi>{number}</bdi>
            </a>
            {hours && ` (${say(hours, visit.language)})`}
          </li>
        ))}
      </ul>
    </Card>
  )
}

/** Shown as soon as somebody says that the danger goes on. */
export const DangerNow = ({ visit, model, area }: Place & { area?: string }) => (
  <>
    <DangerNumbers visit={visit} model={model} area={area} />
    <Notice kind="danger">{publicWords(visit.language)('danger.after')}</Notice>
  </>
)
