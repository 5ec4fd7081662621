import { formats } from '#platform/i18n/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import type { Deadline, Found, Person, Waiting } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { modelVersion, say, stepOf } from '#work/model/index.ts'
import { visitsWaiting } from './near/waiting.ts'
import { askedLessons } from './lessons/queries.ts'
import { withoutHandler } from './queries/people.ts'
import { openProposals } from './queries/second.ts'
import { openRequests } from './queries/takeOut.ts'
import { dueCases, findCases, waitingCases } from './queries.ts'
import { words } from './words.ts'

const t = words('de')
const day = 86_400_000

/** The cases this person may see, hers first; a clock of another role is somebody else's task. */
export async function waiting(tx: TenantTx, person: Person, slug: string): Promise<Waiting[]> {
  const lines: Waiting[] = []
  const rows = await waitingCases(tx)
  const alone = person.verbs.has('cases.assign')
    ? await withoutHandler(
        tx,
        rows.map(({ id }) => id),
      )
    : new Set()
  for (const row of rows) {
    const mine = row.owner_role === null || person.roles.includes(row.owner_role) || person.holds.includes(row.id)
    const left = (row.due_at?.getTime() ?? Infinity) - tx.now.getTime()
    const step = say(stepOf(await modelVersion(tx, row.model_version), row.step).label, 'de')
    lines.push({
      section:
        !mine && !alone.has(row.id)
          ? 'others'
          : alone.has(row.id) || left < day
            ? 'now'
            : left < 7 * day
              ? 'this-week'
              : 'later',
      what: t('waiting.case', { matter: row.matter }),
      since: t(alone.has(row.id) ? 'waiting.alone' : 'waiting.step', { step, day: formats('de').day(row.opened_on) }),
      dueAt: row.due_at,
      href: addresses.casePage(slug, row.id),
    })
  }
  for (const { question, proposedOn, lapsesAt } of person.verbs.has('second.decide')
    ? await openProposals(tx, person.roles)
    : [])
    lines.push({
      section: 'now',
      what: t('waiting.second', { question }),
      since: t('waiting.second.since', { day: formats('de').day(proposedOn) }),
      dueAt: lapsesAt,
      href: addresses.secondPerson(slug),
    })
  for (const { title } of person.verbs.has('second.decide') ? await askedLessons(tx, person.id) : [])
    lines.push({
      section: 'this-week',
      what: t('waiting.lesson', { title }),
      since: '',
      dueAt: null,
      href: addresses.lessons(slug),
    })
  for (const { askedAt } of await openRequests(tx, person.roles))
    lines.push({
      section: 'now',
      what: t('waiting.second', { question: t('second.register') }),
      since: t('waiting.second.since', { day: formats('de').day(askedAt) }),
      dueAt: null,
      href: addresses.secondPerson(slug),
    })
  return [...lines, ...(await visitsWaiting(tx, person, slug))]
}

export async function search(tx: TenantTx, _person: Person, slug: string, asked: string): Promise<Found[]> {
  return (await findCases(tx, asked)).map((row) => ({
    title: row.matter,
    about: t('found.case', { number: row.number, day: formats('de').day(row.opened_on) }),
    href: addresses.casePage(slug, row.id),
  }))
}

/** For her own calendar: the same words whatever the step, because a step could tell of a mediation. */
export async function deadlines(tx: TenantTx, person: Person): Promise<Deadline[]> {
  const rows = await dueCases(tx, person.roles)
  return rows.flatMap(({ id, due_at }) => (due_at ? [{ thing: `case:${id}`, at: due_at, what: t('deadline') }] : []))
}
