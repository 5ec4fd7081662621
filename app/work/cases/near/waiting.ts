import { formats } from '#platform/i18n/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import type { Person, Waiting } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { townNames, visits } from './commands/visitor.ts'
import { words } from './words.ts'

const t = words('de')

/** For Heute: invitations to be answered, and one's own visits. */
export async function visitsWaiting(tx: TenantTx, person: Person, slug: string): Promise<Waiting[]> {
  const all = (await visits(tx)).filter(
    ({ state, person_id }) =>
      (state === 'standing' && person_id === person.id) || (state === 'asked' && person.verbs.has('cases.assign')),
  )
  if (all.length === 0) return []
  const towns = await townNames(tx)
  return all.map(({ id, owner, until, state }) => ({
    section: state === 'asked' ? 'this-week' : 'others',
    what: t(state === 'asked' ? 'visits.waiting.asked' : 'visits.case', { town: towns.get(owner) ?? '' }),
    since: t('visits.since', { day: formats('de').day(until) }),
    dueAt: null,
    href: addresses.visits(slug, state === 'asked' ? undefined : id),
  }))
}
