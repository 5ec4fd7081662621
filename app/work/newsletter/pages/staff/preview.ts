import { NotAllowed } from '#platform/kernel/index.ts'
import type { Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { cidOf, picturesFor } from '../../commands/pictures.ts'
import { editionOf } from '../../commands/issueLetters.ts'
import { issueById } from '../../queries/issues.ts'
import { render, type Rendered } from '../../render/mail.ts'

async function rendered(visit: Visit): Promise<Rendered> {
  const found = await visit.tx(async (tx) => {
    const issue = await issueById(tx, visit.params.issue ?? '')
    return issue && { issue, pictures: await picturesFor(tx, issue.id) }
  })
  if (!found) throw new NotAllowed('issue', { hidden: true })
  const { issue, pictures } = found
  // Inside the page, too: shut in as it is, it is nobody who could fetch the picture of a draft.
  const data = new Map(
    pictures.map(({ cid, type, base64 }) => [cid, `data:${type};base64,${base64.replaceAll(/\s/g, '')}`]),
  )
  const picture = (id: string) => data.get(cidOf(id)) ?? ''
  return render({ ...editionOf(issue, visit.town, visit.origin), picture }, 'de')
}

const own = (visit: Visit) => {
  const page = visit.origin + addresses.newsletter(visit.town)
  return { settings: page, leave: page }
}

/** Styles at the elements, as a mail has them, and nothing else: no script, no form, pictures inside the page alone. */
const mailPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'; frame-ancestors 'none'; sandbox allow-popups allow-top-navigation-by-user-activation"

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
