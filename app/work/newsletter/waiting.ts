import { formats } from '#platform/i18n/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import type { Person, Waiting } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { allIssues } from './queries/issues.ts'
import { words } from './words.ts'

const t = words('de')

/** Issues that wait for a second person; for whoever asked, they wait for others. */
export async function waiting(tx: TenantTx, person: Person, slug: string): Promise<Waiting[]> {
  if (!person.verbs.has('newsletter.send')) return []
  return (await allIssues(tx))
    .filter(({ state }) => state === 'asked')
    .map(({ id, subject, asked_by, changed_at, send_at }) => ({
      section: asked_by === person.id ? 'others' : 'this-week',
      what: t('waiting.release', { subject }),
      since: formats('de').relative(changed_at, tx.now),
      dueAt: send_at,
      href: addresses.newsletterDraft(slug, id, 'pruefen'),
    }))
}
