import { formats } from '#platform/i18n/index.ts'
import type { Handler, Slice, View, Visit, Waiting } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { Badge, Card, EmptyState, Lead } from '#ui/index.ts'
import { words } from '../words.ts'

const t = words('de')
const sections = ['now', 'this-week', 'later', 'others'] as const

/** `/{town}/heute`: who waits for what since when; each line opens the very step. */
export const todayPage =
  (slices: readonly Slice[]): Handler =>
  async (visit): Promise<View> => {
    const person = visit.person!
    const waiting = await visit.tx(async (tx) => {
      const found: Waiting[] = []
      for (const slice of slices) found.push(...((await slice.waiting?.(tx, person, visit.town.slug)) ?? []))
      return found
    })
    return {
      layout: 'staff',
      at: addresses.today(visit.town),
      title: t('today.title', { name: person.name }),
      body: <Today visit={visit} waiting={waiting} />,
    }
  }

function Today({ visit, waiting }: { visit: Visit; waiting: readonly Waiting[] }) {
  return (
    <>
      <Lead>{t('today.state', { now: waiting.filter((line) => line.section === 'now').length })}</Lead>
      {sections.map((section) => {
        const lines = waiting.filter((line) => placed(line, visit.now) === section)
        // What is further off is only worth a place where there is some.
        return section === 'later' && lines.length === 0 ? null : (
          <Card title={t(`today.${section}`)}>
            <Lines lines={lines} empty={section === 'later' ? '' : t(`today.empty.${section}`)} now={visit.now} />
          </Card>
        )
      })}
      <p>
        <a href={addresses.ownCalendar(visit.town)}>{t('told.title')}</a>
      </p>
      <p>
        <a href={addresses.ownAbsence(visit.town)}>{t('today.absence')}</a>
      </p>
    </>
  )
}

const week = 7 * 86_400_000

/** Nothing stands under this week whose day lies beyond it. */
const placed = ({ section, dueAt }: Waiting, now: Date) =>
  section === 'this-week' && dueAt && dueAt.getTime() - now.getTime() > week ? 'later' : section

/** The next due first; what has no date stands at the end. */
const byDue = (a: Waiting, b: Waiting) => (a.dueAt?.getTime() ?? Infinity) - (b.dueAt?.getTime() ?? Infinity)

function Lines({ lines, empty, now }: { lines: readonly Waiting[]; empty: string; now: Date }) {
  if (lines.length === 0) return <EmptyState>{empty}</EmptyState>
  const { dayWithWeekday } = formats('de')
  return (
    <ul class="plain">
      {lines.toSorted(byDue).map(({ what, since, dueAt, href }) => (
        <li>
          <a href={href}>{what}</a> <span class="quiet">{since}</span>{' '}
          {dueAt && (
            <Badge kind={dueAt < now ? 'waiting' : 'neutral'}>{t('today.due', { day: dayWithWeekday(dueAt) })}</Badge>
          )}
        </li>
      ))}
    </ul>
  )
}
