import type { Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { published } from '../../queries/issues.ts'
import { publicWords } from '../../words.ts'
import { asPublic } from './asPublic.ts'

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escape = (text: string) => text.replaceAll(/[&<>"]/g, (character) => escapes[character]!)

/** `/{town}/newsletter/feed.atom` (RFC 4287): for those who do not want to give an address at all. */
export async function get(visit: Visit): Promise<Response> {
  const issues = await asPublic(visit, published)
  const { origin, town } = visit
  const page = origin + addresses.newsletter(town)
  const title = `${publicWords('de')('title')} – ${town.name}`
  const updated = (issues[0]?.on ?? town.opened_at ?? new Date(0)).toISOString()
  const entries = issues.map(({ id, number, subject, language, on }) => {
    const link = origin + addresses.newsletterIssue(town, number)
    return `<entry xml:lang="${language === 'leicht' ? 'de' : language}"><id>urn:uuid:${id}</id><title>${escape(subject)}</title><updated>${on.toISOString()}</updated><link rel="alternate" type="text/html" href="${escape(link)}"/></entry>`
  })
  const feed = `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de">
<id>${escape(page)}</id><title>${escape(title)}</title><updated>${updated}</updated>
<author><name>${escape(town.name)}</name></author>
<link rel="self" type="application/atom+xml" href="${escape(origin + addresses.newsletterFeed(town))}"/>
<link rel="alternate" type="text/html" href="${escape(page)}"/>
${entries.join('\n')}
</feed>
`
  return new Response(feed, { headers: { 'content-type': 'application/atom+xml; charset=utf-8' } })
}
