import { NotAllowed } from '#platform/kernel/index.ts'
import type { Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { editionOf } from '../../commands/issueLetters.ts'
import { issueById } from '../../queries/issues.ts'
import { render, type Rendered } from '../../render/mail.ts'

async function rendered(visit: Visit): Promise<Rendered> {
  const issue = await visit.tx((tx) => issueById(tx, visit.params.issue ?? ''))
  if (!issue) throw new NotAllowed('issue', { hidden: true })
  return render(editionOf(issue, visit.town, visit.origin), 'de')
}

const own = (visit: Visit) => {
  const page = visit.origin + addresses.newsletter(visit.town)
  return { settings: page, leave: page }
}

/** Styles at the elements, as a mail has them, and nothing else: no script, no picture, no form. */
const mailPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'; sandbox allow-popups allow-top-navigation-by-user-activation"

/** The mail as it is, at its own width or at a telephone's. */
export async function html(visit: Visit): Promise<Response> {
  const text = (await rendered(visit)).html(own(visit))
  const narrow = visit.url.searchParams.get('breite') === '360'
  return new Response(narrow ? text.replace('max-width:600px', 'max-width:360px;border:1px solid #c9d6d9') : text, {
    headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': mailPolicy },
  })
}

export const text = async (visit: Visit): Promise<Response> =>
  new Response((await rendered(visit)).text(own(visit)), { headers: { 'content-type': 'text/plain; charset=utf-8' } })
