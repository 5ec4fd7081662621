import * as addresses from '#app/addresses.ts'
import { formats } from '#platform/i18n/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import type { Person, Waiting } from '#platform/web/index.ts'
import { proposals, recoveries } from './queries.ts'
import { releasing } from './rules.ts'
import { words } from './words.ts'

const t = words('de')

/** What two people decide about persons, for those who may; and to everybody what is asked about her own access. */
export async function waiting(tx: TenantTx, person: Person, slug: string): Promise<Waiting[]> {
  const { day } = formats('de')
  const line = (what: string, since: Date | string, href: string): Waiting => ({
    section: 'now',
    what,
    since: day(since),
    dueAt: null,
    href,
  })
  const lost = await recoveries(tx)
  const own = lost
    .filter(({ person_id }) => person_id === person.id)
    .map(({ asked_at }) => line(t('waiting.own-recovery'), asked_at, addresses.ownAccess(slug)))
  if (!releasing.some((verb) => person.verbs.has(verb))) return own
  const releases = addresses.releases(slug)
  const others = lost
    .filter(({ person_id, first_by, ready_at }) =>
      ready_at ? ready_at <= tx.now && first_by === person.id : person_id !== person.id && first_by !== person.id,
    )
    .map(({ asked_at, name }) => line(t('waiting.recovery', { name }), asked_at, releases))
  const appointments = (await proposals(tx))
    .filter(({ proposed_by, person_id }) => proposed_by !== person.id && person_id !== person.id)
    .map(({ name, ends, proposed_on }) =>
      line(t(ends ? 'waiting.proposal.end' : 'waiting.proposal', { name }), proposed_on, releases),
    )
  return [...own, ...others, ...appointments]
}
